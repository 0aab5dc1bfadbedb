using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Reporting;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Reorganisation;

/// <summary>A whole province goes from three levels to two: districts vanish, communes merge, one of them is divided, health centres become one.</summary>
[Trait("Category", "Database")]
public sealed class ReformTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private static AreaReform Reform => new(null,
    [
        new("T900002", AreaLevel.District, null, null, []), new("T900003", AreaLevel.District, null, null, []),
        new("T900004", AreaLevel.Commune, null, null, ["M1"]), new("T900005", AreaLevel.Commune, null, null, ["M1"]), new("T900006", AreaLevel.Commune, null, null, ["M2"]), new("T900007", AreaLevel.Commune, null, null, ["M1", "M2"]),
        new("M1", AreaLevel.Commune, "Xã Thử An", "T900001", []), new("M2", AreaLevel.Commune, "Xã Thử Bình", "T900001", []),
    ],
    [
        new("TTYT-A", ActKind.Rename, null, "Trung tâm Y tế khu vực Thử An", null, ["M1"]), new("TTYT-B", ActKind.Merge, "TTYT-A", null, null, ["M2"]), new("TYT-A1", ActKind.Rename, null, "Trạm Y tế xã Thử An", null, []),
    ]);

    private Task<IReadOnlySet<PersonId>> SeesAsync(AccountId account) => house.PersonsAsync(account);

    private Task<T> AskAsync<T>(AccountId account, Func<FigureReader, Task<T>> ask) => house.AsAsync(account, Permission.SeeFigures, (provider, _) => ask((FigureReader)provider.GetService(typeof(FigureReader))!));

    [Fact]
    [Answers("R1")]
    public async Task Old_and_new_staff_see_exactly_what_they_should_and_history_stays_as_it_was_written()
    {
        foreach (var (head, camp) in new[] { (Place.HeadA, Place.CampA), (Place.OfficerB, Place.CampB) }) await house.FacilityAsync(head, camp);
        // Persons of an address only: nobody but the province entered them.
        var (a1, a2) = (await LivesAsync(Place.KeysA1), await LivesAsync(Place.KeysA1 with { Commune = Place.CommuneA2 }));
        var (b1, b2) = (await LivesAsync(Place.KeysB1), await LivesAsync(Place.KeysB1 with { Commune = Place.CommuneB2 }));
        var (inA, inB) = (await house.PersonAsync(Place.ClerkA), await house.PersonAsync(Place.ClerkB));
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, inA, bed: true);
        await house.StayAsync(Place.ClerkB, Place.CampB, inB, bed: true);
        (await SeesAsync(Place.OfficerA)).ShouldBe([a1, a2, inA], ignoreOrder: true);
        (await SeesAsync(Place.OfficerB)).ShouldBe([b1, b2, inB], ignoreOrder: true);
        (await SeesAsync(Place.Nurse)).ShouldBe([a1, inA], ignoreOrder: true);
        var (rights, day) = (await house.RightsAsync(), house.Clock.Today());
        var input = new ReformAreas.Input(house.Clock.NewGuid(), Reform, "1685/NQ-UBTVQH15", day);

        // Looked at first: nothing changes by that.
        var preview = (await house.RunAsync<ReformAreas, ReformReport>(Place.Administrator, use => use.PreviewAsync(input, default), Permission.ManageAreas)).Value;
        (preview.Whole.Count, preview.Steps, preview.Grants, preview.Unknown.Count).ShouldBe((3, 3, 2, 0));
        preview.Divided.ShouldBe([Place.CommuneB2]);
        preview.Left.ShouldBe([Place.HospitalB]); // it stands in the commune that was divided: a person says where
        preview.Reach.Rows.Single(row => row.Account == Place.Nurse).Name.ShouldBe("nurse");
        preview.Reach.Rows.ShouldNotContain(row => row.Account == Place.ClerkA || row.Account == Place.Administrator);
        (await house.RightsAsync()).ShouldBe(rights);
        house.Areas.Book.ByCode("M1", day).ShouldBeNull();
        (await house.RunAsync<ReformAreas, Guid>(Place.ProvinceOfficer, use => use.RunAsync(input, default), Permission.ManageAreas)).Problem.Status.ShouldBe(404);

        (await house.RunAsync<ReformAreas, Guid>(Place.Administrator, use => use.RunAsync(input, default), Permission.ManageAreas)).Value.ShouldBe(input.Intent);
        var (m1, m2) = (house.Areas.Book.ByCode("M1", day)!.Id, house.Areas.Book.ByCode("M2", day)!.Id);
        var (stationOne, stationTwo) = (await house.AccountAsync("tram-moi-1", Place.StationA1, (Role.Clerk, null, m1)), await house.AccountAsync("tram-moi-2", Place.StationA1, (Role.Clerk, null, m2)));

        // Those who were there: what they looked after, and what went together with it as a whole.
        (await SeesAsync(Place.Nurse)).ShouldBe([a1, a2, inA], ignoreOrder: true);
        (await SeesAsync(Place.OfficerA)).ShouldBe([a1, a2, inA, inB], ignoreOrder: true); // the camp of B answers to the merged centre
        (await SeesAsync(Place.OfficerB)).ShouldBe([b1, b2, inA, inB], ignoreOrder: true);
        (await SeesAsync(Place.ClerkA)).ShouldBe([inA]);
        (await SeesAsync(Place.ClerkB)).ShouldBe([inB]);
        (await SeesAsync(Place.ProvinceOfficer)).ShouldBe([a1, a2, b1, b2, inA, inB], ignoreOrder: true);
        // Those who are new: all that went into their commune as a whole; of the divided one nobody but the province and its old district.
        (await SeesAsync(stationOne)).ShouldBe([a1, a2, inA], ignoreOrder: true);
        (await SeesAsync(stationTwo)).ShouldBe([b1, inB], ignoreOrder: true);
        (await house.RightsAreDueAsync()).ShouldBeTrue();

        // Who is entered from now on stands under the new areas.
        var fresh = await LivesAsync(house.Areas.Book.Keys(m2));
        (await SeesAsync(stationTwo)).ShouldContain(fresh);
        (await SeesAsync(Place.OfficerB)).ShouldContain(fresh);
        (await SeesAsync(Place.OfficerA)).ShouldNotContain(fresh);

        // History under the old names, new stays and beds where the house stands now.
        (await house.AskAsync<int>("SELECT commune_id FROM pt.quarantine_stay WHERE id = $1", stay.Value)).ShouldBe(Place.CommuneA1.Value);
        house.Areas.Book.Path(Place.CommuneA1).ShouldBe("Xã Thử Một, Huyện An Bình, Tỉnh Thử Nghiệm");
        (await house.NameOnAsync(Place.CentreA, day.AddDays(-1))).ShouldBe("Trung tâm Y tế huyện An Bình");
        (await house.NameOnAsync(Place.CentreA, day)).ShouldBe("Trung tâm Y tế khu vực Thử An");
        (await house.UnitAsync(Place.CampA))!.Area.ShouldBe(house.Areas.Book.Keys(m1));
        (await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_bed WHERE unit_id = $1 AND commune_id = $2 AND district_id = 0", Place.CampA.Value, m1.Value)).ShouldBe(8);
        var later = await house.PersonAsync(Place.ClerkA);
        await house.StayAsync(Place.ClerkA, Place.CampA, later, bed: true);
        (await house.AskAsync<int>("SELECT commune_id FROM pt.quarantine_stay WHERE person_id = $1", later.Value)).ShouldBe(m1.Value);

        await FiguresAsync(m1);
        (await house.RunAsync<EndAct, Nothing>(Place.Administrator, use => use.UndoAsync(input.Intent, default), Permission.ManageUnits)).Problem.Code.ShouldBe("tree.areas-used");

        Task<PersonId> LivesAsync(AreaKeys lives) => house.PersonAsync(Place.ProvinceOfficer, lives: lives);
    }

    /// <summary>Of a new commune what went into it is summed; an old one keeps what was counted under it; the divided one stands in a line of its own.</summary>
    private async Task FiguresAsync(AreaId m1)
    {
        var (now, old) = (await AskAsync(Place.ProvinceOfficer, reader => reader.OfAsync(FigureScope.Of(house.Areas.Book.Keys(m1)), default)), await AskAsync(Place.ProvinceOfficer, reader => reader.OfAsync(FigureScope.Of(Place.KeysA1), default)));
        (now.Stock(Metric.InHouse), old.Stock(Metric.InHouse)).ShouldBe((2, 1));
        now.Flow(Metric.Arrived, house.Clock.Today()).ShouldBe(2);
        BoardSums.Free(now, BoardSums.IsObservation).ShouldBe(6);
        var parts = await AskAsync(Place.ProvinceOfficer, reader => reader.AreasBelowAsync(FigureScope.Of(new AreaKeys(Place.Province, default, default)), districts: false, default));
        parts[m1].Stock(Metric.InHouse).ShouldBe(2);
        parts.Keys.ShouldNotContain(Place.CommuneA1);
        parts.Values.Sum(part => part.Stock(Metric.InHouse)).ShouldBe((await AskAsync(Place.ProvinceOfficer, reader => reader.OfVisitorAsync(default))).Stock(Metric.InHouse));
        (await house.AskAsync<bool>("""
            SELECT NOT EXISTS ((SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, n FROM pt.report_recount WHERE n <> 0)
              EXCEPT SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, sum(n) FROM (SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, n::bigint FROM pt.report_delta
                UNION ALL SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, n FROM pt.report_counter WHERE level = 0) f GROUP BY 1, 2, 3, 4, 5, 6, 7)
            """)).ShouldBeTrue();
    }
}
