using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Notices;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>Nobody is in two places, and whoever asks learns whom to call and nothing more.</summary>
[Answers("R10")]
[Trait("Category", "Database")]
public sealed class TwoPlacesTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;

    /// <summary>A person whom both camps see, because both have entered or expected them.</summary>
    private async Task<PersonId> KnownToBothAsync(string name = "Nguyễn Thị Hoa")
    {
        var person = await house.PersonAsync(Place.ProvinceOfficer, name);
        (await house.ExpectAsync(Place.ProvinceOfficer, person, Place.CampA)).Done.ShouldBeTrue();
        (await house.ExpectAsync(Place.ProvinceOfficer, person, Place.CampB)).Done.ShouldBeTrue();
        return person;
    }

    private Task<long> PresentAsync(PersonId person) => house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_stay WHERE person_id = $1 AND state IN (2, 3, 4)", person.Value);

    private async Task<int> UnreadAsync(AccountId account) => (await house.AsAsync(account, Permission.SignedIn, (provider, _) => ((NoticeBoard)provider.GetService(typeof(NoticeBoard))!).CountsAsync(CancellationToken.None))).Unread;

    [Fact]
    public async Task A_clash_tells_whom_to_call_and_both_sides_know_of_it()
    {
        var person = await KnownToBothAsync();
        (await house.AdmitAsync(Place.ClerkA, house.Admission(person, Place.CampA))).Done.ShouldBeTrue();
        var before = await UnreadAsync(Place.ClerkA);
        var asked = house.Admission(person, Place.CampB);
        var problem = (await house.AdmitAsync(Place.ClerkB, asked)).Problem;
        (problem.Code, problem.Status).ShouldBe(("stay.elsewhere", 409));
        problem.Details.ShouldBe(new Dictionary<string, string> { ["facility"] = "Khu cách ly An Bình", ["telephone"] = "0258 3822 000", ["name"] = "N. T. H." }, ignoreOrder: true);
        (await house.AdmitAsync(Place.ClerkB, asked)).Problem.Code.ShouldBe("stay.elsewhere");

        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'stay.clash' AND account_id = $1 AND $2 = ANY (persons)", Place.ClerkB.Value, person.Value)).ShouldBe(2);
        (await UnreadAsync(Place.ClerkA)).ShouldBe(before + 1, "told once, however often it was asked");
        (await PresentAsync(person)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_was_expected_and_is_elsewhere_by_now_is_not_received_and_the_other_side_is_told()
    {
        var person = await house.PersonAsync(Place.ProvinceOfficer);
        var expected = (await house.ExpectAsync(Place.ProvinceOfficer, person, Place.CampB)).Value;
        (await house.AdmitAsync(Place.ProvinceOfficer, house.Admission(person, Place.CampA))).Done.ShouldBeTrue();
        (await house.ReceiveExpectedAsync(Place.ClerkB, expected)).Problem.Code.ShouldBe("stay.elsewhere");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'stay.clash' AND account_id = $1 AND $2 = ANY (persons)", Place.ClerkB.Value, person.Value)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_houses_that_take_the_same_person_at_once_do_not_both_get_them()
    {
        for (var round = 0; round < 5; round++)
        {
            var person = await KnownToBothAsync();
            var expected = await house.AskAsync<Guid>("SELECT id FROM pt.quarantine_stay WHERE person_id = $1 AND unit_id = $2", person.Value, Place.CampB.Value);
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 4) switch
            {
                0 => house.AdmitAsync(Place.ClerkA, house.Admission(person, Place.CampA)),
                1 => house.AdmitAsync(Place.ClerkB, house.Admission(person, Place.CampB)),
                2 => house.ReceiveExpectedAsync(Place.ClerkB, new StayId(expected)),
                _ => house.AdmitAsync(Place.ProvinceOfficer, house.Admission(person, Place.HospitalA, StayClass.Treatment)),
            })));
            answers.Count(answer => answer.Done).ShouldBe(1);
            answers.Where(answer => !answer.Done).ShouldAllBe(answer => answer.Problem.Status == 409);
            answers.Where(answer => !answer.Done).Select(answer => answer.Problem.Code).ShouldBeSubsetOf(["stay.elsewhere", "stay.already-here", "stay.not-in-state", "kernel.changed"]);
            (await PresentAsync(person)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_stay_is_not_opened_again_while_the_person_is_elsewhere()
    {
        var person = await KnownToBothAsync();
        var first = await house.StayAsync(Place.ClerkA, Place.CampA, person);
        (await house.AdmitAsync(Place.ClerkA, house.Admission(person, Place.CampA))).Problem.Details["stay"].ShouldBe(first.ToString());
        (await house.EndAsync(Place.ClerkA, first, StayEnd.Lost)).Done.ShouldBeTrue();
        var second = await house.StayAsync(Place.ClerkB, Place.CampB, person);
        (await house.ReopenAsync(Place.ClerkA, first)).Problem.Code.ShouldBe("stay.reopen-other-stay");
        (await house.EndAsync(Place.ClerkB, second, StayEnd.Left)).Done.ShouldBeTrue();
        (await house.ReopenAsync(Place.ClerkA, first)).Done.ShouldBeTrue();
    }
}
