using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Oversight;
using PhongTuyen.Papers;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Support;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Tests.Support;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Imports;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>One of the two districts with its own people, who make there what a form can name.</summary>
public sealed partial class District(WebTestHouse web, TwoDistricts.Side side, bool first)
{
    private static int made;

    public TestHouse House => web.House;
    public TestProvince Place => web.Place;
    public TwoDistricts.Side Side => side;
    public AccountId Clerk => first ? Place.ClerkA : Place.ClerkB;
    public AccountId HospitalClerk => first ? Place.ClerkHospitalA : Place.ClerkHospitalB;
    public AccountId Officer => first ? Place.OfficerA : Place.OfficerB;
    public UnitId Camp => first ? Place.CampA : Place.CampB;
    public UnitId Hospital => first ? Place.HospitalA : Place.HospitalB;
    public UnitId Centre => first ? Place.CentreA : Place.CentreB;
    public string CentreName => first ? "Trung tâm Y tế huyện An Bình" : "Trung tâm Y tế huyện Bình Yên";
    public string CampName => first ? "Khu cách ly An Bình" : "Khu cách ly Bình Yên";
    public string HospitalName => first ? "Bệnh viện huyện An Bình" : "Bệnh viện huyện Bình Yên";

    /// <summary>Something in which no two are alike.</summary>
    public string Unlike(string what) => $"{what} {(first ? 'A' : 'B')}{Interlocked.Increment(ref made)}";

    public async Task<T> DoAsync<TUse, T>(AccountId by, Func<TUse, Task<Outcome<T>>> act, Permission door = Permission.EnterData) where TUse : notnull => (await House.RunAsync(by, act, door)).Value;

    /// <summary>In the camp's house, with no bed unless asked for.</summary>
    public Task<StayId> StayAsync(bool bed = false) => House.StayAsync(Clerk, Camp, bed: bed);

    /// <summary>Papers of the camp for its volunteer.</summary>
    public async Task<Guid> BatchAsync(bool closed = false)
    {
        var batch = await House.BatchAsync(Clerk, side.Volunteer);
        if (closed) await DoAsync<GivePapers, Nothing>(Clerk, use => use.CloseAsync(batch, true, CancellationToken.None));
        return batch;
    }

    /// <summary>With a scan from which nobody typed.</summary>
    public async Task<(Guid Batch, Guid File)> FileAsync()
    {
        var batch = await BatchAsync();
        await House.AddFilesAsync(Clerk, batch, Volunteers.Picture("Lê Thị Giấy"));
        return (batch, (await House.FilesAsync(side.Volunteer, batch))[0].Id);
    }

    /// <summary>One of them, typed.</summary>
    public async Task<(Guid Batch, Guid Entry)> PaperAsync()
    {
        var batch = await BatchAsync();
        return (batch, (await House.TypeAsync(side.Volunteer, batch, new() { Name = "Lê Thị Giấy" })).Value.Entry);
    }

    /// <summary>One that the volunteer is to type again, or has, and not as the first one did.</summary>
    public async Task<(Guid Batch, Guid Entry)> AgainAsync(bool typed)
    {
        var batch = await House.BatchAsync(Clerk, side.First, second: side.Volunteer);
        var entry = (await House.TypeAsync(side.First, batch, new() { Name = "Lê Thị Giấy" })).Value.Entry;
        if (typed) await House.AgainAsync(side.Volunteer, batch, new() { Name = "Lê Thị Giáy" }, entry: entry);
        return (batch, entry);
    }

    public async Task<StayId> EndedAsync()
    {
        var stay = await StayAsync();
        return await DoAsync<EndStay, StayId>(Clerk, use => use.RunAsync(new(House.Clock.NewGuid(), stay, StayEnd.Left, House.Clock.GetUtcNow(), null), CancellationToken.None));
    }

    public async Task<StayId> AbsentAsync()
    {
        var stay = await StayAsync();
        return await DoAsync<MarkAbsence, StayId>(Clerk, use => use.RunAsync(new(House.Clock.NewGuid(), stay, true, null, null), CancellationToken.None));
    }

    public async Task<StayId> ExpectedAsync()
    {
        var person = await PersonAsync();
        return await DoAsync<ExpectPerson, StayId>(Clerk, use => use.RunAsync(new(House.Clock.New<StayId>(), person, Camp, StayClass.Observation, 0, House.Clock.GetUtcNow(), StayReason.CloseContact, null, Protection.Unknown, false, null, null), CancellationToken.None));
    }

    /// <summary>From this district's camp, by its clerk.</summary>
    public async Task<TransferId> TransferAsync(UnitId to)
    {
        var stay = await StayAsync();
        return await DoAsync<SendTransfer, TransferId>(Clerk, use => use.RunAsync(new(House.Clock.New<TransferId>(), stay, to, StayClass.Observation, "Chuyển", false), CancellationToken.None));
    }

    public Task<PersonId> PersonAsync() => House.PersonAsync(Clerk, number: Given.Number(), phone: "0912345678", lives: first ? Place.KeysA1 : Place.KeysB1);

    /// <summary>Two who live together, and the intent with which they came to.</summary>
    public async Task<(PersonId Person, Guid Intent)> HouseholdAsync()
    {
        var (one, other, intent) = (await PersonAsync(), await PersonAsync(), House.Clock.NewGuid());
        await DoAsync<MoveHousehold, MoveHousehold.Moved>(Clerk, use => use.RunAsync(new(intent, one, other, false), CancellationToken.None));
        return (one, intent);
    }

    public async Task<(PersonId Person, Guid Document)> DocumentAsync()
    {
        var person = await PersonAsync();
        return (person, await House.AskAsync<Guid>("SELECT id FROM pt.person_document WHERE person_id = $1", person.Value));
    }

    public async Task<(PersonId Person, Guid Intent)> DroppedAsync()
    {
        var ((person, part), intent) = (await DocumentAsync(), House.Clock.NewGuid());
        await DoAsync<DropDocument, DropDocument.Dropped>(Clerk, use => use.RunAsync(intent, person, part, CancellationToken.None));
        return (person, intent);
    }

    public async Task<CaseId> CaseAsync()
    {
        var person = await PersonAsync();
        return await DoAsync<RecordCase, CaseId>(Clerk, use => use.RunAsync(new(House.Clock.NewGuid(), House.Clock.New<CaseId>(), person, 0, Diseases.Covid19, CaseClass.Suspected, House.Clock.Today(), "Ho, sốt") { Area = first ? Place.KeysA1 : Place.KeysB1 }, CancellationToken.None));
    }

    /// <summary>A case that the camp gave to the hospital, and the intent with which it did.</summary>
    public async Task<(CaseId Case, Guid Intent)> HandedOverAsync()
    {
        var (known, intent) = (await CaseAsync(), House.Clock.NewGuid());
        await DoAsync<HandOverCase, HandOverCase.Handed>(Clerk, use => use.RunAsync(new(intent, known, Camp, Hospital, "Chuyển viện"), CancellationToken.None));
        return (known, intent);
    }

    public Task<Guid> FindingAsync(bool open = true, PersonId? of = null) => House.AskAsync<Guid>("""
        INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at, state)
        VALUES ($1, gen_random_uuid(), $2, $3, $4, 0, 'case.death-undated', 'person', $1, now(), $5) RETURNING id
        """, (of ?? side.Person).Value, Camp.Value, Place.Province.Value, (first ? Place.DistrictA : Place.DistrictB).Value, (short)(open ? 0 : 1));

    public Task<(PersonId One, PersonId Other, Guid Match)> TwinsAsync() => TwoDistricts.TwinsAsync(House, Clerk, first ? Place.KeysA1 : Place.KeysB1);

    public Task<Guid> MergeAsync() => TwoDistricts.MergeAsync(House, Clerk, first ? Place.KeysA1 : Place.KeysB1);

    /// <summary>A record of the camp, or a finding of one, that is shared with the hospital.</summary>
    public async Task<Guid> ShareAsync(bool finding = false)
    {
        var person = await PersonAsync();
        Guid? of = finding ? await FindingAsync(of: person) : null;
        return (await DoAsync<SharePerson, SharePerson.Shared>(Clerk, use => use.RunAsync(new(House.Clock.NewGuid(), person, of, Hospital, "Phối hợp theo dõi", House.Clock.Today().AddDays(5).AtLocal()), CancellationToken.None))).Id;
    }

    /// <summary>The name of somebody of neither district.</summary>
    public async Task<string> ColleagueAsync()
    {
        var name = Unlike("ban").Replace(' ', '-').ToLowerInvariant();
        await House.AccountAsync(name, Place.Department);
        return name;
    }

    /// <summary>A role of such a one over the camp.</summary>
    public async Task<Guid> GuestAsync()
    {
        var name = await ColleagueAsync();
        return await DoAsync<GiveGuestRole, Guid>(Officer, use => use.RunAsync(new(House.Clock.NewGuid(), name, Role.Inspector, Camp, null, House.Clock.Today().AddDays(5).AtLocal(), "Thanh tra định kỳ", null), CancellationToken.None), Permission.ManageAccounts);
    }

    /// <summary>An import at a step of its way: mapped, checked, done.</summary>
    public async Task<ImportId> ImportAsync(ImportState until, string row = "")
    {
        using var list = new MemoryStream(ListOnPages.Csv("Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Lý do cách ly", row.Length > 0 ? row : $"Trần Danh Sách,1985,Nam,{Given.Number()},F1"));
        var id = await DoAsync<UploadList, ImportId>(Clerk, use => use.RunAsync(new(House.Clock.New<ImportId>(), "danh sach.csv", Camp, null), list, CancellationToken.None), Permission.Import);
        if (until == ImportState.Mapping) return id;
        await House.AsAsync(Clerk, Permission.Import, async (services, db) =>
        {
            var run = (await db.FindAsync<ImportRun>([id]))!;
            return (await ((SteerImport)services.GetService(typeof(SteerImport))!).MapAsync(id, Mapping.Read(run.Mapping), null, CancellationToken.None)).Value;
        });
        if (until == ImportState.Checked) return id;
        await DoAsync<SteerImport, ImportState>(Clerk, use => use.StartAsync(id, CancellationToken.None), Permission.Import);
        await web.WorkAsync();
        return id;
    }

    public Task<int> HamletAsync(bool open = true) => House.AskAsync<int>("""
        INSERT INTO pt.area_hamlet (province_id, district_id, commune_id, kind, name, name_folded, valid_from, valid_to) SELECT province_id, district_id, id, 2, $2, lower($2), '2021-01-01', $3::date FROM pt.area WHERE id = $1 RETURNING id
        """, side.Commune.Value, Unlike("Thôn"), open ? null : new DateOnly(2021, 8, 1));

    public Task<Guid> NoticeAsync(AccountId of) => House.AskAsync<Guid>("INSERT INTO pt.notice (id, intent, account_id, text_key, created_at) VALUES (gen_random_uuid(), gen_random_uuid()::text, $1, 'notice.planted', now()) RETURNING id", of.Value);

    /// <summary>A person of another area, opened in an emergency by a clerk of the camp.</summary>
    /// <param name="waits">The record is sealed: a second officer has to let it happen.</param>
    public async Task<Guid> OpeningAsync(bool waits = false) => await House.AskAsync<Guid>("""
        INSERT INTO pt.person_opening (id, person_id, account_id, unit_id, reason, opened_at, ends_at, review_by, ended, waits) VALUES (gen_random_uuid(), $1, $2, $3, 'cấp cứu', $4, $4, $4, true, $5) RETURNING id
        """, side.Person.Value, (await AccountAsync()).Value, Camp.Value, House.Clock.GetUtcNow(), waits);

    /// <summary>A person of the camp whose record is to be sealed, or was by the officer.</summary>
    public async Task<PersonId> SealableAsync(bool sealedAlready = false)
    {
        var person = await House.PersonAsync(Clerk);
        if (sealedAlready) await SealAsync(person);
        return person;
    }

    public async Task<Guid> SealAsync(PersonId? person = null) =>
        await DoAsync<SealPerson, Guid>(Officer, async use => await use.RunAsync(new(House.Clock.NewGuid(), person ?? await SealableAsync(), "người bị đe dọa", []), CancellationToken.None), Permission.SealPersons);

    /// <summary>A file with more persons than one officer may take alone, asked for by a clerk of the camp.</summary>
    public async Task<Guid> ListRequestAsync() => await House.AskAsync<Guid>("""
        INSERT INTO pt.list_request (id, asked_by, unit_id, list, address, persons, purpose, asked_at) VALUES (gen_random_uuid(), $1, $2, 'stays', '/desk/quarantine/stays', 1200, 'bàn giao', $3) RETURNING id
        """, (await AccountAsync()).Value, Camp.Value, House.Clock.GetUtcNow());

    /// <summary>Data that the district's centre asks of the units below it.</summary>
    /// <param name="officer">Whether the camp's clerk is answerable.</param>
    public async Task<Guid> DutyAsync(bool ended = false, bool officer = false)
    {
        var duty = await TwoDistricts.DutyAsync(House, Camp, ended);
        if (officer) await DoAsync<NameOfficers, Guid>(Officer, use => use.RunAsync(new(House.Clock.NewGuid(), duty, Camp, Clerk), CancellationToken.None), Permission.ManageAccounts);
        return duty;
    }

    /// <summary>One whose officers were named as those of another.</summary>
    public async Task<(Guid Duty, Guid Act)> CopiedAsync()
    {
        var (duty, from, act) = (await DutyAsync(), await DutyAsync(officer: true), House.Clock.NewGuid());
        await DoAsync<NameOfficers, int>(Officer, use => use.CopyAsync(act, duty, from, CancellationToken.None), Permission.ManageAccounts);
        return (duty, act);
    }

    /// <summary>What the camp supplied today of the duty that stands for all.</summary>
    public async Task<Guid> DeliveryAsync()
    {
        await NotDeliveredAsync();
        return await House.AskAsync<Guid>("INSERT INTO pt.oversight_delivery (id, duty_id, unit_id, due, nothing, delivered_at, delivered_by) VALUES (gen_random_uuid(), $1, $2, $3, false, now(), $4) RETURNING id",
            Side.Duty, Camp.Value, House.Clock.Today(), Clerk.Value);
    }

    /// <returns>Today: nothing was supplied for it yet.</returns>
    public async Task<DateOnly> NotDeliveredAsync()
    {
        await House.AskAsync<long>("WITH gone AS (DELETE FROM pt.oversight_delivery WHERE duty_id = $1 RETURNING 1) SELECT count(*) FROM gone", Side.Duty);
        return House.Clock.Today();
    }

    /// <summary>Of something that does not work, by the clerk of the camp; taken or answered, where asked for.</summary>
    public async Task<Guid> ReportAsync(bool taken = false, bool answered = false)
    {
        // The clerk of a test reports more than a day's worth.
        var report = await House.AskAsync<Guid>("""
            INSERT INTO pt.support_report (id, account_id, name, unit_id, province_id, district_id, commune_id, program, what, state, reported_at, due_at)
            SELECT $4, $1, 'clerk', id, province_id, district_id, commune_id, '0.1', 'Trang in bị trắng', 1, $3, $3 FROM pt.unit WHERE id = $2 RETURNING id
            """, Clerk.Value, Camp.Value, House.Clock.GetUtcNow().AddDays(-2), House.Clock.NewGuid());
        if (taken) await DoAsync<AnswerReport, Nothing>(Place.Administrator, use => use.TakeAsync(report, 1, taken: true, CancellationToken.None), Permission.AnswerReports);
        if (answered) _ = (await House.AnswerAsync(Place.Administrator, report)).Value;
        return report;
    }

    /// <summary>A unit below the health centre; one that an import made and nobody has confirmed, where asked for.</summary>
    public async Task<int> UnitAsync(bool imported = false, bool closed = false)
    {
        var id = await House.AskAsync<int>("""
            INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, telephone, valid_from, valid_to, import_id, verified)
            SELECT id, $2, $2, lower($2), 14, province_id, district_id, 0, '', '2021-01-01', $3::date, $4::uuid, $4::uuid IS NULL FROM pt.unit WHERE id = $1 RETURNING id
            """, Centre.Value, Unlike("DV"), closed ? new DateOnly(2021, 8, 1) : null, imported ? side.Import.Value : null);
        await House.AskAsync<object>("SELECT pt.write_rights(NULL)::text");
        return id;
    }

    /// <summary>A unit of the district that is to be renamed, or was.</summary>
    public async Task<Guid> ActAsync(bool done)
    {
        var unit = await UnitAsync();
        return await House.AskAsync<Guid>("""
            INSERT INTO pt.reorganisation_act (id, unit_id, kind, units, paper, effective_on, content, done, state, entered_at, entered_by, done_at, done_no)
            SELECT gen_random_uuid(), id, 3, ARRAY[id], '12/QĐ', CASE WHEN $2 THEN date '2021-08-01' ELSE date '2022-08-01' END, format('{"Kind":3,"Unit":%s,"Name":"Tên mới","Area":{"Province":0,"District":0,"Commune":0},"Parts":[]}', id),
              CASE WHEN $2 THEN format('{"Made":[],"Before":[{"Id":%s,"Parent":%s,"Name":"Tên cũ","Kind":14,"ValidTo":null}],"Accounts":[],"Ended":[],"Given":[]}', id, parent_id) END, CASE WHEN $2 THEN 2 ELSE 1 END, now(), $3, now(), nextval('pt.reorganisation_done_no')
            FROM pt.unit WHERE id = $1 RETURNING id
            """, unit, done, Guid.CreateVersion7());
    }

    public Task<int> FreeBedAsync() => House.AskAsync<int>("SELECT b.id FROM pt.quarantine_bed b WHERE b.unit_id = $1 AND b.open AND NOT EXISTS (SELECT 1 FROM pt.quarantine_bed_use u WHERE u.bed_id = b.id AND u.until IS NULL) LIMIT 1", Camp.Value);
}
