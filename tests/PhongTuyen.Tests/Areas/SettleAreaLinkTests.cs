using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

[Trait("Category", "Database")]
public sealed class SettleAreaLinkTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A row of a source about a commune of district A that has an unknown name, and one of the real list.</summary>
    private async Task<int> FindingAsync(string name = "Xã Nào Đó")
    {
        await using var connection = await house.Database.Jobs.OpenConnectionAsync(Ct);
        return await connection.ValueAsync<int>("INSERT INTO pt.area_link_finding (old_text, new_text, fault, old_candidates) VALUES ($1, 'T900005 Xã Thử Hai, Tỉnh Thử Nghiệm', 'OldUnknown', $2) RETURNING id", Ct,
            $"99999 {name}, Huyện An Bình, Tỉnh Thử Nghiệm", new[] { Place.CommuneA1.Value });
    }

    private Task<AreaLinkFindings.Found> FindAsync(AccountId by, AreaFindingState state = AreaFindingState.Open) =>
        house.AsAsync(by, Permission.ManageAreas, (provider, _) => ((AreaLinkFindings)provider.GetService(typeof(AreaLinkFindings))!).FindAsync(state, null, null, 0, Ct));

    private Task<Outcome<Nothing>> LinkAsync(AccountId by, int finding, AreaId old, AreaId into, Guid? intent = null) =>
        house.RunAsync<SettleAreaLink, Nothing>(by, use => use.RunAsync(new SettleAreaLink.Link(intent ?? house.Clock.NewGuid(), finding, [old], into, null), Ct), Permission.ManageAreas);

    private Task<Outcome<Nothing>> SetAsideAsync(AccountId by, int finding, string? reason) =>
        house.RunAsync<SettleAreaLink, Nothing>(by, use => use.RunAsync(new SettleAreaLink.SetAside(house.Clock.NewGuid(), finding, reason), Ct), Permission.ManageAreas);

    private Task<AreaKin.Found> KinAsync(AreaId area) => house.AsAsync(Place.Nurse, Permission.SignedIn, (provider, _) => ((AreaKin)provider.GetService(typeof(AreaKin))!).OfAsync(area, Ct));

    private async Task<long> CountAsync(string sql, params object?[] values)
    {
        await using var connection = await house.Database.Jobs.OpenConnectionAsync(Ct);
        return await connection.ValueAsync<long>(sql, Ct, values);
    }

    [Fact]
    public async Task Findings_are_shown_to_those_whose_place_they_name()
    {
        var id = await FindingAsync();
        (await FindAsync(Place.OfficerA)).Rows.Select(finding => finding.Id).ShouldContain(id);
        (await FindAsync(Place.OfficerB)).Rows.ShouldNotContain(finding => finding.Id == id);
        (await FindAsync(Place.ProvinceOfficer)).Rows.ShouldAllBe(finding => finding.Province == Place.Province);
        var all = await FindAsync(Place.Administrator);
        all.Counts[AreaFindingState.Open].ShouldBeGreaterThan(200);
        all.Rows.Count.ShouldBe(AreaLinkFindings.Page);
        all.More.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_link_is_written_once_read_by_the_matcher_and_moves_nothing()
    {
        var id = await FindingAsync("Xã Đã Đổi");
        var persons = await CountAsync("SELECT count(*) FROM pt.area_link WHERE new_id = $1", Place.CommuneA2.Value);
        await house.PersonAsync(Place.Nurse, lives: house.Areas.Book.Keys(Place.CommuneA1));
        var intent = house.Clock.NewGuid();
        (await LinkAsync(Place.OfficerA, id, Place.CommuneA1, Place.CommuneA2, intent)).Done.ShouldBeTrue();
        (await LinkAsync(Place.OfficerA, id, Place.CommuneA1, Place.CommuneA2, intent)).Done.ShouldBeTrue("sent twice");
        (await CountAsync("SELECT count(*) FROM pt.area_link WHERE new_id = $1", Place.CommuneA2.Value)).ShouldBe(persons + 1);
        (await KinAsync(Place.CommuneA1)).Became.ShouldHaveSingleItem().ShouldBe(new(house.Areas.Book.Find(Place.CommuneA2)!, Partial: false, Decided: true));
        (await CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'area.link-settled' AND account_id = $1 AND subject_id = $2", Place.OfficerA.Value, id.ToString(System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(1);
        await using var owner = new NpgsqlConnection(house.Admin);
        await owner.OpenAsync(Ct);
        (await owner.ValueAsync<long>("SELECT count(*) FROM pt.person_address WHERE commune_id = $1", Ct, Place.CommuneA1.Value)).ShouldBe(1);
        (await owner.ValueAsync<long>("SELECT count(*) FROM pt.person_address WHERE commune_id = $1", Ct, Place.CommuneA2.Value)).ShouldBe(0);
    }

    [Fact]
    public async Task A_decision_may_be_changed_and_then_nothing_of_the_first_is_left()
    {
        var id = await FindingAsync("Xã Đổi Ý");
        (await LinkAsync(Place.OfficerB, id, Place.CommuneB1, Place.CommuneB2)).Problem.Status.ShouldBe(404, "the row names another district");
        (await LinkAsync(Place.ProvinceOfficer, id, Place.CommuneB1, Place.CommuneB2)).Done.ShouldBeTrue();
        (await SetAsideAsync(Place.ProvinceOfficer, id, " ")).Problem.Code.ShouldBe("kernel.reason-needed");
        (await SetAsideAsync(Place.ProvinceOfficer, id, "Nguồn ghi nhầm")).Done.ShouldBeTrue();
        (await KinAsync(Place.CommuneB1)).Became.ShouldBeEmpty();
        (await FindAsync(Place.ProvinceOfficer, AreaFindingState.SetAside)).Rows.Single(finding => finding.Id == id).Reason.ShouldBe("Nguồn ghi nhầm");
    }

    [Fact]
    public async Task A_real_commune_that_was_divided_by_the_source_becomes_whole_by_decision_and_back()
    {
        var all = await FindAsync(Place.Administrator);
        var finding = all.Rows.First(row => row.OldCandidates.Any(old => house.Areas.Book.Find(old)!.Level == AreaLevel.Commune) && row.Province is not null && row.Province != Place.Province);
        var old = finding.OldCandidates.First(id => house.Areas.Book.Find(id)!.Level == AreaLevel.Commune);
        var before = (await KinAsync(old)).Became.Select(link => (link.Area.Id, link.Partial)).ToList();
        var into = house.Areas.Book.Children(house.Areas.Book.Children(default, AreaBook.TwoLevelsFrom)[0].Id, AreaBook.TwoLevelsFrom)[0].Id;
        (await LinkAsync(Place.Administrator, finding.Id, old, into)).Done.ShouldBeTrue();
        (await KinAsync(old)).Became.Select(link => (link.Area.Id, link.Partial)).ShouldBe([(into, false)]);
        var written = house.Areas.Book.Path(old);
        house.Areas.Matcher.MatchText(written, new DateOnly(2025, 8, 1)).Match.Area.ShouldBe(into, written);
        (await SetAsideAsync(Place.Administrator, finding.Id, "Xem lại")).Done.ShouldBeTrue();
        (await KinAsync(old)).Became.Select(link => (link.Area.Id, link.Partial)).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task Only_old_communes_become_new_communes()
    {
        var id = await FindingAsync("Xã Sai Cấp");
        (await LinkAsync(Place.OfficerA, id, Place.DistrictA, Place.CommuneA2)).Problem.Code.ShouldBe("areas.not-an-old-commune");
        (await LinkAsync(Place.OfficerA, id, Place.CommuneA1, Place.DistrictA)).Problem.Code.ShouldBe("areas.not-a-new-commune");
        (await LinkAsync(Place.OfficerA, id, Place.CommuneB1, Place.CommuneB2)).Problem.Status.ShouldBe(404, "neither lies in the officer's district");
    }
}
