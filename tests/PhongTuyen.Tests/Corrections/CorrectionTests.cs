using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Tests.Worklists;
using PhongTuyen.Worklists;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Corrections;

/// <summary>A correction goes to the unit that is answerable for the person, is decided there, keeps what stood before, and is taken back while nothing later depends on it.</summary>
[Answers("R14")]
[Trait("Category", "Database")]
public sealed class CorrectionTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Entered by the hospital of district A, staying in the camp: the hospital sees the person still, and changes nothing any more.</summary>
    private async Task<PersonId> MovedOnAsync(string name = "Nguyễn Văn Sai", string? number = null, string? phone = null)
    {
        var person = await house.PersonAsync(Place.ClerkHospitalA, name, number, phone, Place.KeysA1);
        await house.AskAsync<object>("UPDATE pt.person_scope SET until = now() WHERE person_id = $1 AND unit_id = $2 RETURNING person_id", person.Value, Place.HospitalA.Value);
        await house.AskAsync<object>("INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES ($1, 3, gen_random_uuid(), $2, '', now()) RETURNING person_id", person.Value, Place.CampA.Value);
        return person;
    }

    private Task<string?> StandsAsync(Guid id) => house.AskAsync<string>("SELECT r.state || ' ' || u.code || ' ' || w.state FROM pt.correction_request r JOIN pt.unit u ON u.id = r.to_unit_id JOIN pt.worklist_item w ON w.id = r.id AND w.unit_id = r.to_unit_id WHERE r.id = $1", id);

    private async Task<string> ToldAsync(AccountId who, Guid id) => await house.AskAsync<string?>("SELECT string_agg(text_key, ' ' ORDER BY created_at) FROM pt.notice WHERE account_id = $1 AND link = '/desk/corrections/request/' || $2", who.Value, id.ToString()) ?? "";

    [Fact]
    public async Task Whoever_only_sees_a_person_asks_and_the_unit_that_has_them_decides_and_the_value_before_is_kept()
    {
        var person = await MovedOnAsync();
        var id = await house.AskedAsync(Place.ClerkHospitalA, person, Requests.Name("Nguyễn Văn Đúng"), new(CorrectedField.Birth, null, "05/08/1986"), new(CorrectedField.Sex, null, "Female"), new(CorrectedField.Nationality, null, "Lào"));
        (await StandsAsync(id)).ShouldBe("1 KCL-A 0");
        (await house.CorrectionAsync(Place.ClerkB, id)).ShouldBeNull();
        (await house.DecideAsync(Place.ClerkHospitalA, id)).Problem.Status.ShouldBe(404, "who asks sees it and does not decide");
        var full = (await house.CorrectionAsync(Place.ClerkA, id))!;
        (full.Decides, full.Asks, full.Correction.Because).ShouldBe((true, false, AnswerableBecause.Stay));
        full.Fields.ShouldAllBe(field => !field.Changed);

        (await house.DecideAsync(Place.ClerkA, id)).Done.ShouldBeTrue();
        var now = await house.PersonOfAsync(Place.ClerkA, person);
        (now.Name, now.BirthDate.ToString(), now.Sex, now.Nationality).ShouldBe(("Nguyễn Văn Đúng", "05/08/1986", Sex.Female, "LA"));
        (await StandsAsync(id)).ShouldBe("3 KCL-A 3");
        (await ToldAsync(Place.ClerkHospitalA, id)).ShouldBe("notice.correction-approved");
        var change = (await house.AsAsync(Place.ClerkA, Permission.SeePersons, (_, db) => db.ChangesOfAsync(person, "person", Ct)))[0];
        (change.Act, change.By).ShouldBe(("correction.decided", "clerk-a"));
        change.Fields.Single(field => field.Field == "name").ShouldBe(new FieldChange("name", "Nguyễn Văn Sai", "Nguyễn Văn Đúng"));
        (await house.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'correction.decided' AND subject_id = $1", id.ToString())).ShouldBe("Đã đối chiếu giấy tờ");
        (await house.AsAsync(Place.ClerkHospitalA, Permission.SeePersons, (services, _) => services.GetRequiredService<FindPersons>().RunAsync("Nguyễn Văn Đúng", Ct))).Value.Rows.ShouldContain(row => row.Id == person, "it is found by the new name");
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_and_changes_nothing()
    {
        var person = await MovedOnAsync();
        var id = await house.AskedAsync(Place.ClerkHospitalA, person, Requests.Name("Nguyễn Văn Khác"));
        (await house.DecideAsync(Place.ClerkA, id, approve: false, reason: " ")).Problem.Code.ShouldBe("kernel.reason-needed");
        (await house.DecideAsync(Place.ClerkA, id, approve: false, reason: "Giấy tờ không khớp")).Done.ShouldBeTrue();
        (await house.PersonOfAsync(Place.ClerkA, person)).Name.ShouldBe("Nguyễn Văn Sai");
        (await house.CorrectionAsync(Place.ClerkHospitalA, id))!.Steps.Select(step => (step.Kind, step.Name, step.Text)).ShouldBe([(CorrectionStepKind.Asked, "clerk-hospital-a", null), (CorrectionStepKind.Refused, "clerk-a", "Giấy tờ không khớp")]);
        (await ToldAsync(Place.ClerkHospitalA, id)).ShouldBe("notice.correction-refused");
        (await house.DecideAsync(Place.ClerkA, id)).Problem.Code.ShouldBe("correction.decided");
    }

    [Fact]
    public async Task Asked_back_it_waits_for_who_asked_and_comes_again_with_a_new_deadline()
    {
        var id = await house.AskedAsync(Place.ClerkHospitalA, await MovedOnAsync(), Requests.Name("Nguyễn Văn Hỏi"));
        await house.GiveAsync(Place.ClerkA, Place.ClerkA, id);
        var due = (await house.RowsAsync(Place.ClerkA, [id]))[0].DueAt;
        (await house.RunAsync<FollowCorrection, Guid>(Place.ClerkHospitalA, use => use.AnswerAsync(new(house.Clock.NewGuid(), id, "Đây"), Ct))).Problem.Code.ShouldBe("correction.not-asked");
        (await house.RunAsync<DecideCorrection, Guid>(Place.ClerkA, use => use.AskBackAsync(house.Clock.NewGuid(), id, 1, "Chữ đệm là gì?", Ct))).Done.ShouldBeTrue();
        (await StandsAsync(id)).ShouldBe("2 KCL-A 2");
        house.Clock.Advance(TimeSpan.FromDays(10));
        (await house.CountsAsync(Place.ClerkA, new(Items.List, WorkTab.Late))).Waiting.ShouldBeGreaterThan(0, "while it waits it is not late");
        (await house.RunAsync<FollowCorrection, Guid>(Place.ClerkHospitalA, use => use.AnswerAsync(new(house.Clock.NewGuid(), id, "Là Văn"), Ct))).Done.ShouldBeTrue();
        (await StandsAsync(id)).ShouldBe("1 KCL-A 1", "with whoever had it");
        (await house.RowsAsync(Place.ClerkA, [id]))[0].DueAt.ShouldBe(due.AddDays(10));
        ((await ToldAsync(Place.ClerkHospitalA, id)), await ToldAsync(Place.ClerkA, id)).ShouldBe(("notice.correction-asked-back", "notice.correction-answered"));
    }

    [Fact]
    public async Task The_same_request_is_found_whoever_asks_and_however_it_is_typed()
    {
        var person = await MovedOnAsync();
        var id = await house.AskedAsync(Place.ClerkHospitalA, person, Requests.Name("Nguyễn Văn Trùng"));
        var same = (await house.AskAsync(Place.ClerkHospitalA, house.Request(person, Requests.Name("  Nguyễn   Văn Trùng ")))).Problem;
        (same.Code, same.Details["id"]).ShouldBe(("correction.same", id.ToString()));
        (await house.AskAsync(Place.ClerkA, house.Request(person, Requests.Name("Nguyễn Văn Trùng")))).Problem.Code.ShouldBe("correction.same");
        (await house.AskAsync(Place.ClerkA, house.Request(person, Requests.Name("Nguyễn Văn Khác Hẳn")))).Done.ShouldBeTrue();
        (await house.AskAsync(Place.ClerkHospitalA, house.Request(person, Requests.Name("Nguyễn Văn Sai")))).Problem.Code.ShouldBe("correction.nothing-asked", "it says so already");
        (await house.RunAsync<FollowCorrection, Guid>(Place.ClerkA, use => use.WithdrawAsync(id, Ct))).Problem.Status.ShouldBe(404, "the unit that decides does not withdraw it");
        (await house.RunAsync<FollowCorrection, Guid>(Place.ClerkHospitalA, use => use.WithdrawAsync(id, Ct))).Done.ShouldBeTrue();
        (await StandsAsync(id)).ShouldBe("5 KCL-A 4");
        (await house.AskAsync(Place.ClerkHospitalA, house.Request(person, Requests.Name("Nguyễn Văn Trùng")))).Done.ShouldBeTrue("the one before was withdrawn");
    }

    [Fact]
    public async Task A_record_that_was_changed_since_is_shown_and_decided_anew()
    {
        var person = await MovedOnAsync();
        var id = await house.AskedAsync(Place.ClerkHospitalA, person, Requests.Name("Nguyễn Văn Một"));
        var other = await house.AskedAsync(Place.ClerkHospitalA, person, Requests.Name("Nguyễn Văn Hai"));
        var seen = (await house.CorrectionAsync(Place.ClerkA, id))!;
        (await house.DecideAsync(Place.ClerkA, other)).Done.ShouldBeTrue();
        (await house.RunAsync<DecideCorrection, Guid>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), id, seen.Correction.Version, seen.PersonVersion, true, true, false, null), Ct))).Problem.Code.ShouldBe("kernel.changed", "what was looked at is not what is there");
        (await house.DecideAsync(Place.ClerkA, id)).Problem.Code.ShouldBe("correction.conflict");
        var field = (await house.CorrectionAsync(Place.ClerkA, id))!.Fields.ShouldHaveSingleItem();
        (field.Asked.Before, field.Now, field.Asked.After, field.Changed).ShouldBe(("Nguyễn Văn Sai", "Nguyễn Văn Hai", "Nguyễn Văn Một", true));
        (await house.DecideAsync(Place.ClerkA, id, despite: true)).Done.ShouldBeTrue();
        (await house.RunAsync<DecideCorrection, Guid>(Place.ClerkA, use => use.UndoAsync(other, Ct))).Problem.Details["field"].ShouldBe("Họ và tên", "the later approval depends on it");
        (await house.RunAsync<DecideCorrection, Guid>(Place.ClerkA, use => use.UndoAsync(id, Ct))).Done.ShouldBeTrue();
        (await house.PersonOfAsync(Place.ClerkA, person)).Name.ShouldBe("Nguyễn Văn Hai", "as it stood before the approval, not as it was when it was asked for");
        (await house.RunAsync<DecideCorrection, Guid>(Place.ClerkA, use => use.UndoAsync(other, Ct))).Done.ShouldBeTrue();
        (await house.PersonOfAsync(Place.ClerkA, person)).Name.ShouldBe("Nguyễn Văn Sai");
        (await StandsAsync(id)).ShouldBe("1 KCL-A 0", "and it is open again");
    }

    [Fact]
    public async Task Numbers_telephones_and_addresses_are_replaced_added_and_taken_away_and_come_back()
    {
        var (number, right) = (Given.Number(), Given.Number());
        var person = await MovedOnAsync(number: number, phone: "0912345678");
        var parts = await house.AsAsync(Place.ClerkHospitalA, Permission.SeePersons, async (services, _) => (await services.GetRequiredService<PersonView>().OfAsync(person, Ct))!);
        var lives = new AreaKeys(Place.Province, Place.DistrictA, Place.CommuneA2);
        var id = await house.AskedAsync(Place.ClerkHospitalA, person,
            new AskCorrection.Wish(CorrectedField.Document, parts.Documents[0].Id, right), new AskCorrection.Wish(CorrectedField.Document, null, "B1234567") { Kind = DocumentKind.Passport },
            new AskCorrection.Wish(CorrectedField.Phone, parts.Phones[0].Id, null, Remove: true), new AskCorrection.Wish(CorrectedField.PresentAddress, null, "5 Lê Lợi") { Area = lives });
        Task<string?> TiesAsync() => house.AskAsync<string>("SELECT string_agg(commune_id || CASE WHEN until IS NULL THEN '' ELSE ' ended' END, ', ' ORDER BY commune_id) FROM pt.person_scope WHERE person_id = $1 AND because = 2", person.Value);
        async Task<string> ShownAsync() => await house.AsAsync(Place.OfficerA, Permission.SeePersons, async (services, _) => (await services.GetRequiredService<PersonView>().OfAsync(person, Ct))! is var full
            ? $"{string.Join(' ', full.Documents.Select(one => one.Kind + one.Masked))} {string.Join(' ', full.Phones.Select(one => one.Masked))} {full.Addresses.Single().Line}" : "");
        var before = await ShownAsync();
        (await house.DecideAsync(Place.ClerkA, id)).Done.ShouldBeTrue();
        (await ShownAsync()).ShouldBe($"CitizenCard{DocumentRules.Mask(right)} Passport{DocumentRules.Mask("B1234567")}  5 Lê Lợi");
        (await TiesAsync()).ShouldBe($"{Place.CommuneA1} ended, {Place.CommuneA2}", "the commune of the wrong address loses sight of what comes");
        (await house.AsAsync(Place.ClerkA, Permission.SeePersons, (services, _) => services.GetRequiredService<FindPersons>().RunAsync(right, Ct))).Value.Rows.ShouldHaveSingleItem().Id.ShouldBe(person);
        (await house.RunAsync<DecideCorrection, Guid>(Place.ClerkA, use => use.UndoAsync(id, Ct))).Done.ShouldBeTrue();
        (await ShownAsync()).ShouldBe(before);
        (await TiesAsync()).ShouldBe($"{Place.CommuneA1}, {Place.CommuneA2} ended");
        (await house.DecideAsync(Place.ClerkA, id)).Done.ShouldBeTrue("and it can be approved again");
    }

    [Fact]
    public async Task Every_fault_of_a_request_is_said_at_once_and_nothing_is_kept()
    {
        var person = await MovedOnAsync();
        var wrong = house.Request(person, Requests.Name("12345"), new(CorrectedField.Birth, null, "tháng sau"), new(CorrectedField.Nationality, null, "Nước Lạ"), new(CorrectedField.Document, null, "12"), new(CorrectedField.Phone, null, "abc")) with { Paper = null };
        (await house.AskAsync(Place.ClerkA, wrong)).Problems.Select(problem => problem.Code).Order().ShouldBe(["correction.evidence-needed", "person.birth-form", "person.document-form", "person.name-form", "person.nationality-unknown", "person.phone-form"]);
        AskCorrection.Input With(params byte[][] files) => house.Request(person, Requests.Name("Nguyễn Văn Tệp")) with { Paper = null, Files = [.. files.Select(file => new AskCorrection.File(file))] };
        (await house.AskAsync(Place.ClerkA, With("MZ not a picture"u8.ToArray()))).Problem.Code.ShouldBe("file.kind");
        (await house.AskAsync(Place.ClerkA, With([.. Requests.Picture, .. new byte[6_000_000]]))).Problem.Code.ShouldBe("file.too-large");
        (await house.AskAsync(Place.ClerkA, With(Requests.Picture, Requests.Picture, Requests.Picture, Requests.Picture))).Problem.Code.ShouldBe("correction.too-many-files");
        (await house.AskAsync(Place.ClerkB, house.Request(person, Requests.Name("Nguyễn Văn Ngoài")))).Problem.Status.ShouldBe(404);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.correction_request WHERE person_id = $1", person.Value)).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_lies_sealed_in_the_database_and_opens_for_both_units()
    {
        var person = await MovedOnAsync();
        var id = (await house.AskAsync(Place.ClerkHospitalA, house.Request(person, Requests.Name("Nguyễn Văn Ảnh")) with { Paper = null, Files = [new(Requests.Picture)] })).Value;
        (await house.AskAsync<bool>("SELECT bool_or(position('planted'::bytea IN content) > 0) FROM pt.correction_evidence WHERE request_id = $1", id)).ShouldBeFalse();
        (await house.AskAsync<bool>("SELECT bool_or(position(convert_to('Nguyễn Văn Ảnh', 'UTF8') IN content) > 0) FROM pt.correction_request WHERE id = $1", id)).ShouldBeFalse();
        var file = (await house.CorrectionAsync(Place.ClerkA, id))!.Files.ShouldHaveSingleItem();
        foreach (var who in new[] { Place.ClerkA, Place.ClerkHospitalA })
            (await house.AsAsync(who, Permission.SeePersons, (services, _) => services.GetRequiredService<CorrectionReader>().FileAsync(file.Id, Ct))).ShouldNotBeNull().Content.ShouldBe(Requests.Picture);
        (await house.AsAsync(Place.ClerkB, Permission.SeePersons, (services, _) => services.GetRequiredService<CorrectionReader>().FileAsync(file.Id, Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task The_unit_is_where_the_person_stays_else_that_of_the_case_else_of_the_address_else_who_entered_them()
    {
        async Task<string> OfAsync(PersonId person) => await house.AsAsync(Place.ProvinceOfficer, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<string>("SELECT u.code || ' ' || a.because FROM pt.answerable_unit($1) a JOIN pt.unit u ON u.id = a.unit_id", Ct, person.Value)) ?? "";
        var person = await house.PersonAsync(Place.ClerkHospitalA);
        (await OfAsync(person)).ShouldBe("BV-A 4");
        var home = await house.PersonAsync(Place.ClerkHospitalA, lives: Place.KeysA1);
        (await OfAsync(home)).ShouldBe("TYT-A1 3");
        (await OfAsync(await house.PersonAsync(Place.ClerkHospitalA, lives: new AreaKeys(Place.Province, Place.DistrictA, Place.CommuneA2)))).ShouldBe("TTYT-A 3", "a commune without a station is its district's");
        await house.AskAsync<object>("INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES ($1, 5, gen_random_uuid(), $2, '', now()) RETURNING person_id", home.Value, Place.CentreA.Value);
        (await OfAsync(home)).ShouldBe("TTYT-A 2");
        var stay = await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, home, StayClass.Treatment);
        (await OfAsync(home)).ShouldBe("BV-A 1");
        (await house.EndAsync(Place.ClerkHospitalA, stay, StayEnd.Discharged)).Done.ShouldBeTrue();
        (await OfAsync(home)).ShouldBe("TTYT-A 2");
        (await house.AsAsync(Place.ClerkB, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.answerable_unit($1)", Ct, home.Value))).ShouldBe(0, "of somebody whom one does not see nothing is told");
    }

    [Fact]
    public async Task A_request_of_somebody_who_has_gone_on_is_sent_on_to_whoever_is_answerable_now()
    {
        var person = await MovedOnAsync();
        var id = await house.AskedAsync(Place.ClerkHospitalA, person, Requests.Name("Nguyễn Văn Chuyển"));
        (await house.RunAsync<DecideCorrection, Nothing>(Place.ClerkA, use => use.SendOnAsync(id, 1, Ct))).Problem.Code.ShouldBe("correction.stays-here");
        await house.AskAsync<object>("UPDATE pt.person_scope SET until = now() WHERE person_id = $1 AND unit_id = $2 RETURNING person_id", person.Value, Place.CampA.Value);
        (await house.DecideAsync(Place.ClerkA, id)).Problem.Code.ShouldBe("person.only-seen");
        (await house.RunAsync<DecideCorrection, Nothing>(Place.ClerkB, use => use.SendOnAsync(id, 1, Ct))).Problem.Status.ShouldBe(404);
        (await house.RunAsync<DecideCorrection, Nothing>(Place.ClerkA, use => use.SendOnAsync(id, 1, Ct))).Done.ShouldBeTrue();
        (await StandsAsync(id)).ShouldBe("1 TYT-A1 0");
        (await house.CorrectionAsync(Place.ClerkA, id)).ShouldBeNull();
        (await house.DecideAsync(Place.Nurse, id)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Many_are_decided_alike_with_a_look_ahead_in_one_row_of_the_audit_and_taken_back_together()
    {
        var (first, second) = (await MovedOnAsync("Trần Thị Nhất"), await MovedOnAsync("Trần Thị Nhì"));
        var plain = await house.AskedAsync(Place.ClerkHospitalA, first, Requests.Name("Trần Thị Nhất Đúng"));
        var twice = await house.AskedAsync(Place.ClerkHospitalA, first, new AskCorrection.Wish(CorrectedField.Sex, null, "Female"));
        var moves = await house.AskedAsync(Place.ClerkHospitalA, second, new AskCorrection.Wish(CorrectedField.PresentAddress, null, "1 Lê Lai") { Area = new AreaKeys(Place.Province, Place.DistrictA, Place.CommuneA2) });
        var own = await house.AskedAsync(Place.ClerkA, second, Requests.Name("Trần Thị Nhì Đúng"));
        var good = await house.AskedAsync(Place.ClerkHospitalA, second, new AskCorrection.Wish(CorrectedField.Nationality, null, "Lào"));
        Guid[] all = [plain, twice, moves, own, good];
        var input = await house.ActAsync(Place.ClerkA, WorkActKind.Decide, all, decision: CorrectionWorklist.Approve, note: "Đối chiếu cả tập");
        var seen = (await house.RunAsync<ActOnWork, ActOnWork.Forecast>(Place.ClerkA, use => use.PreviewAsync(input, Ct))).Value;
        all.Select(id => seen.Items.Single(one => one.Id == id).Problem?.Code).ShouldBe([null, "correction.once-each", "correction.not-in-bulk", "correction.own-request", null]);
        (await house.PersonOfAsync(Place.ClerkA, first)).Name.ShouldBe("Trần Thị Nhất", "a look ahead changes nothing");
        var done = (await house.DoAsync(Place.ClerkA, input)).Value;
        (done.Done, done.Left).ShouldBe((2, 3));
        ((await house.PersonOfAsync(Place.ClerkA, first)).Name, (await house.PersonOfAsync(Place.ClerkA, second)).Nationality).ShouldBe(("Trần Thị Nhất Đúng", "LA"));
        (await house.AskAsync<string>("SELECT count(*) || ' ' || max(cardinality(persons)) FROM pt.audit_event WHERE at >= (SELECT at FROM pt.audit_event WHERE subject_id = $1) AND act LIKE '%decided'", done.Act.ToString())).ShouldBe("1 2", "one row, with both persons");
        (await house.AsAsync(Place.ClerkA, Permission.SeePersons, (_, db) => db.ChangesOfAsync(first, "person", Ct)))[0].Fields.ShouldContain(new FieldChange("name", "Trần Thị Nhất", "Trần Thị Nhất Đúng"), "each keeps what it was");
        (await house.RunAsync<UndoWork, int>(Place.ClerkA, use => use.RunAsync(done.Act, Ct))).Value.ShouldBe(2);
        ((await house.PersonOfAsync(Place.ClerkA, first)).Name, (await house.PersonOfAsync(Place.ClerkA, second)).Nationality, await StandsAsync(plain)).ShouldBe(("Trần Thị Nhất", null, "1 KCL-A 0"));

        var refused = (await house.DoAsync(Place.ClerkA, await house.ActAsync(Place.ClerkA, WorkActKind.Decide, [plain, moves], decision: CorrectionWorklist.Refuse, note: "Thiếu giấy tờ"))).Value;
        (refused.Done, await StandsAsync(moves)).ShouldBe((2, "4 KCL-A 3"));
        await house.AskedAsync(Place.ClerkHospitalA, first, Requests.Name("Trần Thị Nhất Đúng"));
        var depends = (await house.RunAsync<UndoWork, Dictionary<Guid, Problem>>(Place.ClerkA, use => use.DependsAsync(refused.Act, Ct))).Value;
        depends.ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Key.ShouldBe(plain), one => one.Value.Code.ShouldBe("correction.asked-anew"));
        (await house.RunAsync<UndoWork, int>(Place.ClerkA, use => use.RunAsync(refused.Act, Ct))).Problem.Code.ShouldBe("worklist.depends-on");
        (await StandsAsync(moves)).ShouldBe("4 KCL-A 3");
    }

    [Fact]
    public async Task Who_asked_takes_no_decision_about_it_back_alone_or_together()
    {
        // The one who asks and the one who decides are of one unit.
        var head = Place.HeadA;
        var person = await MovedOnAsync("Trần Văn Tự Hỏi");
        var id = await house.AskedAsync(Place.ClerkA, person, Requests.Name("Trần Văn Tự Hỏi Đúng"));
        (await house.DecideAsync(head, id)).Done.ShouldBeTrue();
        var refused = (await house.RunAsync<DecideCorrection, Guid>(Place.ClerkA, use => use.UndoAsync(id, Ct))).Problem;
        (refused.Code, refused.Status).ShouldBe(("correction.own-request", 403));
        (await StandsAsync(id)).ShouldBe("3 KCL-A 3");
        (await house.RunAsync<DecideCorrection, Guid>(head, use => use.UndoAsync(id, Ct))).Done.ShouldBeTrue();

        var act = (await house.DoAsync(head, await house.ActAsync(head, WorkActKind.Decide, [id], decision: CorrectionWorklist.Refuse, note: "Thiếu giấy tờ"))).Value;
        var depends = (await house.RunAsync<UndoWork, Dictionary<Guid, Problem>>(Place.ClerkA, use => use.DependsAsync(act.Act, Ct))).Value;
        depends.ShouldHaveSingleItem().Value.Code.ShouldBe("correction.own-request");
        (await house.RunAsync<UndoWork, int>(Place.ClerkA, use => use.RunAsync(act.Act, Ct))).Problem.Code.ShouldBe("worklist.depends-on");
        (await StandsAsync(id)).ShouldBe("4 KCL-A 3");
        (await house.RunAsync<UndoWork, int>(head, use => use.RunAsync(act.Act, Ct))).Value.ShouldBe(1);
    }

    [Fact]
    public async Task A_sealed_record_s_request_is_nobody_s_who_is_not_named()
    {
        var person = await MovedOnAsync("Lê Văn Niêm");
        var id = await house.AskedAsync(Place.ClerkHospitalA, person, Requests.Name("Lê Văn Phong"));
        await house.AskAsync<object>("INSERT INTO pt.person_seal (id, person_id, unit_id, reason, sealed_at, sealed_by) VALUES (gen_random_uuid(), $1, $2, 'thử', now(), $3) RETURNING id", person.Value, Place.CentreA.Value, Place.OfficerA.Value);
        (await house.CorrectionAsync(Place.ClerkA, id)).ShouldBeNull();
        (await house.DecideAsync(Place.ClerkA, id)).Problem.Status.ShouldBe(404);
        (await house.RowsAsync(Place.ClerkA, [id])).ShouldHaveSingleItem().Shown.ShouldBeNull("that there is work is no secret, whose it is");
        await house.AskAsync<object>("UPDATE pt.person_seal SET lifted_at = now(), lifted_by = sealed_by WHERE person_id = $1 RETURNING id", person.Value);
    }
}
