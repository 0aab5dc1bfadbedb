using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Support;

/// <summary>What users report reaches the team of their place, is answered by a deadline, and holds nothing of a person.</summary>
[Trait("Category", "Database")]
public sealed class SupportTests(SupportTests.Teams house) : IClassFixture<SupportTests.Teams>
{
    /// <summary>District A has a team, one of them a clerk of the camp besides; district B has none.</summary>
    public sealed class Teams : TestHouse
    {
        public AccountId TeamA { get; private set; }
        public AccountId ClerkToo { get; private set; }

        protected override async Task FurnishAsync()
        {
            TeamA = await Team.MakeAsync(this, "to-a", Place.CentreA, Place.DistrictA);
            ClerkToo = await Team.MakeAsync(this, "to-a-2", Place.CampA, Place.DistrictA, Role.Clerk);
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private TestProvince Place => house.Place;

    private async Task<string> ToldAsync(Guid report) => await house.AskAsync<string?>("SELECT string_agg(a.user_name || ' ' || n.text_key, ', ' ORDER BY n.created_at, a.user_name) FROM pt.notice n JOIN pt.account a ON a.id = n.account_id WHERE n.link LIKE '%' || $1", report.ToString()) ?? "";

    private Task<string?> StandsAsync(Guid report) => house.AskAsync<string>("SELECT state || ' ' || coalesce(taken_name, 'nobody') || ' ' || round(extract(epoch FROM due_at - $2) / 3600) FROM pt.support_report WHERE id = $1", report, house.Clock.GetUtcNow());

    /// <summary>The whole queue, page after page.</summary>
    private Task<List<ReportsList.Row>> QueueAsync(AccountId who, ReportFilter? filter = null) => house.AsAsync(who, Permission.SeeReports, async (services, _) =>
    {
        var (rows, list) = (new List<ReportsList.Row>(), (ReportsList)services.GetService(typeof(ReportsList))!);
        (DateTimeOffset, Guid)? behind = null;
        do
        {
            var found = await list.FindAsync(filter ?? new(), behind, Ct);
            found.Rows.Count.ShouldBeLessThanOrEqualTo(ReportsList.Page);
            rows.AddRange(found.Rows);
            behind = found.More;
        } while (behind is not null);
        return rows;
    });

    private Task<Outcome<Nothing>> TakeAsync(AccountId who, Guid report, int version, bool taken = true) => house.RunAsync<AnswerReport, Nothing>(who, use => use.TakeAsync(report, version, taken, Ct), Permission.AnswerReports);

    private Task<Outcome<Nothing>> AddAsync(AccountId who, Guid report, string? text = "Vẫn chưa được.") => house.RunAsync<FollowReport, Nothing>(who, use => use.AddAsync(new(house.Clock.NewGuid(), report, text), Ct), Permission.SignedIn);

    [Fact]
    [Answers("R5", "R33")]
    public async Task A_report_reaches_the_team_of_the_place_and_its_answer_who_reported()
    {
        var id = house.Clock.NewGuid();
        foreach (var _ in new[] { 1, 2 }) (await house.ReportAsync(Place.ClerkA, id: id)).Value.ShouldBe(id, "sent again, it is one report");
        (await house.ReportAsync(Place.ClerkA, "Khác", id)).Problem.Code.ShouldBe("kernel.sent-differently");
        (await ToldAsync(id)).ShouldBe("to-a notice.support-new, to-a-2 notice.support-new", "the whole team, nobody else, once");
        (await StandsAsync(id)).ShouldBe("1 nobody 24");

        (await TakeAsync(house.TeamA, id, 1)).Done.ShouldBeTrue();
        (await StandsAsync(id)).ShouldBe("2 to-a 24");
        var answer = house.Clock.NewGuid();
        foreach (var _ in new[] { 1, 2 }) (await house.AnswerAsync(house.TeamA, id, id: answer)).Done.ShouldBeTrue();
        (await ToldAsync(id)).ShouldBe("to-a notice.support-new, to-a-2 notice.support-new, clerk-a notice.support-answered");
        var shown = await house.AsAsync(Place.ClerkA, Permission.SignedIn, (services, _) => ((ReportView)services.GetService(typeof(ReportView))!).OfAsync(id, Ct));
        shown!.Steps.Select(step => (step.Kind, step.Name, step.Text)).ShouldBe([(EntryKind.Taken, "to-a", null), (EntryKind.Answered, "to-a", "Đã sửa, hãy mở lại trang.")]);
        (shown.Report.Screen, shown.Report.Trace, shown.Report.Program, shown.Report.Device, shown.Report.State).ShouldBe(("Quarantine/Desk/Stay", "4bf92f3577b3", "0.1", "Chrome, Android", ReportState.Answered));
        (await house.AskAsync<string>("SELECT string_agg(act, ' ' ORDER BY at) FROM pt.audit_event WHERE subject_id = $1", id.ToString())).ShouldBe("support.reported support.taken support.answered");
    }

    [Fact]
    public async Task Where_there_is_no_team_the_administrators_are_told()
    {
        var id = (await house.ReportAsync(Place.ClerkB)).Value;
        (await ToldAsync(id)).ShouldBe("administrator notice.support-new");
        (await house.AnswerAsync(Place.Administrator, id)).Done.ShouldBeTrue();
    }

    [Fact]
    [Answers("R5", "R7", "R33")]
    public async Task A_team_has_the_reports_of_its_own_place_and_no_person()
    {
        var (own, other) = ((await house.ReportAsync(Place.ClerkA)).Value, (await house.ReportAsync(Place.ClerkB)).Value);
        foreach (var who in new[] { house.TeamA, house.ClerkToo, Place.OfficerA })
        {
            var seen = (await QueueAsync(who)).Select(row => row.Id).ToList();
            seen.ShouldContain(own, "a clerk of one camp who is of the team besides has the queue of the district");
            seen.ShouldNotContain(other);
        }
        (await QueueAsync(Place.ProvinceOfficer)).Select(row => row.Id).ShouldBeSubsetOf((await QueueAsync(Place.Administrator)).Select(row => row.Id));
        (await house.AnswerAsync(house.TeamA, other)).Problem.Status.ShouldBe(404);
        (await TakeAsync(house.TeamA, other, 1)).Problem.Status.ShouldBe(404);
        (await AddAsync(Place.HeadA, own)).Problem.Status.ShouldBe(404, "a colleague reads it and does not speak in its name");
        foreach (var permission in new[] { Permission.SeePersons, Permission.SeeFigures, Permission.EnterData, Permission.ManageAccounts, Permission.Operate }) Roles.Opens([(int)Role.TechnologyTeam], permission).ShouldBeFalse();
        (await house.AsAsync(house.TeamA, Permission.AnswerReports, (_, db) => Task.FromResult(db.Scope.Names))).ShouldBeFalse();
        (await house.AsAsync(house.TeamA, Permission.AnswerReports, (_, db) => db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.person", Ct))).ShouldBe(0);

        // One's own report from a place that is not the team's is followed, not answered.
        var away = await Team.MakeAsync(house, "to-xa", Place.CampB, Place.DistrictA);
        await house.AskAsync<object>("UPDATE pt.account_grant SET revoked_at = now() WHERE account_id = $1 AND unit_id IS NOT NULL RETURNING id", away.Value);
        await house.AskAsync<object>("SELECT pt.write_rights($1)::text", (object)new[] { away.Value });
        var mine = (await house.ReportAsync(away)).Value;
        (await house.AnswerAsync(away, mine)).Problem.Status.ShouldBe(404);
        (await QueueAsync(away)).ShouldNotContain(row => row.Id == mine);
        await house.AskAsync<int>("UPDATE pt.account SET state = 2 WHERE id = $1 RETURNING 1", away.Value); // no other test reaches it
    }

    [Fact]
    public async Task What_is_late_is_counted_by_district_and_a_further_word_sets_a_new_deadline()
    {
        var id = (await house.ReportAsync(Place.ClerkA)).Value;
        var before = await LateAsync();
        house.Clock.Advance(TimeSpan.FromHours(25));
        (await QueueAsync(house.TeamA, new() { Late = true })).ShouldContain(row => row.Id == id && row.Late);
        var after = await LateAsync();
        (after.All, after.District).ShouldBe((after.Open, after.Open), "all that waited a day are late");
        after.All.ShouldBeGreaterThan(before.All);
        (await house.AnswerAsync(house.TeamA, id)).Done.ShouldBeTrue();
        (await LateAsync()).All.ShouldBe(after.All - 1);
        (await house.AskAsync<string>("SELECT detail FROM pt.audit_event WHERE subject_id = $1 AND act = 'support.answered'", id.ToString()))!.ShouldContain("\"Late\":true");
        (await AddAsync(Place.ClerkA, id)).Done.ShouldBeTrue();
        (await StandsAsync(id)).ShouldBe("2 to-a 24", "open again, with the one who had it");
        (await ToldAsync(id)).ShouldEndWith("clerk-a notice.support-answered, to-a notice.support-added", Case.Sensitive, "and only they are told");

        async Task<(int All, int District, int Open)> LateAsync() => await house.AsAsync(Place.OfficerA, Permission.SeeReports, async (services, _) =>
        {
            var list = (ReportsList)services.GetService(typeof(ReportsList))!;
            var counts = await list.CountsAsync(new(), Ct);
            return (counts.Late, (await list.DistrictsAsync(Ct)).SingleOrDefault(district => district.Area == Place.DistrictA)?.Late ?? 0, counts.New + counts.Taken);
        });
    }

    [Fact]
    public async Task A_closed_report_is_opened_by_who_sent_it_and_answered_by_nobody()
    {
        var id = (await house.ReportAsync(Place.ClerkA)).Value;
        (await house.RunAsync<AnswerReport, Nothing>(house.TeamA, use => use.CloseAsync(id, Ct), Permission.AnswerReports)).Problem.Code.ShouldBe("support.not-answered");
        (await house.AnswerAsync(house.TeamA, id, close: true)).Done.ShouldBeTrue();
        (await house.AnswerAsync(house.TeamA, id)).Problem.Code.ShouldBe("support.closed");
        (await TakeAsync(house.TeamA, id, 2)).Problem.Code.ShouldBe("support.closed");
        (await AddAsync(Place.ClerkA, id)).Done.ShouldBeTrue();
        (await StandsAsync(id)).ShouldBe("2 to-a 24");
        (await house.RunAsync<FollowReport, Nothing>(Place.ClerkA, use => use.CloseAsync(id, Ct), Permission.SignedIn)).Done.ShouldBeTrue();
        (await StandsAsync(id))!.ShouldStartWith("4 ");
        (await house.AskAsync<string>("SELECT string_agg(kind::text, ' ' ORDER BY at) FROM pt.support_entry WHERE report_id = $1", id)).ShouldBe("3 5 4 5");
    }

    [Fact]
    public async Task Of_two_who_take_a_report_at_once_the_second_learns_of_the_first()
    {
        var id = (await house.ReportAsync(Place.ClerkA)).Value;
        var both = await Task.WhenAll(TakeAsync(house.TeamA, id, 1), TakeAsync(house.ClerkToo, id, 1));
        both.Count(one => one.Done).ShouldBe(1);
        both.Single(one => !one.Done).Problem.Code.ShouldBe("kernel.changed");
        var (holder, other) = both[0].Done ? (house.TeamA, house.ClerkToo) : (house.ClerkToo, house.TeamA);
        (await TakeAsync(holder, id, 1)).Done.ShouldBeTrue("sent again by the one who has it");
        (await TakeAsync(other, id, 2)).Done.ShouldBeTrue("knowingly out of a colleague's hands");
        (await TakeAsync(other, id, 3, taken: false)).Done.ShouldBeTrue();
        (await StandsAsync(id)).ShouldBe("1 nobody 24");
    }

    [Fact]
    [Answers("R7")]
    public async Task A_number_of_a_person_is_refused_wherever_it_is_typed_and_nothing_is_kept()
    {
        var id = (await house.ReportAsync(Place.ClerkA)).Value;
        var before = await house.AskAsync<long>("SELECT (SELECT count(*) FROM pt.support_report) + (SELECT count(*) FROM pt.support_entry)");
        foreach (var refused in new[] { (await house.ReportAsync(Place.ClerkA, "Số 031085004417 không nhận")).Problem, (await AddAsync(Place.ClerkA, id, "gọi 0912345678")).Problem, (await house.AnswerAsync(house.TeamA, id, "gọi 0912345678")).Problem })
        {
            refused.Code.ShouldBe("support.holds-number");
            refused.Details.ShouldBeEmpty("the number is not repeated");
        }
        (await house.ReportAsync(Place.ClerkA, "   ")).Problem.ShouldSatisfyAllConditions(problem => problem.Code.ShouldBe("kernel.required"), problem => problem.Field.ShouldBe("what"));
        (await house.ReportAsync(Place.ClerkA, new string('a', 2001))).Problem.Code.ShouldBe("kernel.too-long");
        (await house.AskAsync<long>("SELECT (SELECT count(*) FROM pt.support_report) + (SELECT count(*) FROM pt.support_entry)")).ShouldBe(before);
    }

    [Fact]
    public async Task One_account_does_not_fill_the_queue()
    {
        for (var n = 0; n < 20; n++) (await house.ReportAsync(Place.Nurse, $"Lần {n}")).Done.ShouldBeTrue();
        (await house.ReportAsync(Place.Nurse)).Problem.Code.ShouldBe("support.too-many");
        house.Clock.Advance(TimeSpan.FromHours(24));
        (await house.ReportAsync(Place.Nurse)).Done.ShouldBeTrue();
        var first = await house.AsAsync(Place.Nurse, Permission.SignedIn, (services, _) => ((ReportsList)services.GetService(typeof(ReportsList))!).MineAsync(null, Ct));
        first.Rows.Count.ShouldBe(21);
        first.Rows.Select(row => row.ReportedAt).ShouldBe(first.Rows.Select(row => row.ReportedAt).OrderDescending());
    }

    [Fact]
    [Answers("R5")]
    public async Task A_province_says_whom_to_call_and_others_fall_back_on_the_country()
    {
        var directory = house.Get<SupportDirectory>();
        (await SetAsync(Place.Administrator, default, 0, "Cục Y tế dự phòng")).Done.ShouldBeTrue();
        await directory.RefreshAsync(Ct);
        directory.Likely!.Office.ShouldBe("Cục Y tế dự phòng");
        (await OfAsync(Place.CampA))!.Office.ShouldBe("Cục Y tế dự phòng");
        (await SetAsync(Place.ProvinceOfficer, Place.Province, 0, "Văn phòng Sở Y tế")).Done.ShouldBeTrue();
        (await OfAsync(Place.CampA))!.Office.ShouldBe("Văn phòng Sở Y tế");
        (await OfAsync(Place.Root))!.Office.ShouldBe("Cục Y tế dự phòng");
        await directory.RefreshAsync(Ct);
        directory.Known.Select(contact => contact.Office).ShouldBe(["Cục Y tế dự phòng", "Văn phòng Sở Y tế"]);
        directory.Likely!.Office.ShouldBe("Văn phòng Sở Y tế", "there is just one province");

        (await SetAsync(Place.ProvinceOfficer, Place.Province, 0, "Khác")).Problem.Code.ShouldBe("kernel.changed");
        (await SetAsync(Place.ProvinceOfficer, Place.Province, 1, "Tổ hỗ trợ")).Done.ShouldBeTrue();
        foreach (var (who, where) in new[] { (Place.ProvinceOfficer, default(AreaId)), (Place.OfficerA, Place.Province), (Place.ProvinceOfficer, Place.DistrictA), (Place.HeadA, Place.Province) }) (await SetAsync(who, where, 0, "Không được")).Problem.Status.ShouldBe(404);
        (await house.RunAsync<KeepContact, Nothing>(Place.ProvinceOfficer, use => use.RunAsync(new(house.Clock.NewGuid(), Place.Province, 2, " ", null, null, null), Ct), Permission.ManageUnits)).Problems.Select(problem => problem.Code).ShouldBe(["kernel.required", "support.contact-empty"]);
        (await house.RunAsync<KeepContact, Nothing>(Place.ProvinceOfficer, use => use.RunAsync(new(house.Clock.NewGuid(), Place.Province, 2, "Tổ", null, "khong phai thu", null), Ct), Permission.ManageUnits)).Problem.Code.ShouldBe("account.email-form");

        Task<Outcome<Nothing>> SetAsync(AccountId who, AreaId where, int version, string office) => house.RunAsync<KeepContact, Nothing>(who, use => use.RunAsync(new(house.Clock.NewGuid(), where, version, office, "0258 3822 111", null, "giờ hành chính"), Ct), Permission.ManageUnits);
        Task<SupportDirectory.Contact?> OfAsync(UnitId unit) => house.AsAsync(Place.ClerkA, Permission.SignedIn, (_, db) => SupportDirectory.OfUnitAsync(db, unit, Ct));
    }

    [Fact]
    public async Task The_queue_goes_on_page_after_page_without_a_gap()
    {
        for (var n = 0; n < ReportsList.Page + 5; n++) (await house.ReportAsync(n % 2 == 0 ? Place.ClerkHospitalA : Place.OfficerA, $"Trang {n}")).Done.ShouldBeTrue();
        var seen = await QueueAsync(house.TeamA);
        seen.Select(row => row.Id).Distinct().Count().ShouldBe(seen.Count);
        seen.Select(row => row.DueAt).ShouldBe(seen.Select(row => row.DueAt).Order(), "the next deadline first");
        seen.Count.ShouldBe((int)await house.AskAsync<long>("SELECT count(*) FROM pt.support_report WHERE state < 3 AND district_id = $1", Place.DistrictA.Value));
    }
}
