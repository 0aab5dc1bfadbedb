using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>Whoever opens record after record is stopped before the 200th person in an hour, and their manager knows it in the same moment.</summary>
[Trait("Category", "Database")]
public sealed class LooksStoppedTests(LooksStoppedTests.Counting house) : IClassFixture<LooksStoppedTests.Counting>
{
    /// <summary>With settings as they are delivered, but for the clerk: the widest with which an account is stopped before its 200th person.</summary>
    public sealed class Counting : IAsyncLifetime
    {
        public WebTestHouse Web { get; } = new() { More = services => services.AddSingleton(new LookSettings { Clerk = 199, UnitHead = 3 }) };

        public ValueTask InitializeAsync() => Web.InitializeAsync();

        public ValueTask DisposeAsync() => Web.DisposeAsync();
    }

    private WebTestHouse Web => house.Web;
    private TestProvince Place => Web.Place;

    private async Task<List<PersonId>> PersonsAsync(int many)
    {
        var persons = new List<PersonId>();
        for (var i = 0; i < many; i++) persons.Add(await Web.House.PersonAsync(Place.ClerkA, NameOf(i)));
        return persons;
    }

    /// <summary>Another name for each.</summary>
    private static string NameOf(int i) => $"Nguyễn Thị Thứ {(char)('A' + i / 20)}{(char)('a' + i % 20)}n";

    private Task<string?> NoticeAsync(AccountId of, AccountId about) => Web.House.AskAsync<string>("SELECT string_agg(link, ' ') FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.looks-stopped' AND link = $2", of.Value, Links.Account(about));

    [Fact]
    [Answers("R7")]
    public async Task The_200th_person_in_an_hour_is_not_shown_and_the_manager_is_told_in_the_same_moment()
    {
        var persons = await PersonsAsync(200);
        var clerk = await Web.AsAsync("clerk-a");
        // Two hours apart is not within an hour; nor does the same person count twice, whichever page of theirs is opened.
        for (var i = 0; i < 5; i++) await clerk.GetAsync(Links.Person(await Web.House.PersonAsync(Place.ClerkA)));
        Web.Clock.Advance(TimeSpan.FromMinutes(66));
        clerk = await Web.SignInAsync("clerk-a", TestProvince.TestPassword);
        foreach (var person in persons.Take(199)) (await clerk.GetAsync(Links.Person(person))).Address.ShouldBe(Links.Person(person));
        foreach (var path in new[] { Links.Person(persons[0]), Links.EditPerson(persons[1]), Links.Numbers(persons[2]), Links.Stays }) (await clerk.GetAsync(path)).Address.ShouldBe(path);
        (await NoticeAsync(Place.HeadA, Place.ClerkA)).ShouldBeNull();

        var last = await clerk.GetAsync(Links.Person(persons[199]));
        last.Address.ShouldBe(Links.LooksStopped);
        last.Html.ShouldNotContain(NameOf(199));
        foreach (var words in new[] { "Tạm dừng xem hồ sơ", "199", "Người quản lý đã được báo" }) last.Main.ShouldContain(words);
        (await NoticeAsync(Place.HeadA, Place.ClerkA)).ShouldBe(Links.Account(Place.ClerkA), "the nearest manager, with the way to the account");
        (await NoticeAsync(Place.OfficerA, Place.ClerkA)).ShouldBeNull("not everybody above");
        (await NoticeAsync(Place.ClerkA, Place.ClerkA)).ShouldBeNull();
        (await Web.ToldAsync("account.looks-stopped", Place.ClerkA.ToString())).ShouldBe(1);
        (await Web.ToldAsync("person.seen", persons[199].ToString())).ShouldBe(0);
        (await Web.ToldAsync("asked.not-shown", persons[199].ToString())).ShouldBe(1);

        // Nobody is shown any more, opened or in a list, in a search or in a file; and what is sent is kept.
        foreach (var path in new[] { Links.Person(persons[0]), Links.Stays, Links.Cases, Links.Transfers }) (await clerk.GetAsync(path)).Address.ShouldBe(Links.LooksStopped, path);
        (await clerk.PostTokenAsync(Links.Search, ("Q", "nguyen thi thu"))).Address.ShouldBe(Links.LooksStopped);
        (await clerk.PostTokenAsync(Links.Numbers(persons[0]), ("Form.Field", "Documents"), ("Form.Purpose", "xem thử"))).Address.ShouldBe(Links.LooksStopped);
        (await clerk.PostTokenAsync(Links.Search + "?handler=Beyond", ("Form.Kind", "CitizenCard"), ("Form.Number", Given.Number()), ("Form.Birth", "1985"), ("Form.Purpose", "truy vết"))).Main.ShouldContain("tạm dừng xem");
        (await clerk.PostTokenAsync(Links.NewPerson, ("Intent", Guid.CreateVersion7().ToString()), ("Form.Name", "Người Vừa Gõ Xong"), ("Form.Birth", "1990"), ("Form.Sex", "Female"))).Address.ShouldBe(Links.LooksStopped);
        (await Web.House.AskAsync<long>("SELECT count(*) FROM pt.person WHERE name = 'Người Vừa Gõ Xong'")).ShouldBe(1);
        (await clerk.GetAsync(Links.Notices)).Status.ShouldBe(HttpStatusCode.OK);
        (await Web.ToldAsync("account.looks-stopped", Place.ClerkA.ToString())).ShouldBe(1);

        // The manager: out of reach for another district, not without a reason, and then at once.
        (await (await Web.AsAsync("officer-b")).PostTokenAsync(Links.Account(Place.ClerkA) + "?handler=LetOn", ("LetOn.Reason", "đúng việc"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await clerk.PostTokenAsync(Links.Account(Place.ClerkA) + "?handler=LetOn", ("LetOn.Reason", "đúng việc"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var head = await Web.AsAsync("head-a");
        var page = await head.GetAsync(Links.Account(Place.ClerkA));
        page.Main.ShouldContain("mở 199 hồ sơ khác nhau trong một giờ");
        (await head.PostAsync(page, "handler=LetOn", ("LetOn.Reason", "x"))).Main.ShouldContain("Hãy ghi vì sao");
        (await head.PostAsync(page, "handler=LetOn", ("LetOn.Reason", "Tiếp nhận 200 người từ vùng dịch"))).Main.ShouldContain("đã được xem hồ sơ tiếp");
        (await Web.House.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'account.looks-let-on' AND subject_id = $1", Place.ClerkA.ToString())).ShouldBe("Tiếp nhận 200 người từ vùng dịch");
        (await clerk.GetAsync(Links.Person(persons[199]))).Main.ShouldContain(NameOf(199));
        (await clerk.GetAsync(Links.LooksStopped)).Main.ShouldContain("bình thường");
        Web.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_requests_at_once_show_no_more_than_one_after_the_other_and_stop_once()
    {
        var persons = await PersonsAsync(12);
        var head = await Web.SignInAsync("head-a", TestProvince.TestPassword);
        var answers = await Task.WhenAll(persons.Select(person => head.GetAsync(Links.Person(person))));
        answers.Count(answer => answer.Address != Links.LooksStopped).ShouldBe(3);
        (await Web.House.AskAsync<long>("SELECT count(*) FROM pt.account_stop WHERE account_id = $1", Place.HeadA.Value)).ShouldBe(1);
        (await Web.House.AskAsync<long>("SELECT count(DISTINCT subject_id) FROM pt.audit_event WHERE act = 'person.seen' AND account_id = $1", Place.HeadA.Value)).ShouldBe(3);
        (await NoticeAsync(Place.OfficerA, Place.HeadA)).ShouldBe(Links.Account(Place.HeadA), "who heads a unit is managed from above");
        // Theirs to let go on is nobody's own.
        (await head.PostTokenAsync(Links.Account(Place.HeadA) + "?handler=LetOn", ("LetOn.Reason", "tự cho"))).Main.ShouldContain("Không ai tự");
        (await Web.RunAsync<LetLooksOn, Nothing>(Place.OfficerA, use => use.RunAsync(Place.HeadA, "diễn tập", CancellationToken.None), Permission.ManageAccounts)).Done.ShouldBeTrue();
        Web.Faults.Kept.ShouldBeEmpty();
    }
}
