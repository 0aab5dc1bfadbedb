using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Worklists;

/// <summary>Whatever happens to items, and however much time passes: each stands in exactly one tab, the counts are those of the rows, and they add up to the whole.</summary>
[Answers("R14")]
[Trait("Category", "Database")]
public sealed class WorkTabsTests(WorkTabsTests.ManyUnits house) : IClassFixture<WorkTabsTests.ManyUnits>
{
    /// <summary>Besides the province, so many more camps in district A that a scope of single units is followed by the areas that it holds whole: one account has all units with work, one all but a camp of district B.</summary>
    public sealed class ManyUnits : TestHouse
    {
        public const int Camps = 52;

        public List<UnitId> More { get; } = [];
        public AccountId OfAll { get; private set; }
        public AccountId OfMost { get; private set; }

        protected override async Task FurnishAsync()
        {
            for (var i = 0; i < Camps; i++)
                More.Add(new(await this.AskAsync<int>("INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, valid_from) VALUES ($1, $2, $2, $2, 14, $3, $4, $5, '2021-01-01') RETURNING id", Place.CentreA.Value, $"camp-{i}", Place.Province.Value, Place.DistrictA.Value, Place.CommuneA2.Value)));
            await this.AskAsync<object>("SELECT pt.write_rights(NULL)::text");
            UnitId[] most = [Place.CampA, Place.HospitalA, Place.StationA1, Place.HospitalB, .. More];
            OfMost = await this.AccountAsync("of-most", Place.CampA, [.. most.Select(unit => (Role.Clerk, (UnitId?)unit, (AreaId?)null))]);
            OfAll = await this.AccountAsync("of-all", Place.CampA, [.. most.Append(Place.CampB).Select(unit => (Role.Clerk, (UnitId?)unit, (AreaId?)null))]);
            foreach (var unit in More) await this.PostAsync(Place.ProvinceOfficer, unit, new AreaKeys(Place.Province, Place.DistrictA, Place.CommuneA2));
        }
    }

    private const int Steps = 90, Looks = 9;

    private sealed record Plain(Guid Id, int Unit, int State, Guid? Owner, int Urgency, DateTimeOffset Due, DateTimeOffset? Closed);

    private TestProvince Place => house.Place;

    private static WorkTab TabOf(Plain item, Guid me, DateTimeOffset now) => item.State switch
    {
        >= 3 => WorkTab.Done,
        2 => WorkTab.Waiting,
        _ when item.Due <= now => WorkTab.Late,
        0 => WorkTab.Free,
        _ => item.Owner == me ? WorkTab.Mine : WorkTab.Others,
    };

    [Fact]
    public async Task Hundreds_of_single_units_begin_where_they_hold_all_work_of_an_area()
    {
        await house.PostAsync(Place.OfficerB, Place.CampB, Place.KeysB1);
        await house.PostAsync(Place.OfficerB, Place.HospitalB, new AreaKeys(Place.Province, Place.DistrictB, Place.CommuneB2));
        Task<string?> RootsAsync(AccountId who) => house.AsAsync(who, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<string>("SELECT provinces::text || ' ' || districts::text || ' ' || communes::text || ' ' || units::text FROM pt.worklist_roots()", CancellationToken.None));
        (await RootsAsync(house.OfAll)).ShouldBe($"{{{Place.Province}}} {{}} {{}} {{}}");
        (await RootsAsync(house.OfMost)).ShouldBe($"{{}} {{{Place.DistrictA}}} {{}} {{{Place.HospitalB}}}");
        (await RootsAsync(Place.ClerkA)).ShouldStartWith("{} {} {} ", Case.Sensitive, "one camp is no area, although it may be the only one with work");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Tabs_are_exclusive_and_exhaustive_and_their_counts_add_up_over_random_histories(int seed)
    {
        var random = new Random(seed);
        var places = new[] { (Place.CampA, new AreaKeys(Place.Province, Place.DistrictA, Place.CommuneA1)), (Place.HospitalA, new AreaKeys(Place.Province, Place.DistrictA, Place.CommuneA2)), (Place.StationA1, Place.KeysA1), (Place.CampB, Place.KeysB1), (Place.HospitalB, new AreaKeys(Place.Province, Place.DistrictB, Place.CommuneB2)) };
        AccountId[] workers = [house.OfAll, house.OfMost, Place.OfficerA, Place.ClerkA, Place.HeadA, Place.OfficerB, Place.ProvinceOfficer, Place.Nurse];
        var ids = new List<Guid>();
        for (var step = 1; step <= Steps; step++)
        {
            var (unit, area) = places[random.Next(places.Length)];
            var by = workers[random.Next(workers.Length)];
            Guid[] some = [.. Enumerable.Range(0, random.Next(1, 4)).Where(_ => ids.Count > 0).Select(_ => ids[random.Next(ids.Count)]).Distinct()];
            switch (random.Next(9))
            {
                case 0 or 1 or 2: ids.Add(await house.PostAsync(by, unit, area, (Urgency)random.Next(3))); break;
                case 3 or 4: await house.GiveAsync(by, random.Next(2) == 0 ? by : workers[random.Next(workers.Length)], some); break;
                case 5: await house.DoAsync(by, await house.ActAsync(by, WorkActKind.HandBack, some)); break;
                case 6: await house.WorkAsync(by, work => random.Next(3) switch { 0 => work.WaitAsync(Items.List, some, CancellationToken.None), 1 => work.DoneAsync(Items.List, some, CancellationToken.None), _ => work.DropAsync(Items.List, some, CancellationToken.None) }); break;
                case 7: await house.WorkAsync(by, work => work.OpenAsync(Items.List, some, CancellationToken.None)); break;
                default: house.Clock.Advance(TimeSpan.FromHours(random.Next(1, 30))); break;
            }
            if (random.Next(6) == 0) await house.FoldAsync();
            if (step % (Steps / Looks) == 0) await LookAsync(workers, random, $"seed {seed}, step {step}");
        }
        await house.FoldAsync();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.worklist_delta")).ShouldBe(0);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.worklist_counter WHERE n <= 0")).ShouldBe(0, "a deadline that nobody has any more leaves no counter");
        await LookAsync(workers, random, $"seed {seed}, folded");
    }

    private async Task LookAsync(IReadOnlyList<AccountId> workers, Random random, string when)
    {
        foreach (var reader in workers)
        {
            var scope = await house.AsAsync(reader, Permission.SeePersons, (_, db) => Task.FromResult(db.Scope));
            // Said a second time: every row of the scope, in plain SQL by the owner of the tables, sorted here.
            await using var admin = await house.Direct.OpenConnectionAsync();
            var all = await admin.RowsAsync("""
                SELECT id, unit_id, state, owner_id, urgency, due_at, closed_at FROM pt.worklist_item WHERE unit_id = ANY ($1) OR province_id = ANY ($2) OR district_id = ANY ($3) OR commune_id = ANY ($4)
                """, r => new Plain(r.GetGuid(0), r.GetInt32(1), r.GetInt16(2), r.Maybe<Guid>(3), r.GetInt16(4), r.GetFieldValue<DateTimeOffset>(5), r.Maybe<DateTimeOffset>(6)), CancellationToken.None,
                scope.Units.Select(unit => unit.Value).ToArray(), scope.Provinces.Select(area => area.Value).ToArray(), scope.Districts.Select(area => area.Value).ToArray(), scope.Communes.Select(area => area.Value).ToArray());
            await CompareAsync(reader, all, new WorkFilter(Items.List, WorkTab.Late), when);
            // Narrowed by any one thing, it is the same of what is left.
            var of = random.Next(3) switch
            {
                0 => new WorkFilter(Items.List, WorkTab.Late) { Urgency = (Urgency)random.Next(3) },
                1 => new WorkFilter(Items.List, WorkTab.Late) { Unit = Place.CampA },
                _ => new WorkFilter(Items.List, WorkTab.Late) { Owner = workers[random.Next(workers.Count)] },
            };
            await CompareAsync(reader, [.. all.Where(item => (of.Urgency is not { } urgency || item.Urgency == (int)urgency) && (of.Unit.Value == 0 || item.Unit == of.Unit.Value) && (of.Owner is not { } owner || item.Owner == owner.Value))], of, $"{when}, {of}");
        }
    }

    private async Task CompareAsync(AccountId reader, IReadOnlyList<Plain> all, WorkFilter filter, string when)
    {
        var now = house.Clock.GetUtcNow();
        var counts = await house.CountsAsync(reader, filter);
        counts.All.ShouldBe(all.Count, when);
        foreach (var tab in Enum.GetValues<WorkTab>())
        {
            var stand = all.Where(item => TabOf(item, reader.Value, now) == tab);
            var expected = (tab == WorkTab.Done ? stand.OrderByDescending(item => item.Closed).ThenByDescending(item => item.Id.ToString(), StringComparer.Ordinal) : stand.OrderBy(item => item.Urgency).ThenBy(item => item.Due).ThenBy(item => item.Id.ToString(), StringComparer.Ordinal)).Select(item => item.Id).ToList();
            (await house.TabAsync(reader, filter with { Tab = tab }, page: 4)).Select(row => row.Id).ShouldBe(expected, $"{when}, {tab}");
            counts.Of(tab).ShouldBe(expected.Count, $"{when}, {tab}");
        }
    }
}
