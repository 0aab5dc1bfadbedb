using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
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

/// <summary>Papers are given out, typed by somebody who sees nothing else, and taken into the register; nothing is lost on the way.</summary>
[Trait("Category", "Database")]
public sealed class PaperTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PaperContent Paper(string name, string? number = null) => new() { Name = name, Birth = "1985", Sex = Sex.Male, Number = number, Phone = "0912345678", Area = Place.CommuneA1, AreaText = "Xã Thử Một", Line = "12 Trần Phú", Came = "19/08/2021", Reason = "F1" };

    private Task<BatchesList.Counts> CountsAsync(Guid batch) => house.AsAsync(Place.ClerkA, Permission.EnterData, (services, _) => services.GetRequiredService<BatchesList>().CountsAsync(batch, Ct));

    private Task<Outcome<TakePaper.TakenAll>> AllAsync(Guid batch, AccountId? by = null) => house.RunAsync<TakePaper, TakePaper.TakenAll>(by ?? Place.ClerkA, use => use.AllAsync(house.Clock.NewGuid(), batch, Ct));

    [Fact]
    [Answers("R4")]
    public async Task What_was_typed_is_taken_duplicate_unclear_or_waiting_and_adds_up()
    {
        var volunteer = await house.VolunteerAsync(Place.CampA);
        var batch = await house.BatchAsync(Place.HeadA, volunteer);
        var known = Given.Number();
        await house.PersonAsync(Place.ClerkA, "Trần Văn Đã Có", known);
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Sạch Một", Given.Number()))).Value.No.ShouldBe(1);
        (await house.TypeAsync(volunteer, batch, Paper("Vi Văn Sạch"))).Value.No.ShouldBe(2);
        var duplicate = (await house.TypeAsync(volunteer, batch, Paper("Trần Văn Đã Có", known))).Value;
        await house.TypeAsync(volunteer, batch, new() { Name = "Lê Văn Mờ", Note = "Mất góc" }, unclear: true);
        var wrong = (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Sai") with { Birth = "32/13/1985" }, asOnPaper: true)).Value;
        (await CountsAsync(batch)).ShouldBe(new(5, 0, 0, 1, 4));

        ((await AllAsync(batch)).Value is { Taken: 2, Duplicate: 1, Left: 1 }).ShouldBeTrue();
        var counts = await CountsAsync(batch);
        counts.ShouldBe(new(5, 2, 1, 1, 1));
        counts.Typed.ShouldBe(counts.Taken + counts.Duplicate + counts.Unclear + counts.Waiting);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.person p JOIN pt.person_scope s ON s.person_id = p.id JOIN pt.paper_entry e ON e.person_id = p.id WHERE e.batch_id = $1 AND s.unit_id = $2", batch, Place.CampA.Value)).ShouldBe(2, "each is a person of the unit, as if it had typed them itself");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.person WHERE name = 'Trần Văn Đã Có'")).ShouldBe(1);

        // One by one: what is wrong is mended by the unit, who is somebody else is taken.
        (await house.TakeAsync(Place.ClerkA, wrong.Entry)).Value.Problems.ShouldHaveSingleItem().Code.ShouldBe("person.birth-form");
        (await house.TakeAsync(Place.ClerkA, wrong.Entry, corrected: Paper("Lê Văn Sai") with { Birth = "13/12/1985" })).Value.State.ShouldBe(PaperState.Taken);
        (await house.TakeAsync(Place.ClerkA, duplicate.Entry, version: 2)).Value.Problems.ShouldHaveSingleItem().Code.ShouldBe("person.same-number");
        (await house.TakeAsync(Place.ClerkA, duplicate.Entry, version: 3, another: true)).Value.State.ShouldBe(PaperState.Taken);
        (await house.TakeAsync(Place.ClerkA, duplicate.Entry, version: 1)).Value.State.ShouldBe(PaperState.Taken, "pressed again, it is the same person");
        (await CountsAsync(batch)).ShouldBe(new(5, 4, 0, 1, 0));
        ((await AllAsync(batch)).Value is { Papers: [], Left: 0 }).ShouldBeTrue();
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task Who_types_is_told_of_the_papers_in_hand_and_nothing_of_the_register()
    {
        var volunteer = await house.VolunteerAsync(Place.CampA);
        var (batch, other) = (await house.BatchAsync(Place.ClerkA, volunteer), await house.BatchAsync(Place.ClerkA, volunteer));
        var (known, twice) = (Given.Number(), Given.Number());
        await house.PersonAsync(Place.ClerkA, number: known);
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Một", known))).Done.ShouldBeTrue("that the number is in the register is not said");
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Hai", twice))).Done.ShouldBeTrue();
        var again = await house.TypeAsync(volunteer, batch, Paper("Lê Văn Ba", twice.Insert(6, " ")));
        again.Problem.Code.ShouldBe("papers.number-typed");
        again.Problem.Details.ShouldBeEmpty("yes or no");
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Ba", twice), asOnPaper: true)).Done.ShouldBeTrue();
        (await house.TypeAsync(volunteer, other, Paper("Lê Văn Bốn", twice))).Done.ShouldBeTrue("another batch is not asked");
        await AllAsync(batch);
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Năm", twice))).Problem.Code.ShouldBe("papers.number-typed", "also where the other one was settled");
        (await house.TypeAsync(volunteer, batch, new())).Problem.Code.ShouldBe("papers.empty");
        (await house.TypeAsync(volunteer, batch, Paper("Lê 1 Văn", "12") with { Phone = "12", Came = "01/01/2030", AreaText = "Nơi Không Có", Area = default, Hamlet = "Thôn 1" })).Problems.Select(problem => problem.Field).ShouldBe(["came", "areaText", "hamlet", "name", "number", "phone"], ignoreOrder: true);
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task The_database_shows_a_volunteer_the_own_queue_and_no_row_of_any_person()
    {
        var (one, another) = (await house.VolunteerAsync(Place.CampA), await house.VolunteerAsync(Place.CentreA));
        var (mine, theirs, closed) = (await house.BatchAsync(Place.ClerkA, one), await house.BatchAsync(Place.ClerkA, another), await house.BatchAsync(Place.ClerkA, one));
        var waits = (await house.TypeAsync(one, mine, Paper("Lê Văn Chờ"))).Value.Entry;
        var taken = (await house.TypeAsync(one, mine, Paper("Lê Văn Xong"))).Value.Entry;
        var known = (await house.TypeAsync(one, mine, Paper("Lê Văn Trùng"))).Value.Entry;
        await house.TypeAsync(another, theirs, Paper("Lê Văn Khác"));
        await house.TypeAsync(one, closed, Paper("Lê Văn Đóng"));
        (await house.TakeAsync(Place.ClerkA, taken)).Value.State.ShouldBe(PaperState.Taken);
        (await house.RunAsync<TakePaper, Nothing>(Place.ClerkA, use => use.DuplicateAsync(known, 1, Ct))).Done.ShouldBeTrue();
        (await house.RunAsync<GivePapers, Nothing>(Place.ClerkA, use => use.CloseAsync(closed, true, Ct))).Done.ShouldBeTrue();
        await house.FacilityAsync(Place.HeadA, Place.CampA);
        await house.StayAsync(Place.ClerkA, Place.CampA);

        foreach (var door in new[] { Permission.TypePapers, Permission.SignedIn, Permission.SeePersons, Permission.EnterData })
            await house.AsAsync(one, door, async (_, db) =>
            {
                (db.Scope.Units.Count + db.Scope.Provinces.Count + db.Scope.Districts.Count + db.Scope.Communes.Count).ShouldBe(0, $"{door}: a queue is no scope");
                db.Scope.Names.ShouldBeFalse();
                foreach (var table in new[] { "person", "person_scope", "person_token", "person_document", "person_phone", "person_address", "person_finding", "person_opening", "person_seal", "quarantine_stay", "quarantine_transfer", "lab_result", "case_record", "import_run", "import_row", "report_counter", "account_list" })
                    (await db.Connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table}", Ct)).ShouldBe(0, $"{door}: {table}");
                (await db.Connection.RowsAsync("SELECT id FROM pt.paper_batch", r => r.GetGuid(0), Ct)).ShouldBe([mine]);
                (await db.Connection.RowsAsync("SELECT id FROM pt.paper_entry", r => r.GetGuid(0), Ct)).ShouldBe([waits], "neither what was taken nor what was there already");
                (await db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.account", Ct)).ShouldBe(1, "the own account");
                (await db.Connection.RunAsync("UPDATE pt.paper_entry SET state = 1 WHERE id = ANY ($1)", Ct, (object)new[] { taken, known })).ShouldBe(0);
                (await db.Connection.RowsAsync("SELECT * FROM pt.volunteers_for($1, now())", r => r.GetGuid(0), Ct, Place.CampA.Value)).ShouldBeEmpty();
                return 0;
            });
        await Should.ThrowAsync<Npgsql.PostgresException>(() => house.AsAsync(one, Permission.TypePapers, (_, db) => db.Connection.RunAsync("UPDATE pt.paper_entry SET state = 4, person_id = gen_random_uuid() WHERE id = $1", Ct, waits)));
        await Should.ThrowAsync<Npgsql.PostgresException>(() => house.AsAsync(one, Permission.TypePapers, (_, db) => db.Connection.RunAsync("INSERT INTO pt.paper_entry (id, batch_id, account_id, no, state, content, typed_at) VALUES ($1, $2, $3, 99, 1, '\\x00', now())", Ct, house.Clock.NewGuid(), theirs, one.Value)));

        // The other wall: the use-cases themselves.
        foreach (var foreign in new[] { theirs, closed }) (await house.TypeAsync(one, foreign, Paper("Lê Văn Lạ"))).Problem.Status.ShouldBe(404);
        (await house.TypeAsync(one, mine, Paper("Lê Văn Lạ"), entry: (taken, 2))).Problem.Status.ShouldBe(404);
        (await house.TakeAsync(one, waits)).Problem.Status.ShouldBe(404);
        (await house.TakeAsync(Place.ClerkB, waits)).Problem.Status.ShouldBe(404);
        (await house.TakeAsync(Place.Leader, waits)).Problem.Status.ShouldBe(404);
        (await house.TypeAsync(Place.ClerkA, mine, Paper("Lê Văn Lạ"))).Problem.Status.ShouldBe(404, "a clerk of the unit types into the register");
    }

    [Fact]
    public async Task An_own_entry_is_corrected_until_it_is_settled_and_what_is_sent_back_says_why()
    {
        var volunteer = await house.VolunteerAsync(Place.CentreA);
        var batch = await house.BatchAsync(Place.ClerkA, volunteer);
        var intent = house.Clock.NewGuid();
        var typed = (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Sủa"), intent: intent)).Value;
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Sủa"), intent: intent)).Value.ShouldBe(typed, "sent twice, typed once");
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Sửa"), entry: (typed.Entry, 1))).Value.ShouldBe(typed);
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Cũ"), entry: (typed.Entry, 1))).Problem.Code.ShouldBe("kernel.changed");

        (await house.RunAsync<TakePaper, Nothing>(Place.HeadA, use => use.ReturnAsync(new(typed.Entry, 2, " "), Ct))).Problem.Code.ShouldBe("kernel.required");
        (await house.RunAsync<TakePaper, Nothing>(Place.HeadA, use => use.ReturnAsync(new(typed.Entry, 2, "Xem lại năm sinh"), Ct))).Done.ShouldBeTrue();
        var own = await house.AsAsync(volunteer, Permission.TypePapers, (services, _) => services.GetRequiredService<BatchesList>().OwnAsync(batch, Ct));
        own.Single().State.ShouldBe(PaperState.Unclear);
        own.Single().Paper.Returned.ShouldBe("Xem lại năm sinh");
        var second = (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Hai"))).Value.Entry;
        (await house.RunAsync<TakePaper, Nothing>(Place.HeadA, use => use.ReturnAsync(new(second, 1, "Ghi rõ họ tên"), Ct))).Done.ShouldBeTrue();
        (await ReturnedAsync()).ShouldBe(1, "once, until it was read");
        await house.AskAsync<object>("WITH read AS (UPDATE pt.notice SET read_at = now() WHERE account_id = $1 RETURNING 1) SELECT NULL FROM read", volunteer.Value);
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Sửa") with { Birth = "1986" }, entry: (typed.Entry, 3))).Done.ShouldBeTrue();
        (await house.RunAsync<TakePaper, Nothing>(Place.HeadA, use => use.ReturnAsync(new(typed.Entry, 4, "Xem lại giới tính"), Ct))).Done.ShouldBeTrue();
        (await ReturnedAsync()).ShouldBe(2);
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Sửa") with { Birth = "1986" }, entry: (typed.Entry, 5))).Done.ShouldBeTrue();
        (await house.TakeAsync(Place.ClerkA, typed.Entry, version: 6)).Value.State.ShouldBe(PaperState.Taken);
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Muộn"), entry: (typed.Entry, 7))).Problem.Status.ShouldBe(404);
        (await house.RunAsync<TakePaper, Nothing>(Place.HeadA, use => use.ReturnAsync(new(typed.Entry, 7, "Muộn"), Ct))).Problem.Code.ShouldBe("papers.settled");
        (await house.AskAsync<int>("SELECT extract(year FROM birth)::int FROM pt.person WHERE name = 'Lê Văn Sửa'")).ShouldBe(1986);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.paper_entry WHERE encode(content, 'escape') LIKE '%Trần%'")).ShouldBe(0, "what was typed is sealed");

        Task<long> ReturnedAsync() => house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.papers-returned'", volunteer.Value);
    }

    [Fact]
    public async Task What_was_typed_of_a_paper_is_forgotten_some_days_after_it_was_taken()
    {
        var volunteer = await house.VolunteerAsync(Place.CentreA);
        var batch = await house.BatchAsync(Place.ClerkA, volunteer);
        var (old, fresh, waits) = ((await house.TypeAsync(volunteer, batch, Paper("Lê Văn Xưa"))).Value.Entry, (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Nay"))).Value.Entry, (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Chờ"))).Value.Entry);
        foreach (var entry in new[] { old, fresh }) (await house.TakeAsync(Place.ClerkA, entry)).Value.State.ShouldBe(PaperState.Taken);
        await house.SqlAsync("UPDATE pt.paper_entry SET settled_at = settled_at - interval '31 days', typed_at = typed_at - interval '31 days' WHERE id = $1", old);
        await house.SqlAsync("UPDATE pt.paper_entry SET typed_at = typed_at - interval '31 days' WHERE id = $1", waits);
        var forget = new ForgetPapers(house.Database, new PaperSettings(), house.Clock, NullLogger<ForgetPapers>.Instance);
        (await forget.RunAsync(Ct)).ShouldBe(1);
        (await forget.RunAsync(Ct)).ShouldBe(0, "once");
        var rows = await house.AsAsync(Place.ClerkA, Permission.EnterData, (services, _) => services.GetRequiredService<BatchesList>().EntriesAsync(batch, null, 0, Ct));
        rows.Rows.Select(row => row.Paper.Name).ShouldBe([null, "Lê Văn Nay", "Lê Văn Chờ"]);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.paper_entry e JOIN pt.person p ON p.id = e.person_id WHERE e.id = $1 AND p.name = 'Lê Văn Xưa' AND e.number_index IS NULL", old)).ShouldBe(1, "whom it became is known, and the register keeps it");
    }

    [Fact]
    public async Task Papers_are_given_to_who_types_for_the_unit_and_go_to_another_when_that_ends()
    {
        var (volunteer, next, stranger) = (await house.VolunteerAsync(Place.CampA, days: 2), await house.VolunteerAsync(Place.CentreA), await house.VolunteerAsync(Place.CampB));
        Task<Outcome<Guid>> GiveAsync(AccountId by, AccountId? to, Guid? id = null, int version = 0, string? title = "Tập 2", int? papers = 5, DateOnly? due = null) =>
            house.RunAsync<GivePapers, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), id ?? house.Clock.NewGuid(), version, title, null, papers, null, due, to), Ct));
        (await GiveAsync(Place.ClerkA, stranger)).Problem.Code.ShouldBe("papers.volunteer-unknown");
        (await GiveAsync(Place.ClerkA, Place.HeadA)).Problem.Code.ShouldBe("papers.volunteer-unknown");
        (await GiveAsync(Place.ClerkA, null, title: " ", papers: 0, due: new(2021, 8, 19))).Problems.Select(problem => problem.Field).ShouldBe(["title", "papers", "due", "volunteer"]);
        (await GiveAsync(Place.Leader, volunteer)).Problem.Status.ShouldBe(404);
        var batch = (await GiveAsync(Place.ClerkA, volunteer)).Value;
        (await GiveAsync(Place.ClerkB, stranger, batch, 1)).Problem.Status.ShouldBe(404);
        var typed = (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Đầu"))).Value;

        (await GiveAsync(Place.HeadA, next, batch, 1)).Done.ShouldBeTrue("a volunteer of the centre above types for the camp too");
        (await GiveAsync(Place.HeadA, next, batch, 1)).Problem.Code.ShouldBe("kernel.changed");
        (await house.TypeAsync(volunteer, batch, Paper("Lê Văn Hết"))).Problem.Status.ShouldBe(404);
        (await house.TypeAsync(next, batch, Paper("Lê Văn Sau"))).Value.No.ShouldBe(2, "the numbers go on");
        (await house.TypeAsync(next, batch, Paper("Lê Văn Đầu"), entry: (typed.Entry, 1))).Problem.Status.ShouldBe(404, "what another typed is not shown");
        (await AllAsync(batch, Place.OfficerA)).Value.Taken.ShouldBe(2, "also by the district's centre above");
    }
}
