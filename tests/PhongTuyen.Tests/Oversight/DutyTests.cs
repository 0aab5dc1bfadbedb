using Microsoft.Extensions.Logging.Abstractions;
using PhongTuyen.Accounts;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;
using PhongTuyen.Oversight;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Units;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Oversight;

/// <summary>Which units owe which data, who is answerable, who supplied them, and who is reminded of the rest.</summary>
[Trait("Category", "Database")]
public sealed class DutyTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private DateOnly Today => house.Clock.Today();

    private Task<T> ReportAsync<T>(AccountId by, Func<DutyReport, Task<T>> ask) => house.AsAsync(by, Permission.SignedIn, (provider, _) => ask((DutyReport)provider.GetService(typeof(DutyReport))!));

    private async Task<Outcome<Guid>> SetAsync(AccountId by, UnitId unit, UnitKind? kind = null, DutyRhythm? rhythm = DutyRhythm.Daily, DateOnly? since = null, string? at = "16:00", string? name = "Địa chỉ F0 đến thôn, tổ", DateOnly? until = null, string? paper = "470-CV/BTGTU") =>
        await house.RunAsync<KeepDuties, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), unit, kind, name, "Ghi đủ số nhà, thôn.\n\n Nhập ở hồ sơ. ", paper, rhythm, since ?? Today, until, at), Ct), Permission.ManageAccounts);

    private Task<Outcome<Guid>> DeliverAsync(AccountId by, Guid duty, UnitId unit, DateOnly due, bool nothing = false, Guid? id = null) =>
        house.RunAsync<DeliverData, Guid>(by, use => use.RunAsync(new(id ?? house.Clock.NewGuid(), duty, unit, due, nothing, "12 ca"), Ct));

    private Task<Outcome<Guid>> NameAsync(AccountId by, Guid duty, UnitId unit, AccountId? account) =>
        house.RunAsync<NameOfficers, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), duty, unit, account), Ct), Permission.ManageAccounts);

    private async Task<DutyReport.Row> RowAsync(Guid duty, UnitId unit, DateOnly due, AccountId? by = null) =>
        (await ReportAsync(by ?? Place.ProvinceOfficer, async report => await report.FindAsync((await report.OneAsync(duty, Ct))!, due, new(), null, Ct, 1000))).Rows.Single(row => row.Id == unit);

    private Task<long> NoticesAsync(AccountId account, Guid duty) => house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND link LIKE '%' || $2 || '%'", account.Value, duty.ToString());

    /// <summary>No other test's duty speaks: ended before its first day, for the clock may stand behind the hour at which it was due when it was set.</summary>
    private Task<int> AloneAsync() => house.AskAsync<int>("WITH ended AS (UPDATE pt.oversight_duty SET ended_at = '2000-01-01' RETURNING 1) SELECT count(*)::int FROM ended");

    [Fact]
    [Answers("R32")]
    public async Task What_is_asked_is_said_whole_or_refused_field_by_field()
    {
        var refused = await SetAsync(Place.ProvinceOfficer, Place.Department, UnitKind.HealthStation, null, Today.AddDays(-1), "lúc chiều", " ", paper: null);
        refused.Problems.Select(problem => (problem.Field, problem.Code)).ShouldBe([("name", "kernel.required"), ("paper", "kernel.required"), ("rhythm", "kernel.required"), ("dueAt", "duty.time-form"), ("since", "duty.since-passed")]);
        (await SetAsync(Place.ProvinceOfficer, Place.Department, rhythm: DutyRhythm.Workdays, since: Today.AddDays(6 - (int)Today.DayOfWeek))).Problem.Code.ShouldBe("duty.since-no-workday");
        (await SetAsync(Place.ProvinceOfficer, Place.Department, since: Today.AddDays(3), until: Today)).Problem.Code.ShouldBe("duty.until-before-since");
        (await SetAsync(Place.ProvinceOfficer, Place.Department, since: Today.AddYears(9))).Problem.Code.ShouldBe("duty.since-far-away");
        (await SetAsync(Place.HeadA, Place.CampA)).Problem.Code.ShouldBe("duty.nobody-below");
        (await SetAsync(Place.OfficerA, Place.CentreB)).Problem.Status.ShouldBe(404);
        foreach (var (typed, minutes) in new[] { ("16:00", 960), ("7h30", 450), ("16h", 960), ("7 giờ 30", 450), ("9", 540) })
        {
            var id = (await SetAsync(Place.OfficerA, Place.CentreA, at: typed)).Value;
            var duty = (await ReportAsync(Place.OfficerA, report => report.OneAsync(id, Ct)))!;
            (duty.Days.At.ToTimeSpan().TotalMinutes, duty.Guidance).ShouldBe((minutes, "Ghi đủ số nhà, thôn.\nNhập ở hồ sơ."));
        }
    }

    [Fact]
    [Answers("R32")]
    public async Task Who_supplied_in_time_late_or_not_is_told_apart_and_districts_add_up()
    {
        var id = (await SetAsync(Place.ProvinceOfficer, Place.Department)).Value;
        var day = Today;
        (await RowAsync(id, Place.CampA, day)).Standing.ShouldBe(DutyStanding.Waiting);
        var delivery = house.Clock.NewGuid();
        (await DeliverAsync(Place.ClerkA, id, Place.CampA, day, id: delivery)).Done.ShouldBeTrue();
        (await DeliverAsync(Place.ClerkA, id, Place.CampA, day, id: delivery)).Value.ShouldBe(delivery, "sent twice, done once");
        (await DeliverAsync(Place.OfficerA, id, Place.CampA, day)).Problem.Code.ShouldBe("duty.delivered");
        (await DeliverAsync(Place.ClerkA, id, Place.CampA, day.AddDays(1))).Problem.Code.ShouldBe("duty.not-yet");
        (await DeliverAsync(Place.ClerkA, id, Place.CampA, day.AddDays(-1))).Problem.Code.ShouldBe("duty.not-due");
        (await DeliverAsync(Place.ClerkA, id, Place.CampB, day)).Problem.Status.ShouldBe(404);
        (await DeliverAsync(Place.ClerkA, id, Place.HospitalA, day)).Problem.Status.ShouldBe(404, "another unit of the same district");

        house.Clock.Advance(day.AddDays(1).AtLocal(new TimeOnly(2, 30)) - house.Clock.GetUtcNow());
        (await DeliverAsync(Place.ClerkHospitalA, id, Place.HospitalA, day, nothing: true)).Done.ShouldBeTrue();
        (await DeliverAsync(Place.OfficerB, id, Place.CampB, day.AddDays(1))).Done.ShouldBeTrue("the next may come early, and from the level above");
        var (camp, hospital, other) = (await RowAsync(id, Place.CampA, day), await RowAsync(id, Place.HospitalA, day), await RowAsync(id, Place.CampB, day));
        (camp.Standing, hospital.Standing, hospital.Nothing, other.Standing, camp.Note).ShouldBe((DutyStanding.Delivered, DutyStanding.DeliveredLate, true, DutyStanding.Late, "12 ca"));
        (await RowAsync(id, Place.CampB, day.AddDays(1))).Standing.ShouldBe(DutyStanding.Delivered);

        foreach (var by in new[] { Place.ProvinceOfficer, Place.OfficerA, Place.Leader, Place.ClerkA })
            await ReportAsync(by, async report =>
            {
                var duty = (await report.OneAsync(id, Ct))!;
                var (counts, (districts, all, _)) = ((await report.CountsAsync([(duty, day)], Ct))[0], await report.FindAsync(duty, day, new(), null, Ct, 1000));
                counts.All.ShouldBe(all.Count);
                foreach (var standing in Enum.GetValues<DutyStanding>())
                {
                    counts.Of(standing).ShouldBe(all.Count(row => row.Standing == standing));
                    districts.Sum(district => district.Counts.Of(standing)).ShouldBe(counts.Of(standing));
                    (await report.FindAsync(duty, day, new() { Standing = standing }, null, Ct, 1000)).Rows.Select(row => row.Id).ShouldBe(all.Where(row => row.Standing == standing).Select(row => row.Id));
                }
                if (by == Place.OfficerA) districts.ShouldNotContain(district => district.Area == Place.DistrictB);
                if (by == Place.ClerkA) all.Select(row => row.Id).ShouldBe([Place.CampA]);
                var (seen, behind) = (new List<UnitId>(), (string?)null);
                do
                {
                    var found = await report.FindAsync(duty, day, new(), behind, Ct, 1);
                    seen.AddRange(found.Rows.Select(row => row.Id));
                    behind = found.More;
                }
                while (behind is not null);
                seen.ShouldBe(all.Select(row => row.Id), ignoreOrder: false);
                return 0;
            });

        // Taken back it is missing again, and can be said again.
        (await house.RunAsync<DeliverData, Nothing>(Place.ClerkB, use => use.TakeBackAsync(delivery, Ct))).Problem.Status.ShouldBe(404);
        (await house.RunAsync<DeliverData, Nothing>(Place.ClerkA, use => use.TakeBackAsync(delivery, Ct))).Done.ShouldBeTrue();
        (await RowAsync(id, Place.CampA, day)).Standing.ShouldBe(DutyStanding.Late);
        (await DeliverAsync(Place.ClerkA, id, Place.CampA, day)).Done.ShouldBeTrue();
        (await RowAsync(id, Place.CampA, day)).Standing.ShouldBe(DutyStanding.DeliveredLate);

        // What a unit sees of itself: the next day first.
        var days = (await ReportAsync(Place.ClerkA, async report => await report.DaysAsync((await report.OneAsync(id, Ct))!, Place.CampA, Ct)))!;
        days.Select(one => (one.Due, one.Standing)).ShouldBe([(day.AddDays(1), DutyStanding.Waiting), (day, DutyStanding.DeliveredLate)]);
        (await ReportAsync(Place.ClerkA, async report => await report.DaysAsync((await report.OneAsync(id, Ct))!, Place.CampB, Ct))).ShouldBeNull();
    }

    [Fact]
    [Answers("R32")]
    public async Task What_one_district_asks_is_not_there_for_the_other_and_only_who_asked_ends_it()
    {
        var id = (await SetAsync(Place.OfficerA, Place.CentreA)).Value;
        (await ReportAsync(Place.ClerkA, report => report.OneAsync(id, Ct)))!.Own.ShouldBeFalse();
        (await ReportAsync(Place.OfficerB, report => report.OneAsync(id, Ct))).ShouldBeNull();
        (await ReportAsync(Place.ClerkB, report => report.DutiesAsync(false, Ct))).ShouldNotContain(duty => duty.Id == id);
        (await ReportAsync(Place.ClerkA, report => report.DutiesAsync(false, Ct))).ShouldContain(duty => duty.Id == id);
        (await NameAsync(Place.OfficerB, id, Place.CampB, Place.ClerkB)).Problem.Status.ShouldBe(404, "it owes nothing there");
        Task<Outcome<Nothing>> End(AccountId by, bool ended) => house.RunAsync<KeepDuties, Nothing>(by, use => use.EndAsync(id, ended, Ct), Permission.ManageAccounts);
        (await End(Place.OfficerB, true)).Problem.Status.ShouldBe(404);
        (await End(Place.HeadA, true)).Problem.Status.ShouldBe(404, "asked from above");
        (await End(Place.OfficerA, true)).Done.ShouldBeTrue();
        (await DeliverAsync(Place.ClerkA, id, Place.CampA, Today)).Problem.Code.ShouldBe("duty.not-due", "what was due later is not owed");
        (await ReportAsync(Place.OfficerA, report => report.DutiesAsync(true, Ct))).ShouldContain(duty => duty.Id == id);
        (await End(Place.OfficerA, false)).Done.ShouldBeTrue();
        (await DeliverAsync(Place.ClerkA, id, Place.CampA, Today)).Done.ShouldBeTrue();

        // Of one kind only that kind owes.
        var stations = (await SetAsync(Place.OfficerA, Place.CentreA, UnitKind.HealthStation)).Value;
        (await ReportAsync(Place.ClerkA, report => report.OneAsync(stations, Ct))).ShouldBeNull();
        (await ReportAsync(Place.Nurse, async report => (await report.OverviewAsync(false, Ct)).Own)).ShouldContain(own => own.Duty.Id == stations && own.Unit == Place.StationA1 && own.Standing == DutyStanding.Waiting);
    }

    [Fact]
    [Answers("R32")]
    public async Task An_officer_is_named_by_those_above_and_goes_on_with_a_hand_over()
    {
        var id = (await SetAsync(Place.ProvinceOfficer, Place.Department)).Value;
        (await RowAsync(id, Place.CampA, Today)).Able.ShouldBeFalse();
        (await NameAsync(Place.HeadA, id, Place.CampA, Place.ClerkB)).Problem.Code.ShouldBe("duty.account-not-able", "no role over the unit");
        (await NameAsync(Place.HeadA, id, Place.CampA, Place.Leader)).Problem.Code.ShouldBe("duty.account-not-able", "enters nothing");
        (await NameAsync(Place.HeadA, id, Place.CampA, Place.ClerkA)).Done.ShouldBeTrue();
        (await NameAsync(Place.OfficerA, id, Place.CampA, Place.OfficerA)).Done.ShouldBeTrue("of the level above");
        var row = await RowAsync(id, Place.CampA, Today, Place.ClerkA);
        row.Able.ShouldBeTrue();
        row.Officer.ShouldNotBeNull("also for those who do not see that account otherwise");
        (await ReportAsync(Place.OfficerA, async report => (await report.OverviewAsync(false, Ct)).Own)).ShouldContain(own => own.Duty.Id == id && own.Unit == Place.CampA && own.Named);
        (await ReportAsync(Place.HeadA, report => report.CandidatesAsync(Place.CampA, Ct))).Select(one => one.Id).ShouldBeSubsetOf([Place.ClerkA, Place.HeadA], "only accounts that the asker sees");

        // Somebody leaves: the colleague is answerable, and the other again when it is taken back.
        var (from, to) = (await TwoDistricts.SpareAsync(house, Place.CampA), await TwoDistricts.SpareAsync(house, Place.CampA));
        (await NameAsync(Place.HeadA, id, Place.CampA, from.Id)).Done.ShouldBeTrue();
        var handover = await TwoDistricts.HandoverAsync(house, Place.HeadA, from.Id, to.Name);
        (await ReportAsync(Place.HeadA, report => report.OfficerAsync(id, Place.CampA, Ct)))!.Value.ShouldBe((to.Id, to.Name, true));
        (await house.RunAsync<HandOverAccount, Nothing>(Place.HeadA, use => use.UndoAsync(handover, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await ReportAsync(Place.HeadA, report => report.OfficerAsync(id, Place.CampA, Ct)))!.Value.ShouldBe((from.Id, from.Name, true));

        // Whoever cannot act any more is nobody, and stays named in the list.
        await house.RunAsync<SuspendAccount, Nothing>(Place.HeadA, use => use.RunAsync(from.Id, true, Ct), Permission.ManageAccounts);
        row = await RowAsync(id, Place.CampA, Today);
        (row.Officer, row.Able).ShouldBe((from.Name, false));
        (await ReportAsync(Place.OfficerA, async report => await report.FindAsync((await report.OneAsync(id, Ct))!, Today, new() { WithoutOfficer = true }, null, Ct, 1000))).Rows.ShouldContain(one => one.Id == Place.CampA);
        (await NameAsync(Place.HeadA, id, Place.CampA, null)).Done.ShouldBeTrue();
        (await RowAsync(id, Place.CampA, Today)).Officer.ShouldBeNull();
    }

    [Fact]
    [Answers("R32")]
    public async Task The_officers_of_one_duty_are_named_for_another_and_that_is_taken_back()
    {
        var (first, second) = ((await SetAsync(Place.OfficerA, Place.CentreA)).Value, (await SetAsync(Place.OfficerA, Place.CentreA, name: "Số giường trống")).Value);
        await NameAsync(Place.OfficerA, first, Place.CampA, Place.ClerkA);
        await NameAsync(Place.OfficerA, first, Place.HospitalA, Place.ClerkHospitalA);
        await NameAsync(Place.OfficerA, second, Place.CampA, Place.HeadA);
        var act = house.Clock.NewGuid();
        Task<Outcome<int>> Copy(Guid intent) => house.RunAsync<NameOfficers, int>(Place.OfficerA, use => use.CopyAsync(intent, second, first, Ct), Permission.ManageAccounts);
        (await Copy(act)).Value.ShouldBe(1, "where somebody is named, that stays");
        (await Copy(house.Clock.NewGuid())).Problem.Code.ShouldBe("duty.nothing-to-copy");
        (await ReportAsync(Place.OfficerA, report => report.OfficerAsync(second, Place.HospitalA, Ct)))!.Value.Account.ShouldBe(Place.ClerkHospitalA);
        (await ReportAsync(Place.OfficerA, report => report.OfficerAsync(second, Place.CampA, Ct)))!.Value.Account.ShouldBe(Place.HeadA);
        Task<Outcome<int>> Uncopy(AccountId by) => house.RunAsync<NameOfficers, int>(by, use => use.UncopyAsync(second, act, Ct), Permission.ManageAccounts);
        (await Uncopy(Place.OfficerB)).Problem.Status.ShouldBe(404);
        (await Uncopy(Place.OfficerA)).Value.ShouldBe(1);
        (await ReportAsync(Place.OfficerA, report => report.OfficerAsync(second, Place.HospitalA, Ct))).ShouldBeNull();
    }

    [Fact]
    [Answers("R32")]
    public async Task The_named_and_behind_them_the_managers_are_reminded_once_before_and_once_a_day_when_late()
    {
        await AloneAsync();
        await house.AskAsync<int>("UPDATE pt.account SET email = 'nguoi-truc@ttyt.vn' WHERE id = $1 RETURNING 1", Place.ClerkA.Value);
        var day = Today.AddDays(1);
        var id = (await SetAsync(Place.ProvinceOfficer, Place.Department, UnitKind.Camp, DutyRhythm.Once, day)).Value;
        await NameAsync(Place.HeadA, id, Place.CampA, Place.ClerkA);
        var reminders = new DutyReminders(house.Database, new FieldCipher(house.Keys), new OutboxSettings { Server = "127.0.0.1", Port = 25, From = "phongtuyen@cdc.vn" }, TestHouse.Words, new OversightSettings(), house.Clock, NullLogger<DutyReminders>.Instance);
        void At(DateOnly on, int hour, int minute) => house.Clock.Advance(on.AtLocal(new TimeOnly(hour, minute)) - house.Clock.GetUtcNow());

        At(day, 13, 59);
        (await reminders.RunAsync(Ct)).ShouldBe(0, "more than two hours are left");
        At(day, 14, 1);
        (await reminders.RunAsync(Ct)).ShouldBeGreaterThan(0);
        (await NoticesAsync(Place.ClerkA, id), await NoticesAsync(Place.HeadA, id), await NoticesAsync(Place.OfficerA, id), await NoticesAsync(Place.OfficerB, id), await NoticesAsync(Place.ClerkB, id)).ShouldBe((1, 0, 0, 1, 0), "in B nobody is named: the nearest who could name somebody");
        (await reminders.RunAsync(Ct)).ShouldBe(0, "once");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.outbox_message WHERE intent LIKE $1", $"duty/{id}/%")).ShouldBe(1);

        (await DeliverAsync(Place.OfficerB, id, Place.CampB, day)).Done.ShouldBeTrue();
        At(day, 16, 1);
        (await reminders.RunAsync(Ct)).ShouldBeGreaterThan(0);
        (await NoticesAsync(Place.ClerkA, id), await NoticesAsync(Place.OfficerA, id), await NoticesAsync(Place.OfficerB, id)).ShouldBe((2, 1, 1), "late: the manager above hears of it; who has supplied is left in peace");
        At(day.AddDays(1), 6, 0);
        (await reminders.RunAsync(Ct)).ShouldBe(0, "not in the night");
        At(day.AddDays(1), 7, 1);
        (await reminders.RunAsync(Ct)).ShouldBeGreaterThan(0);
        (await NoticesAsync(Place.ClerkA, id)).ShouldBe(3);
        (await house.AskAsync<string>("SELECT details->>'n' || ' ' || (details->>'due') FROM (SELECT details::jsonb AS details FROM pt.notice WHERE account_id = $1 AND link LIKE '%' || $2 || '%' LIMIT 1) n", Place.ClerkA.Value, id.ToString())).ShouldStartWith("1 ");

        // By hand: for one's own units, once a day.
        Task<Outcome<RemindOfDuties.Result>> Remind(AccountId by) => house.AsAsync(by, Permission.ManageAccounts, async (provider, db) =>
        {
            var duty = (await ((DutyReport)provider.GetService(typeof(DutyReport))!).OneAsync(id, Ct))!;
            var outcome = await ((RemindOfDuties)provider.GetService(typeof(RemindOfDuties))!).RunAsync(duty, day, Ct);
            await db.CommitAsync(Ct);
            return outcome;
        });
        (await Remind(Place.OfficerB)).Problem.Code.ShouldBe("duty.nobody-to-remind");
        var told = (await Remind(Place.ProvinceOfficer)).Value;
        told.Told.ShouldBe(told.Asked);
        (await Remind(Place.ProvinceOfficer)).Value.Told.ShouldBe(0);
        (await NoticesAsync(Place.ClerkA, id)).ShouldBe(4);

        At(day.AddDays(5), 9, 0);
        (await reminders.RunAsync(Ct)).ShouldBe(0, "after three days only by hand");
    }
}
