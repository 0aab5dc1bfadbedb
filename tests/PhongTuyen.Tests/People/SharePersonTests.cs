using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>One record, or one finding, shared with another unit: for a purpose, until a day, to look and not to change.</summary>
[Answers("R34")]
[Trait("Category", "Database")]
public sealed class SharePersonTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    private DateTimeOffset In(int days) => house.Clock.Today().AddDays(days).AtLocal();

    private Task<Outcome<SharePerson.Shared>> ShareAsync(AccountId by, PersonId person, UnitId to, DateTimeOffset? until, string purpose = "Theo dõi sau ra viện", Guid? finding = null, Guid? intent = null) =>
        house.RunAsync<SharePerson, SharePerson.Shared>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), person, finding, to, purpose, until), Ct));

    private Task<Outcome<bool>> EndAsync(AccountId by, Guid share) => house.RunAsync<SharePerson, bool>(by, use => use.EndAsync(share, Ct));

    private Task<Outcome<Nothing>> AnswerAsync(AccountId by, Guid share, string answer) => house.RunAsync<SharePerson, Nothing>(by, use => use.AnswerAsync(share, answer, Ct));

    private Task<IReadOnlyList<SharesList.Row>> ListAsync(AccountId by, bool received, bool ended = false) => house.AsAsync(by, Permission.SeePersons, async (provider, _) => (await ((SharesList)provider.GetService(typeof(SharesList))!).FindAsync(received, ended, null, Ct)).Rows);

    /// <summary>Rows that the policies alone let through.</summary>
    private Task<long> CountAsync(AccountId by, string table, PersonId person) => house.AsAsync(by, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table} WHERE {(table == "person" ? "id" : "person_id")} = $1", Ct, person.Value));

    private async Task<PersonId> OfAAsync()
    {
        var person = await house.PersonAsync(Place.ClerkA, "Hoàng Văn Chia Sẻ", Given.Number(), lives: Place.KeysA1);
        (await house.RunAsync<RecordCase, CaseId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), person, 0, Diseases.Covid19, CaseClass.Suspected, house.Clock.Today(), "sốt"), Ct))).Done.ShouldBeTrue();
        return person;
    }

    private Task<Guid> FindingAsync(PersonId person) => house.AskAsync<Guid>("""
        INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at) VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, 'address.not-found', 'person', $1, $6) RETURNING id
        """, person.Value, Place.CampA.Value, Place.Province.Value, Place.DistrictA.Value, Place.CommuneA1.Value, house.Clock.GetUtcNow());

    [Fact]
    public async Task The_other_unit_sees_the_record_until_the_day_and_changes_nothing_and_nobody_else_sees_more()
    {
        var person = await OfAAsync();
        string[] tables = ["person", "person_document", "person_address", "case_record", "person_token"];
        foreach (var table in tables) (await CountAsync(Place.ClerkHospitalB, table, person)).ShouldBe(0, table);
        var intent = house.Clock.NewGuid();
        var share = (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(5), intent: intent)).Value.Id;
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(5), intent: intent)).Value.Id.ShouldBe(share, "sent twice");
        foreach (var table in tables) (await CountAsync(Place.ClerkHospitalB, table, person)).ShouldBeGreaterThan(0, table);
        (await CountAsync(Place.ClerkB, "person", person)).ShouldBe(0, "another unit of that district");
        (await CountAsync(Place.ClerkB, "person_share", person)).ShouldBe(0);
        // To look and not to change: the program says so, and the database past it.
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkHospitalB, use => use.RunAsync(new(house.Clock.NewGuid(), person, 1, new PersonFacts { Name = "Tên Khác", Birth = BirthDate.OfYear(1985), Sex = Sex.Male }, [], [], []), Ct))).Problem.Code.ShouldBe("person.only-seen");
        (await house.RunAsync<RecordCase, CaseId>(Place.ClerkHospitalB, use => use.RunAsync(new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), person, 0, Diseases.Covid19, CaseClass.Confirmed, house.Clock.Today(), "x"), Ct))).Done.ShouldBeFalse();
        (await ShareAsync(Place.ClerkHospitalB, person, Place.CampB, In(5))).Problem.Status.ShouldBe(404, "what was shared is not shared on");
        foreach (var sql in new[] { "UPDATE pt.person SET occupation = 'x' WHERE id = $1", "UPDATE pt.person_scope SET until = NULL WHERE person_id = $1", "DELETE FROM pt.person_scope WHERE person_id = $1" })
            (await house.AsAsync(Place.ClerkHospitalB, Permission.EnterData, (_, db) => db.Connection.RunAsync(sql, Ct, person.Value))).ShouldBe(0, sql);
        await Should.ThrowAsync<PostgresException>(() => house.AsAsync(Place.ClerkHospitalB, Permission.EnterData, (_, db) => db.Connection.RunAsync("INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES ($1, 9, $2, $3, '', now())", Ct, person.Value, house.Clock.NewGuid(), Place.CampB.Value)));
        await Should.ThrowAsync<PostgresException>(() => house.AsAsync(Place.ClerkHospitalB, Permission.EnterData, (_, db) => db.Connection.RunAsync("UPDATE pt.person_share SET ends_at = ends_at + interval '1 year' WHERE id = $1", Ct, share)));
        // Told, without a name; a mark in the timeline of both sides.
        var notice = await house.AskAsync<string>("SELECT text_key || ' ' || details FROM pt.notice WHERE account_id = $1 AND intent LIKE $2", Place.ClerkHospitalB.Value, $"notice.share-record/{share}/%") ?? "";
        notice.ShouldContain("Khu cách ly An Bình");
        notice.ShouldNotContain("Chia Sẻ");
        foreach (var by in new[] { Place.ClerkA, Place.ClerkHospitalB })
        {
            var entry = (await TimelineAsync(by, person)).Single(one => one.Kind == "share.given");
            (entry.More, entry.Details.Single(detail => detail.Name == "unit").Value).ShouldBe(("Theo dõi sau ra viện", "Bệnh viện huyện Bình Yên"));
        }
        (await house.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'person.shared' AND subject_id = $1", person.ToString())).ShouldBe("Theo dõi sau ra viện");
        house.Clock.Advance(In(5) - house.Clock.GetUtcNow());
        foreach (var table in tables.Append("person_scope")) (await CountAsync(Place.ClerkHospitalB, table, person)).ShouldBe(0, table);
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(1);
        var over = (await ListAsync(Place.ClerkHospitalB, received: true, ended: true)).Single(row => row.Id == share);
        (over.Name, over.Person, over.Ended).ShouldBe((null, null, true));
    }

    private Task<IReadOnlyList<TimelineEntry>> TimelineAsync(AccountId by, PersonId person) => house.AsAsync<IReadOnlyList<TimelineEntry>>(by, Permission.SeePersons, async (_, db) =>
    {
        var questions = new Questions(db.Connection);
        var ask = new PersonTimeline().Ask(questions, [person]);
        await questions.AnswerAsync(Ct);
        return [.. ask()];
    });

    [Fact]
    public async Task Shared_again_it_is_prolonged_and_either_side_ends_it()
    {
        var person = await OfAAsync();
        var first = (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(5))).Value;
        first.Prolonged.ShouldBeFalse();
        var again = (await ShareAsync(Place.HeadA, person, Place.HospitalB, In(9))).Value;
        again.ShouldBe(new SharePerson.Shared(first.Id, true));
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(7))).Problem.Code.ShouldBe("person.shared-longer");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.person_scope WHERE person_id = $1 AND because = 9", person.Value)).ShouldBe(1);
        foreach (var outsider in new[] { Place.ClerkB, Place.ClerkHospitalA, Place.Nurse }) (await EndAsync(outsider, first.Id)).Problem.Status.ShouldBe(404);
        (await EndAsync(Place.ClerkHospitalB, first.Id)).Value.ShouldBeTrue("given back");
        (await CountAsync(Place.ClerkHospitalB, "person", person)).ShouldBe(0);
        (await EndAsync(Place.ClerkA, first.Id)).Problem.Status.ShouldBe(404, "it is over");
        (await TimelineAsync(Place.ClerkA, person)).ShouldContain(entry => entry.Kind == "share.returned");
        var second = (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(2))).Value;
        second.Id.ShouldNotBe(first.Id);
        (await EndAsync(Place.HeadA, second.Id)).Value.ShouldBeFalse("ended by the unit that shared it");
        (await CountAsync(Place.ClerkHospitalB, "person", person)).ShouldBe(0);
        (await ListAsync(Place.ClerkA, received: false, ended: true)).Count(row => row.Id == first.Id || row.Id == second.Id).ShouldBe(2);
    }

    [Fact]
    public async Task Purpose_end_and_somebody_who_works_there_are_needed_and_only_whoever_has_to_do_with_the_person_shares()
    {
        var person = await OfAAsync();
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(5), purpose: "x")).Problem.Code.ShouldBe("person.purpose-of-share");
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, null)).Problem.Status.ShouldBe(422);
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(0))).Problem.Code.ShouldBe("person.share-ended");
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(32))).Problem.Code.ShouldBe("person.share-too-long");
        (await ShareAsync(Place.ClerkA, person, Place.CampA, In(5))).Problem.Code.ShouldBe("person.share-with-others");
        (await ShareAsync(Place.ClerkA, person, Place.Root, In(5))).Problem.Code.ShouldBe("person.nobody-there", "an administrator works with no records");
        (await ShareAsync(Place.ClerkB, person, Place.HospitalB, In(5))).Problem.Status.ShouldBe(404);
        (await ShareAsync(Place.Leader, person, Place.HospitalB, In(5))).Problem.Status.ShouldBe(404);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.person_share WHERE person_id = $1", person.Value)).ShouldBe(0);
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(31))).Done.ShouldBeTrue("thirty days and today");
    }

    [Fact]
    public async Task A_seal_holds_for_whoever_a_record_is_shared_with()
    {
        var person = await house.PersonAsync(Place.ClerkA, "Người Giữ Kín", lives: Place.KeysA1);
        (await house.RunAsync<SealPerson, Guid>(Place.OfficerA, use => use.RunAsync(new(house.Clock.NewGuid(), person, "người bị đe dọa", []), Ct), Permission.SealPersons)).Done.ShouldBeTrue();
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(5))).Problem.Status.ShouldBe(404, "not named for it");
        var share = (await ShareAsync(Place.OfficerA, person, Place.HospitalB, In(5))).Value.Id;
        foreach (var table in new[] { "person", "person_scope", "person_share" }) (await CountAsync(Place.ClerkHospitalB, table, person)).ShouldBe(0, table);
        var seal = await house.AskAsync<Guid>("SELECT id FROM pt.person_seal WHERE person_id = $1", person.Value);
        (await house.RunAsync<SealPerson, Nothing>(Place.OfficerA, use => use.GiveAsync(seal, Place.ClerkHospitalB, Ct), Permission.SealPersons)).Done.ShouldBeTrue("somebody of the unit that it is shared with can be named");
        (await CountAsync(Place.ClerkHospitalB, "person", person)).ShouldBe(1);
        (await EndAsync(Place.OfficerA, share)).Done.ShouldBeTrue();
        (await CountAsync(Place.ClerkHospitalB, "person", person)).ShouldBe(0, "a key alone opens nothing");
    }

    [Fact]
    public async Task Of_a_finding_the_other_unit_sees_that_one_with_its_name_and_answers()
    {
        var person = await OfAAsync();
        var finding = await FindingAsync(person);
        (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(5), finding: house.Clock.NewGuid())).Problem.Status.ShouldBe(404);
        (await ShareAsync(Place.ClerkB, person, Place.HospitalB, In(5), finding: finding)).Problem.Status.ShouldBe(404);
        var share = (await ShareAsync(Place.ClerkA, person, Place.HospitalB, In(5), "Xin xác minh địa chỉ", finding)).Value.Id;
        foreach (var table in new[] { "person", "person_scope", "person_finding", "person_address", "case_record" }) (await CountAsync(Place.ClerkHospitalB, table, person)).ShouldBe(0, table);
        var row = (await ListAsync(Place.ClerkHospitalB, received: true)).Single(one => one.Id == share);
        (row.Name, row.Finding, row.Purpose, row.Person).ShouldBe(("Hoàng Văn Chia Sẻ", "address.not-found", "Xin xác minh địa chỉ", null));
        (await ListAsync(Place.ClerkB, received: true)).ShouldBeEmpty();
        (await AnswerAsync(Place.ClerkB, share, "không phải của tôi")).Problem.Status.ShouldBe(404);
        (await AnswerAsync(Place.ClerkA, share, "tự trả lời")).Problem.Status.ShouldBe(404, "whoever asks does not answer");
        (await AnswerAsync(Place.ClerkHospitalB, share, " ")).Problem.Code.ShouldBe("person.answer-needed");
        (await AnswerAsync(Place.ClerkHospitalB, share, "Ở thôn Đông, xã Thử Ba")).Done.ShouldBeTrue();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND intent LIKE $2", Place.ClerkA.Value, $"notice.share-answered/{share}/%")).ShouldBe(1);
        (await ListAsync(Place.ClerkA, received: false)).Single(one => one.Id == share).Answer.ShouldBe("Ở thôn Đông, xã Thử Ba");
        house.Clock.Advance(In(5) - house.Clock.GetUtcNow());
        (await ListAsync(Place.ClerkHospitalB, received: true, ended: true)).Single(one => one.Id == share).Name.ShouldBeNull("the name goes with it");
        (await AnswerAsync(Place.ClerkHospitalB, share, "muộn rồi")).Problem.Status.ShouldBe(404);
        (await ListAsync(Place.ClerkA, received: false, ended: true)).Single(one => one.Id == share).Answer.ShouldBe("Ở thôn Đông, xã Thử Ba", "the answer stays");
    }
}
