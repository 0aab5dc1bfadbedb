using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Papers;

/// <summary>A second volunteer types a sample of the papers blind; the unit sees what differs, decides, and each operator's share of wrong fields follows from that.</summary>
[Trait("Category", "Database")]
public sealed class DoubleEntryTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly PaperContent Written = new() { Name = "Lê Văn Hoà", Birth = "5/8/1985", Sex = Sex.Male, Phone = "0912345678", Line = "12 Trần Phú", Came = "19/08/2021", Reason = "F1" };

    private Task<T> AskAsync<TUse, T>(AccountId by, Permission door, Func<TUse, Task<T>> ask) where TUse : notnull => house.AsAsync(by, door, (services, _) => ask(services.GetRequiredService<TUse>()));

    private Task<TypingList.Pace> PaceAsync(AccountId volunteer) => AskAsync<TypingList, TypingList.Pace>(volunteer, Permission.TypePapers, list => list.OwnAsync(house.Clock.GetUtcNow().AddHours(-12), Ct));

    private async Task<IReadOnlyList<TypingList.Twice>> TwiceAsync(Guid batch) => (await AskAsync<TypingList, (IReadOnlyList<TypingList.Twice> Rows, int? More)>(Place.ClerkA, Permission.EnterData, list => list.TwiceAsync(batch, 0, Ct))).Rows;

    private Task<Outcome<DecidePaper.Decided>> DecideAsync(AccountId by, Guid entry, params (string Field, PaperHolds Holds)[] holds) =>
        house.RunAsync<DecidePaper, DecidePaper.Decided>(by, use => use.RunAsync(new(entry, holds.ToDictionary(one => one.Field, one => one.Holds)), Ct));

    private async Task<(AccountId First, AccountId Second, Guid Batch)> BeginAsync(int papers = 10, int percent = 100)
    {
        var (first, second) = (await house.VolunteerAsync(Place.CampA), await house.VolunteerAsync(Place.CentreA));
        return (first, second, await house.BatchAsync(Place.ClerkA, first, papers, second: second, percent: percent));
    }

    [Fact]
    [Answers("R4")]
    public async Task Who_typed_first_does_not_write_over_what_was_decided_unless_it_is_sent_back()
    {
        var (first, second, batch) = await BeginAsync();
        var entry = (await house.TypeAsync(first, batch, Written)).Value.Entry;
        Task<List<BatchesList.Entry>> OwnAsync() => AskAsync<BatchesList, List<BatchesList.Entry>>(first, Permission.TypePapers, list => list.OwnAsync(batch, Ct));
        (await OwnAsync()).ShouldHaveSingleItem();
        (await house.AgainAsync(second, batch, Written with { Name = "Lê Văn Đúng" }, entry: entry)).Done.ShouldBeTrue();
        (await DecideAsync(Place.HeadA, entry, ("Name", PaperHolds.Second))).Value.Fields.ShouldBe(1);

        (await OwnAsync()).ShouldBeEmpty("what the second typed is not shown to the first");
        (await house.TypeAsync(first, batch, Written with { Name = "Lê Văn Sai" }, entry: (entry, 2))).Problem.Status.ShouldBe(404);
        (await house.TakeAsync(Place.ClerkA, entry, version: 2)).Value.State.ShouldBe(PaperState.Taken);
        (await house.AskAsync<string>("SELECT p.name FROM pt.person p JOIN pt.paper_entry e ON e.person_id = p.id WHERE e.id = $1", entry)).ShouldBe("Lê Văn Đúng");

        var sent = (await house.TypeAsync(first, batch, Written with { Name = "Lê Văn Trả" })).Value.Entry;
        (await house.AgainAsync(second, batch, Written with { Name = "Lê Văn Trả Lại" }, entry: sent)).Done.ShouldBeTrue();
        (await house.RunAsync<TakePaper, Nothing>(Place.HeadA, use => use.ReturnAsync(new(sent, 1, "Xem lại tên"), Ct))).Done.ShouldBeTrue();
        (await OwnAsync()).ShouldHaveSingleItem().Id.ShouldBe(sent);
        (await house.TypeAsync(first, batch, Written with { Name = "Lê Văn Trả" }, entry: (sent, 2))).Done.ShouldBeTrue();
    }

    [Fact]
    [Answers("R4")]
    public async Task What_differs_is_decided_by_the_unit_and_counts_against_whoever_was_wrong()
    {
        var (first, second, batch) = await BeginAsync();
        var entry = (await house.TypeAsync(first, batch, Written)).Value.Entry;
        var same = (await house.TypeAsync(first, batch, Written with { Name = "Lê Văn Giống" })).Value.Entry;
        (await house.DueAsync(second, batch)).Select(due => due.No).ShouldBe([1, 2]);
        // Another way to write the same is no difference: the place of the tone, a telephone in groups, a short date.
        (await house.AgainAsync(second, batch, Written with { Name = "Lê Văn Hòa", Birth = "05/08/1958", Phone = "0912 345 678", Came = "19/8/21", Reason = "F2", Hamlet = null }, entry: entry)).Done.ShouldBeTrue();
        (await house.AgainAsync(second, batch, Written with { Name = "LÊ VĂN GIỐNG" }, entry: same)).Done.ShouldBeTrue();
        (await house.DueAsync(second, batch)).ShouldBeEmpty();
        var paper = (await TwiceAsync(batch)).ShouldHaveSingleItem();
        paper.Differences.Select(difference => (difference.Part.Name, difference.Part.Shown(paper.First), difference.Part.Shown(paper.Second), difference.Decided)).ShouldBe([("Birth", "5/8/1985", "05/08/1958", null), ("Reason", "F1", "F2", null)]);
        var open = await PaceAsync(first);
        (open.Compared, open.Against, open.Undecided, open.Disagreement).ShouldBe((14, 0, 2, 0d), "seven fields of each paper");

        (await DecideAsync(Place.HeadA, entry, ("Birth", PaperHolds.Second), ("Name", PaperHolds.Second))).Value.Fields.ShouldBe(1, "of the name both say the same");
        (await DecideAsync(Place.ClerkA, entry, ("Reason", PaperHolds.First))).Value.Fields.ShouldBe(1);
        (await DecideAsync(Place.ClerkA, entry, ("Reason", PaperHolds.First))).Value.Fields.ShouldBe(0, "pressed again");
        var (one, two) = (await PaceAsync(first), await PaceAsync(second));
        (one.Compared, one.Against, one.Undecided).ShouldBe((14, 1, 0));
        (two.Compared, two.Against, two.Undecided).ShouldBe((14, 1, 0));
        one.Disagreement!.Value.ShouldBe(1 / 14d);
        // What holds of the second stands in the entry, and from there goes into the register.
        (await house.TakeAsync(Place.ClerkA, entry, version: 2)).Value.State.ShouldBe(PaperState.Taken);
        (await house.AskAsync<DateOnly>("SELECT p.birth FROM pt.person p JOIN pt.paper_entry e ON e.person_id = p.id WHERE e.id = $1", entry)).ShouldBe(new DateOnly(1958, 8, 5));
        // Changed later: both were wrong, and the person is mended by hand.
        var late = (await DecideAsync(Place.ClerkA, entry, ("Reason", PaperHolds.Neither))).Value;
        (late.Fields, late.InRegister is not null).ShouldBe((1, true));
        ((await PaceAsync(first)).Against, (await PaceAsync(second)).Against).ShouldBe((2, 1));
        var operators = await AskAsync<TypingList, IReadOnlyList<TypingList.Operator>>(Place.ClerkA, Permission.EnterData, async list => await list.OfBatchAsync((await house.AsAsync(Place.ClerkA, Permission.EnterData, (services, _) => services.GetRequiredService<BatchesList>().OfUnitAsync(batch, Ct)))!, Ct));
        operators.ToDictionary(who => who.Account, who => (who.Pace.Typed, who.Pace.Compared, who.Pace.Against)).ShouldBe(new Dictionary<AccountId, (int, int, int)> { [first] = (2, 14, 2), [second] = (2, 14, 1) }, ignoreOrder: true);
        operators.ShouldAllBe(who => who.Name != null, "also of the centre above, whose accounts the clerk does not see");
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task The_second_one_is_blind_and_neither_reaches_what_the_other_typed()
    {
        var (first, second, batch) = await BeginAsync();
        var entry = (await house.TypeAsync(first, batch, Written)).Value.Entry;
        foreach (var volunteer in new[] { first, second })
            await house.AsAsync(volunteer, Permission.TypePapers, async (_, db) =>
            {
                foreach (var table in new[] { "paper_double", "paper_difference" }) (await db.Connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table}", Ct)).ShouldBe(0, table);
                (await db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.paper_entry", Ct)).ShouldBe(volunteer == first ? 1 : 0);
                return 0;
            });
        (await house.TypeAsync(second, batch, Written)).Problem.Status.ShouldBe(404, "the batch itself is the first one's");
        (await house.DueAsync(first, batch)).ShouldBeEmpty("who is in the sample is not told");
        (await house.AgainAsync(first, batch, Written, entry: entry)).Problem.Status.ShouldBe(404);
        (await house.AgainAsync(second, batch, Written with { Name = "Lê 1" }, entry: entry)).Problem.Field.ShouldBe("name", "what cannot be read is said, and nothing of the first");
        (await house.AgainAsync(second, batch, new(), entry: entry)).Problem.Code.ShouldBe("papers.empty");
        (await house.AgainAsync(second, batch, Written, entry: entry)).Done.ShouldBeTrue();
        (await house.AgainAsync(second, batch, Written, entry: entry)).Problem.Code.ShouldBe("papers.typed-again");
        (await DecideAsync(Place.ClerkB, entry, ("Name", PaperHolds.First))).Problem.Status.ShouldBe(404);
        (await DecideAsync(second, entry, ("Name", PaperHolds.First))).Problem.Status.ShouldBe(404);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.paper_double WHERE encode(first_content, 'escape') LIKE '%Hoà%' OR encode(content, 'escape') LIKE '%Hoà%'")).ShouldBe(0, "sealed");
        (await house.RunAsync<GivePapers, Nothing>(Place.ClerkA, use => use.CloseAsync(batch, true, Ct))).Done.ShouldBeTrue();
        (await AskAsync<BatchesList, List<BatchesList.Again>>(second, Permission.TypePapers, list => list.AgainAsync(Ct))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_compared_is_what_each_typed_and_not_what_the_unit_made_of_it()
    {
        var (first, second, batch) = await BeginAsync();
        var entry = (await house.TypeAsync(first, batch, Written)).Value.Entry;
        (await house.TypeAsync(first, batch, Written with { Birth = "1986" }, entry: (entry, 1))).Done.ShouldBeTrue("corrected before anybody typed it again: that is their reading");
        (await house.TakeAsync(Place.ClerkA, entry, version: 2, corrected: Written with { Birth = "1987" })).Value.State.ShouldBe(PaperState.Taken);
        (await house.AgainAsync(second, batch, Written with { Birth = "1987" }, entry: entry)).Done.ShouldBeTrue();
        var paper = (await TwiceAsync(batch)).ShouldHaveSingleItem();
        (paper.First.Birth, paper.Second.Birth, paper.Differences.ShouldHaveSingleItem().Part.Name).ShouldBe(("1986", "1987", "Birth"));
        (await DecideAsync(Place.ClerkA, entry, ("Birth", PaperHolds.Second))).Value.InRegister.ShouldNotBeNull();
        var unread = (await house.TypeAsync(first, batch, Written with { Name = "Lê Văn Mờ" })).Value.Entry;
        (await house.AgainAsync(second, batch, new() { Note = "Mất góc" }, unclear: true, entry: unread)).Done.ShouldBeTrue();
        (await TwiceAsync(batch)).Select(one => one.Unread).ShouldBe([false, true]);
        ((await PaceAsync(second)).Unclear, (await PaceAsync(second)).Compared).ShouldBe((1, 7), "nothing is compared with what was not read");
    }

    [Theory]
    [InlineData(10, 100, 10)]
    [InlineData(10, 4, 1)]
    [InlineData(30, 20, 7)]
    [InlineData(100, 5, 5)]
    [InlineData(1, 40, 1)]
    public async Task A_sample_has_at_least_the_share_that_was_asked_for(int percent, int papers, int atLeast)
    {
        var every = GivePapers.Every(percent, papers);
        var batch = Guid.CreateVersion7();
        var sampled = await house.AskAsync<long>("SELECT count(*) FROM generate_series(1, $2) no WHERE pt.paper_sampled($1, no, $3)", batch, papers / every * every, every);
        sampled.ShouldBe(papers / every, "one of each so many");
        Math.Max(sampled, 1).ShouldBeGreaterThanOrEqualTo(Math.Min(atLeast, papers / every));
        (every * percent).ShouldBeLessThanOrEqualTo(100 * Math.Max(1, Math.Min(every, 100)));
    }

    [Fact]
    public async Task A_second_one_named_late_gets_what_waits_and_is_told_once()
    {
        var (first, second) = (await house.VolunteerAsync(Place.CampA), await house.VolunteerAsync(Place.CampA));
        var batch = await house.BatchAsync(Place.ClerkA, first, 3);
        var taken = (await house.TypeAsync(first, batch, Written with { Name = "Lê Văn Xong" })).Value.Entry;
        (await house.TakeAsync(Place.ClerkA, taken)).Value.State.ShouldBe(PaperState.Taken);
        await house.TypeAsync(first, batch, Written);
        Task<Outcome<Guid>> NameAsync(AccountId? who, int version, int? percent = 100) => house.RunAsync<GivePapers, Guid>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), batch, version, "Tập", null, 3, null, null, first) { Second = who, Percent = percent }, Ct));
        (await NameAsync(first, 1)).Problem.Code.ShouldBe("papers.same-volunteer");
        (await NameAsync(Place.HeadA, 1)).Problem.Field.ShouldBe("second");
        (await NameAsync(second, 1, 0)).Problem.Code.ShouldBe("papers.percent");
        (await NameAsync(second, 1)).Done.ShouldBeTrue();
        (await house.DueAsync(second, batch)).Select(due => due.No).ShouldBe([2], "what was taken is settled");
        (await house.TypeAsync(first, batch, Written with { Name = "Lê Văn Ba" })).Done.ShouldBeTrue();
        (await house.DueAsync(second, batch)).Select(due => due.No).ShouldBe([2, 3]);
        (await NameAsync(second, 2, null)).Done.ShouldBeTrue();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.papers-again'", second.Value)).ShouldBe(1);
        (await NameAsync(null, 3)).Done.ShouldBeTrue();
        (await house.DueAsync(second, batch)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Papers_an_hour_leave_pauses_out_and_what_came_back_is_counted()
    {
        var volunteer = await house.VolunteerAsync(Place.CampA);
        var batch = await house.BatchAsync(Place.ClerkA, volunteer);
        (await PaceAsync(volunteer)).ShouldBe(new(0, null, 0, 0, 0, 0, 0));
        var entries = new List<Guid>();
        foreach (var name in new[] { "Một", "Hai", "Ba", "Bốn" }) entries.Add((await house.TypeAsync(volunteer, batch, Written with { Name = "Lê Văn " + name }, unclear: name == "Bốn")).Value.Entry);
        // Thirty seconds from one to the next, and lunch before the last.
        var begun = house.Clock.GetUtcNow().AddHours(-2);
        foreach (var (entry, minutes) in entries.Zip([0, 0.5, 1, 61])) await house.SqlAsync("UPDATE pt.paper_entry SET typed_at = $2 WHERE id = $1", entry, begun.AddMinutes(minutes));
        (await house.RunAsync<TakePaper, Nothing>(Place.HeadA, use => use.ReturnAsync(new(entries[0], 1, "Xem lại"), Ct))).Done.ShouldBeTrue();
        (await PaceAsync(volunteer)).ShouldBe(new(4, 120, 1, 1, 0, 0, 0));
    }
}
