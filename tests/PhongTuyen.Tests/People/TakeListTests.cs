using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

[Trait("Category", "Database")]
public sealed class TakeListTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private const string Here = "/desk/quarantine/stays";

    private Task<Outcome<List<StaysList.Row>>> TakeAsync(string? purpose, AccountId? by = null, string address = Here) => house.AsAsync(by ?? Place.ClerkA, Permission.SeePersons, (provider, _) =>
        ((TakeList)provider.GetService(typeof(TakeList))!).RunAsync("stays", address, purpose, ((StaysList)provider.GetService(typeof(StaysList))!).AllAsync(new StayFilter()), row => [row.Person], async rows => await rows.ToListAsync(), CancellationToken.None));

    private async Task<List<(Guid[] Persons, string? Purpose, string Detail)>> TakenAsync(AccountId? by = null)
    {
        await using var connection = new NpgsqlConnection(house.Admin);
        await connection.OpenAsync();
        return await connection.RowsAsync("SELECT persons, purpose, detail::text FROM pt.audit_event WHERE act = 'list.taken' AND account_id = $1 ORDER BY at", r => (r.GetFieldValue<Guid[]>(0), r.Text(1), r.GetString(2)), CancellationToken.None, (by ?? Place.ClerkA).Value);
    }

    [Fact]
    [Answers("R7")]
    public async Task A_list_leaves_for_a_purpose_up_to_its_bound_and_with_everybody_of_it_in_the_audit()
    {
        await house.FacilityAsync(Place.OfficerA, Place.CampA);
        await house.FacilityAsync(Place.OfficerB, Place.CampB);
        PersonId[] mine = [await house.PersonAsync(Place.ClerkA), await house.PersonAsync(Place.ClerkA), await house.PersonAsync(Place.ClerkA)];
        foreach (var person in mine) await house.StayAsync(Place.ClerkA, Place.CampA, person);
        await house.StayAsync(Place.ClerkB, Place.CampB);

        (await TakeAsync(" ")).Problem.Code.ShouldBe("person.purpose-of-list");
        (await TakenAsync()).ShouldBeEmpty();

        var taken = (await TakeAsync("gọi điện theo dõi")).Value;
        taken.Select(row => row.Person).Order(Comparer<PersonId>.Create((a, b) => a.Value.CompareTo(b.Value))).ShouldBe(mine.OrderBy(person => person.Value));
        var (persons, purpose, detail) = (await TakenAsync()).Single();
        persons.Order().ShouldBe(mine.Select(person => person.Value).Order());
        purpose.ShouldBe("gọi điện theo dõi");
        detail.Replace(" ", "", StringComparison.Ordinal).ShouldContain("\"Rows\":3");

        var settings = house.Get<ListSettings>();
        settings.MostPersons = 2;
        var refused = await TakeAsync("gọi điện theo dõi");
        settings.MostPersons = 1000;
        refused.Problem.Code.ShouldBe("person.needs-second");
        refused.Problem.Details["most"].ShouldBe("2");
        (await TakenAsync()).Count.ShouldBe(1, "what was refused was not taken");
    }

    [Fact]
    [Answers("R7")]
    public async Task More_persons_than_one_may_take_need_a_second_officer_and_leave_once()
    {
        await house.FacilityAsync(Place.OfficerB, Place.HospitalB);
        for (var i = 0; i < 3; i++) await house.StayAsync(Place.ClerkHospitalB, Place.HospitalB);
        var clerk = Place.ClerkHospitalB;
        var settings = house.Get<ListSettings>();
        (await AskAsync(clerk, "bàn giao")).Problem.Code.ShouldBe("person.no-second-needed");
        settings.MostPersons = 2;
        try
        {
            (await AskAsync(clerk, "x")).Problem.Code.ShouldBe("person.purpose-of-list");
            var request = (await AskAsync(clerk, "bàn giao khu điều trị")).Value;
            (await AskAsync(clerk, "bàn giao khu điều trị")).Problem.Code.ShouldBe("person.asked-already");
            (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE intent = $1 AND text_key = 'notice.list-asked'", $"list-asked/{request}")).ShouldBeGreaterThan(0);
            (await TakeAsync("bàn giao", clerk)).Problem.Code.ShouldBe("person.needs-second", "asked is not allowed");
            (await DecideAsync(clerk, request, true)).Problem.Code.ShouldBe("person.second-is-another");
            (await DecideAsync(Place.OfficerA, request, true)).Problem.Status.ShouldBe(404, "of another district");
            (await DecideAsync(Place.OfficerB, request, null)).Problem.Status.ShouldBe(422);
            (await DecideAsync(Place.OfficerB, request, false)).Problem.Code.ShouldBe("person.note-to-refuse");
            (await DecideAsync(Place.OfficerB, request, true)).Done.ShouldBeTrue();
            (await DecideAsync(Place.ProvinceOfficer, request, false, "nhầm")).Problem.Code.ShouldBe(Refusals.Changed().Code);
            (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE intent = $1 AND account_id = $2 AND text_key = 'notice.list-allowed'", $"list-decided/{request}", clerk.Value)).ShouldBe(1);
            (await TakeAsync("bàn giao", clerk, Here + "?state=Ended")).Problem.Code.ShouldBe("person.needs-second", "another list was not allowed");
            var two = await Task.WhenAll(TakeAsync("bàn giao", clerk), TakeAsync("bàn giao", clerk));
            two.Count(outcome => outcome.Done).ShouldBe(1, "sent twice, it leaves once");
            two.Single(outcome => outcome.Done).Value.Count.ShouldBe(3);
            (await TakenAsync(clerk)).Count(row => row.Detail.Contains(request.ToString(), StringComparison.Ordinal) && row.Persons.Length == 3).ShouldBe(1);
            (await TakeAsync("bàn giao", clerk)).Problem.Code.ShouldBe("person.needs-second");

            // Refused, and told why; what was allowed and not taken lapses.
            var second = (await AskAsync(clerk, "thống kê")).Value;
            (await DecideAsync(Place.OfficerB, second, false, "Không cần đến từng người")).Done.ShouldBeTrue();
            (await TakeAsync("thống kê", clerk)).Done.ShouldBeFalse();
            var third = (await AskAsync(clerk, "thống kê lại")).Value;
            (await DecideAsync(Place.ProvinceOfficer, third, true)).Done.ShouldBeTrue();
            house.Clock.Advance(TimeSpan.FromHours(24));
            (await TakeAsync("thống kê lại", clerk)).Problem.Code.ShouldBe("person.needs-second");
            await house.StayAsync(Place.ClerkHospitalB, Place.HospitalB);
            settings.MostWithSecond = 3;
            (await AskAsync(clerk, "tất cả")).Problem.Code.ShouldBe("person.too-many-to-take");
        }
        finally { (settings.MostPersons, settings.MostWithSecond) = (1000, 20_000); }
    }

    private Task<Outcome<Guid>> AskAsync(AccountId by, string purpose) => house.AsAsync(by, Permission.SeePersons, (provider, _) =>
        ((ListRequests)provider.GetService(typeof(ListRequests))!).AskAsync(house.Clock.NewGuid(), "stays", Here, purpose, ((StaysList)provider.GetService(typeof(StaysList))!).AllAsync(new StayFilter(), CancellationToken.None), CancellationToken.None));

    private Task<Outcome<Nothing>> DecideAsync(AccountId by, Guid request, bool? allowed, string? note = null) => house.RunAsync<ListRequests, Nothing>(by, use => use.DecideAsync(request, allowed, note, CancellationToken.None), Permission.SeePersons);

    [Fact]
    public void No_more_than_a_thousand_persons_can_be_allowed()
    {
        new ListSettings().Faults().ShouldBeEmpty();
        new ListSettings { MostPersons = 1001 }.Faults().Single().ShouldContain("1 to 1000");
        new ListSettings { MostPersons = 0 }.Faults().Count().ShouldBe(1);
    }
}
