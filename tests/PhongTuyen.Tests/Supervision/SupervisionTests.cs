using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Supervision;
using PhongTuyen.Tests.Accounts;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Supervision;

/// <summary>What is out of the ordinary stands first and stays until somebody has looked at it; nobody sees another district's operators, nor judges themselves.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class SupervisionTests(SupervisionTests.Weeks house) : IClassFixture<SupervisionTests.Weeks>
{
    /// <summary>Two weeks of ordinary days in both camps, then a day on which one clerk of each opens many.</summary>
    public sealed class Weeks : TestHouse
    {
        public AccountId Curious { get; private set; }
        public AccountId Diligent { get; private set; }
        public DateOnly Today => Clock.Today();

        protected override async Task FurnishAsync()
        {
            Curious = await this.AccountAsync("curious", Place.CampA, (Role.Clerk, Place.CampA, null));
            Diligent = await this.AccountAsync("diligent", Place.CampA, (Role.Clerk, Place.CampA, null));
            var looks = new List<Looks.Look>();
            for (var back = 14; back > 0; back--)
                foreach (var (by, unit) in new[] { (Curious, Place.CampA), (Diligent, Place.CampA), (Place.ClerkB, Place.CampB), (Place.OfficerA, Place.CentreA) }) looks.AddRange(Looks.Opened(by, unit, Today.AddDays(-back), 12 + back % 3));
            looks.AddRange(Looks.Opened(Curious, Place.CampA, Today, 70));
            looks.AddRange(Looks.Opened(Curious, Place.CampA, Today, 12, hour: 2));
            looks.AddRange(Looks.Opened(Diligent, Place.CampA, Today, 25));
            looks.AddRange(Looks.Opened(Place.ClerkB, Place.CampB, Today, 65));
            looks.AddRange(Looks.Opened(Place.OfficerA, Place.CentreA, Today, 65));
            await this.PlantAsync(looks);
            await this.CountAsync();
        }
    }

    private TestProvince Place => house.Place;

    private Task<OperatorsList.Found> ListAsync(AccountId who, SupervisionTab tab = SupervisionTab.Waiting, int days = 7, Func<OperatorFilter, OperatorFilter>? narrow = null, string? behind = null, int page = OperatorsList.Page) =>
        house.AsAsync(who, Permission.SeeEntries, (use, _) => use.GetRequiredService<OperatorsList>().FindAsync((narrow ?? (filter => filter))(new(house.Today.AddDays(1 - days), house.Today, tab)), behind, CancellationToken.None, page));

    private Task<IReadOnlyDictionary<SupervisionTab, long>> CountsAsync(AccountId who) => house.AsAsync(who, Permission.SeeEntries, (use, _) => use.GetRequiredService<OperatorsList>().CountsAsync(new(house.Today.AddDays(-6), house.Today), CancellationToken.None));

    private Task<Outcome<Guid>> FindAsync(AccountId who, AccountId of, UnitId unit, DayVerdict verdict, string? note = null) => house.RunAsync<FindOnDay, Guid>(who, use => use.RunAsync(new(house.Clock.NewGuid(), of, unit, house.Today, verdict, note), CancellationToken.None), Permission.JudgeEntries);

    [Fact]
    public async Task Who_is_out_of_the_ordinary_stands_there_with_why_and_who_is_not_does_not()
    {
        var row = (await ListAsync(Place.ProvinceOfficer, narrow: filter => filter with { Unit = Place.CampA })).Rows.Single();
        row.Account.ShouldBe(house.Curious);
        row.Worst.Single().Signs.Select(sign => sign.Kind).ShouldBe([SignKind.Opened, SignKind.OddHours], ignoreOrder: true);
        var sign = row.Worst.Single().Signs.Single(one => one.Kind == SignKind.Opened);
        (sign.N, sign.Usual, sign.Median, sign.Bound).ShouldBe((82, 13, 13, 39));
        row.Worst.Single().Signs.Single(one => one.Kind == SignKind.OddHours).Hours.ShouldBe([2]);
        (await ListAsync(Place.HeadA, SupervisionTab.All)).Rows.Select(one => one.Account).ShouldBe([house.Curious, house.Diligent]);
    }

    [Fact]
    public async Task Another_districts_operators_are_neither_listed_nor_counted_nor_there()
    {
        (await ListAsync(Place.OfficerA, SupervisionTab.All, days: 30)).Rows.Select(row => row.Unit).Distinct().ShouldBe([Place.CampA, Place.CentreA], ignoreOrder: true);
        (await ListAsync(Place.OfficerB, SupervisionTab.All)).Rows.Select(row => row.Account).ShouldBe([Place.ClerkB]);
        (await CountsAsync(Place.OfficerB)).Values.Sum().ShouldBe(1);
        (await ListAsync(Place.OfficerB, SupervisionTab.All, narrow: filter => filter with { Unit = Place.CampA })).Rows.ShouldBeEmpty();
        (await ListAsync(Place.OfficerB, SupervisionTab.All, narrow: filter => filter with { Account = house.Curious })).Rows.ShouldBeEmpty();
        Task<OperatorActs.Operator?> OfAsync(AccountId who, AccountId of, UnitId unit) => house.AsAsync(who, Permission.SeeEntries, (use, _) => use.GetRequiredService<OperatorActs>().OfAsync(of, unit, CancellationToken.None));
        (await OfAsync(Place.OfficerB, house.Curious, Place.CampA)).ShouldBeNull();
        (await OfAsync(Place.OfficerB, house.Curious, Place.CampB)).ShouldBeNull();
        (await OfAsync(Place.OfficerA, house.Curious, Place.CampA))!.Name.ShouldBe("curious");
        (await FindAsync(Place.OfficerB, house.Curious, Place.CampA, DayVerdict.Ordinary)).Problem.Status.ShouldBe(404);
        // Nor by the door of a clerk, whose role does not open it.
        (await house.AsAsync(house.Diligent, Permission.SeeEntries, (use, _) => use.GetRequiredService<OperatorsList>().FindAsync(new(house.Today, house.Today, SupervisionTab.All), null, CancellationToken.None))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_looked_at_leaves_the_list_and_comes_back_when_more_happens_or_it_is_undone()
    {
        var inspector = await Guests.InspectorAsync(house, "inspector-seen", Place.Department, Place.CentreB, Place.DistrictB);
        async Task<SupervisionTab?> TabAsync()
        {
            foreach (var tab in new[] { SupervisionTab.Waiting, SupervisionTab.ToClear, SupervisionTab.Looked })
                if ((await ListAsync(Place.OfficerB, tab)).Rows.Count > 0) return tab;
            return null;
        }

        (await TabAsync()).ShouldBe(SupervisionTab.Waiting);
        (await FindAsync(Place.OfficerB, Place.ClerkB, Place.CampB, DayVerdict.ToClear)).Problem.Code.ShouldBe("supervision.note-to-clear");
        (await FindAsync(Place.OfficerB, Place.ClerkB, Place.CampB, DayVerdict.None)).Problem.Code.ShouldBe("kernel.required");
        var unclear = (await FindAsync(Place.OfficerB, Place.ClerkB, Place.CampB, DayVerdict.ToClear, "Hỏi lý do mở 65 hồ sơ")).Value;
        (await TabAsync()).ShouldBe(SupervisionTab.ToClear);
        (await FindAsync(Place.OfficerB, Place.ClerkB, Place.CampB, DayVerdict.Ordinary, "Rà soát theo công văn")).Done.ShouldBeTrue();
        (await TabAsync()).ShouldBe(SupervisionTab.Looked);
        (await CountsAsync(Place.OfficerB))[SupervisionTab.Looked].ShouldBe(1);
        var day = (await house.AsAsync(inspector, Permission.SeeEntries, (use, _) => use.GetRequiredService<OperatorActs>().DaysAsync(Place.ClerkB, Place.CampB, house.Today, house.Today, CancellationToken.None))).Single();
        day.Found.Select(found => (found.Verdict, found.By)).ShouldBe([(DayVerdict.Ordinary, "officer-b"), (DayVerdict.ToClear, "officer-b")]);

        // The newest is taken back: the one before counts. Both: nobody has looked at it.
        Task<Outcome<Nothing>> UndoAsync(Guid finding) => house.RunAsync<FindOnDay, Nothing>(Place.OfficerB, use => use.UndoAsync(finding, CancellationToken.None), Permission.JudgeEntries);
        (await UndoAsync(day.Found[0].Id)).Done.ShouldBeTrue();
        (await TabAsync()).ShouldBe(SupervisionTab.ToClear);
        (await UndoAsync(unclear)).Done.ShouldBeTrue();
        (await UndoAsync(unclear)).Done.ShouldBeTrue("sent twice, done once");
        (await TabAsync()).ShouldBe(SupervisionTab.Waiting);

        (await FindAsync(Place.OfficerB, Place.ClerkB, Place.CampB, DayVerdict.Ordinary)).Done.ShouldBeTrue();
        (await TabAsync()).ShouldBe(SupervisionTab.Looked);
        await house.PlantAsync([.. Looks.Opened(Place.ClerkB, Place.CampB, house.Today, 60)]);
        await house.CountAsync();
        (await TabAsync()).ShouldBe(SupervisionTab.Waiting, "what came later was not looked at");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act IN ('supervision.found', 'supervision.found-undone') AND subject_id = $1", Place.ClerkB.ToString())).ShouldBe(5);
    }

    [Fact]
    public async Task Nobody_looks_after_their_own_days_nor_those_of_who_stands_above()
    {
        (await FindAsync(Place.OfficerA, Place.OfficerA, Place.CentreA, DayVerdict.Ordinary)).Problem.Code.ShouldBe("supervision.own-day");
        (await FindAsync(Place.ProvinceOfficer, Place.OfficerA, Place.CentreA, DayVerdict.Ordinary)).Done.ShouldBeTrue();
        // Behind the use-case the database says it once more.
        (await house.AsAsync(Place.OfficerA, Permission.JudgeEntries, (_, db) => PhongTuyen.Data.SqlRows.RunAsync(db.Connection, "UPDATE pt.supervision_day SET verdict = 1, found_score = 9999 WHERE account_id = $1", CancellationToken.None, Place.OfficerA.Value))).ShouldBe(0);
    }

    [Fact]
    public async Task Pages_go_on_by_key_without_gap_and_twice()
    {
        var whole = (await ListAsync(Place.ProvinceOfficer, SupervisionTab.All, days: 30)).Rows.Select(row => (row.Account, row.Unit)).ToList();
        var (paged, behind) = (new List<(AccountId, UnitId)>(), default(string));
        do
        {
            var found = await ListAsync(Place.ProvinceOfficer, SupervisionTab.All, 30, behind: behind, page: 1);
            paged.AddRange(found.Rows.Select(row => (row.Account, row.Unit)));
            behind = found.More;
        } while (behind is not null);
        paged.ShouldBe(whole);
        whole.Count.ShouldBe(4);
        (await ListAsync(Place.ProvinceOfficer, SupervisionTab.All, narrow: filter => filter with { Kind = SightKind.Files })).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_an_operators_looks_only_persons_who_are_ones_own_are_named()
    {
        var (own, other) = (await house.PersonAsync(Place.ClerkA, "Phạm Người Nhà", lives: Place.KeysA1), await house.PersonAsync(Place.ClerkB, "Phạm Người Lạ", lives: Place.KeysB1));
        var day = house.Today.AddDays(-40);
        await house.PlantAsync([new(house.Curious, Place.CampA, "person.seen", day.ToDateTime(new(9, 0)), own), new(house.Curious, Place.CampA, "person.seen", day.ToDateTime(new(9, 1)), other), new(house.Curious, Place.CampA, "list.taken", day.ToDateTime(new(9, 2)), null, 25, 25)]);
        Task<OperatorActs.Found> ActsAsync(SightKind? kind = null) => house.AsAsync(Place.OfficerA, Permission.SeeEntries, (use, _) => use.GetRequiredService<OperatorActs>().ActsAsync(house.Curious, Place.CampA, day, day, kind, null, CancellationToken.None));
        var acts = (await ActsAsync()).Acts;
        acts.Select(act => act.Did).ShouldBe(["list.taken", "person.seen", "person.seen"]);
        (acts[0].Persons, acts[0].Rows, acts[0].Named.Count).ShouldBe((25, 25, 0));
        acts[1].Named.Single().Shown.ShouldBeNull();
        acts[2].Named.Single().Shown.ShouldBe("Phạm Người Nhà");
        (await ActsAsync(SightKind.Files)).Acts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Old_days_are_forgotten_and_those_to_be_made_clear_stay()
    {
        var far = house.Today.AddDays(-900);
        await house.PlantAsync([.. Looks.Opened(house.Diligent, Place.CampA, far, 1), .. Looks.Opened(house.Diligent, Place.CampA, far.AddDays(1), 1)]);
        await house.CountAsync();
        await house.AskAsync<object>("UPDATE pt.supervision_day SET verdict = 2 WHERE day = $1 RETURNING NULL", far);
        (await house.AskAsync<int>("SELECT pt.supervision_forget($1, $1)", house.Today.AddDays(-400))).ShouldBe(1);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.supervision_day WHERE day < $1", house.Today.AddDays(-400))).ShouldBe(1);
    }
}
