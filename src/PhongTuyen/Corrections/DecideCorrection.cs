using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Corrections;

/// <summary>The unit that is answerable for the person decides: the change is made, refused with a reason, asked back, sent on; and taken back while nothing later depends on it.</summary>
public sealed class DecideCorrection(Db db, CorrectionReader reader, CorrectionSeals seals, CorrectionChanges changes, IWork work, Matcher matcher, Words words)
{
    /// <param name="Intent">Made by the sender.</param>
    /// <param name="BaseVersion">Of the request, as the page showed it.</param>
    /// <param name="PersonVersion">Of the record, as the page showed it: what was decided upon is what is changed.</param>
    /// <param name="Despite">The record was changed since it was asked for, and whoever decides has compared.</param>
    /// <param name="Mended">What is wrong besides the fields was mended by hand.</param>
    /// <param name="Reason">Of a refusal; of an approval it may be left out.</param>
    public sealed record Input(Guid Intent, Guid Id, int BaseVersion, int PersonVersion, bool Approve, bool Despite, bool Mended, [property: Most(Correction.ReasonMost)] string? Reason);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "correction.decide", input, async () =>
    {
        var read = await ToDecideAsync(input.Id, input.BaseVersion, ct);
        if (!read.Done) return read.As<Guid>();
        var (request, reason) = (read.Value, VietnameseText.Clean(input.Reason));
        if (!input.Approve)
        {
            if (reason is null) return Refusals.ReasonNeeded("reason");
            await RefuseAsync([request], reason, ct);
        }
        else
        {
            if (await PersonNow.ReadAsync(db, request.Person, ct) is not { } now) return Refusals.NotFound();
            if (!await db.TiedAsync(request.Person, ct)) return OnlySeen.Problem();
            if (now.Person.Version != input.PersonVersion) return Refusals.Changed();
            if (!input.Despite && changes.Conflicts(now, request.Content.Fields).Any()) return Problems.Conflict();
            if (!input.Mended && request.Content.Fields.Any(field => field.Field == CorrectedField.Other)) return Problems.StillOther();
            var applied = changes.Apply(now, request.Content.Fields);
            db.Tell(new CorrectionDecided(request.Person, request.Id, Approved: true), reason);
            await db.SaveChangesAsync(ct);
            await ApprovedAsync([(request, applied)], reason, ct);
            await changes.TieAsync(request.Person, applied, undone: false, ct);
            await matcher.KeepAsync([request.Person], corrected: true, ct);
            return request.Id;
        }
        db.Tell(new CorrectionDecided(request.Person, request.Id, Approved: false), reason);
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)request.Id;
    }, ct);

    /// <summary>Who asked has to answer first; the deadline rests until then.</summary>
    public Task<Outcome<Guid>> AskBackAsync(Guid intent, Guid id, int version, string? question, CancellationToken ct) => db.OnceAsync(intent, "correction.ask-back", new { id, version, question }, async () =>
    {
        var read = await ToDecideAsync(id, version, ct);
        if (!read.Done) return read.As<Guid>();
        if (Inputs.TooLong("question", question, Correction.ReasonMost) is { } tooLong) return tooLong;
        if (VietnameseText.Clean(question) is not { } text) return Refusals.Required("question");
        await CorrectionSteps.TurnAsync(db, [id], CorrectionState.AskedBack, ct);
        await CorrectionSteps.AddAsync(db, read.Value.Person, id, CorrectionStepKind.AskedBack, text, ct);
        await work.WaitAsync(AskCorrection.List, [id], ct);
        await CorrectionSteps.TellAsync(db, [read.Value], asker: true, "notice.correction-asked-back", ct);
        db.Tell(new CorrectionMoved(read.Value.Person, id, CorrectionStepKind.AskedBack));
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)id;
    }, ct);

    /// <summary>The person has gone on: whoever is answerable now decides.</summary>
    public Task<Outcome<Nothing>> SendOnAsync(Guid id, int version, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await reader.FindAsync(id, toChange: true, ct) is not { } request) return Refusals.NotFound();
        if (!request.IsOpen) return Problems.Decided();
        if (request.Version != version) return Refusals.Changed();
        var urgency = (Urgency)await db.Connection.ValueAsync<short>("SELECT urgency FROM pt.correction_request WHERE id = $1", ct, id);
        await CorrectionSteps.AddAsync(db, request.Person, id, CorrectionStepKind.SentOn, null, ct);
        var to = await db.Connection.RowAsync("SELECT unit_id, province_id, district_id, commune_id FROM pt.correction_send_on($1, $2)", r => (Unit: r.GetInt32(0), Area: new AreaKeys(new(r.GetInt32(1)), new(r.GetInt32(2)), new(r.GetInt32(3)))), ct, id, version);
        if (to.Unit == 0) return Problems.StaysHere();
        if (!await work.MoveAsync(AskCorrection.List, id, new UnitId(to.Unit), to.Area, urgency, ct)) return Refusals.Changed();
        db.Tell(new CorrectionMoved(request.Person, id, CorrectionStepKind.SentOn));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    /// <summary>Takes a decision back: the record says again what it said, and the request is open.</summary>
    public Task<Outcome<Guid>> UndoAsync(Guid id, CancellationToken ct) => db.WholeAsync<Guid>(async () =>
    {
        if (await reader.FindAsync(id, toChange: true, ct) is not { } request || !db.Scope.Covers(request.ToUnit, request.ToArea)) return Refusals.NotFound();
        if (await TakeBackAsync([request], ct) is { Count: > 0 } depends) return depends.Values.First();
        db.Tell(new CorrectionUndone(request.Person, id));
        await db.SaveChangesAsync(ct);
        await AlikeAnewAsync([request], ct);
        return id;
    }, ct);

    /// <returns>What depends on them, by request; where there is one, the caller undoes all.</returns>
    internal async Task<Dictionary<Guid, Problem>> TakeBackAsync(IReadOnlyList<Correction> requests, CancellationToken ct)
    {
        var depends = new Dictionary<Guid, Problem>();
        var applied = (await db.Connection.RowsAsync("SELECT id, applied FROM pt.correction_request WHERE id = ANY ($1) AND applied IS NOT NULL", r => (Id: r.GetGuid(0), Applied: r.GetFieldValue<byte[]>(1)), ct, requests.Select(one => one.Id).ToArray())).ToDictionary(one => one.Id, one => seals.OpenApplied(one.Id, one.Applied));
        var persons = await PersonNow.ReadAsync(db, requests.Where(one => one.State == CorrectionState.Approved).Select(one => one.Person).ToHashSet(), ct);
        var tied = await TiedAsync([.. persons.Keys], ct);
        var prints = requests.SelectMany(one => seals.Prints(one.Person, one.Content.Fields).Select(print => (one.Id, one.Person, Print: print))).ToList();
        var anew = (await db.Connection.RowsAsync("SELECT x.id FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) x(id, person, print) CROSS JOIN LATERAL pt.correction_same(x.person, ARRAY[x.print]) s", r => r.GetGuid(0), ct,
            prints.Select(one => one.Id).ToArray(), prints.Select(one => one.Person.Value).ToArray(), prints.Select(one => one.Print).ToArray())).ToHashSet();
        foreach (var request in requests)
        {
            if (request.State is not (CorrectionState.Approved or CorrectionState.Refused)) depends[request.Id] = Problems.NotDecided();
            else if (request.AskedBy == db.Visitor!.Account) depends[request.Id] = Problems.OwnRequest(); // who may not decide takes no decision back either
            else if (anew.Contains(request.Id)) depends[request.Id] = Problems.AskedAnew();
            else if (request.State == CorrectionState.Approved)
            {
                if (persons.GetValueOrDefault(request.Person) is not { } now || !tied.Contains(request.Person)) depends[request.Id] = OnlySeen.Problem();
                else if (changes.TakeBack(now, applied[request.Id]) is [var field, ..]) depends[request.Id] = Problems.ChangedAgain(words.Say(db.Visitor!.Language, $"word.CorrectedField.{field}"));
            }
        }
        if (depends.Count > 0) return depends;
        foreach (var request in requests.Where(one => one.State == CorrectionState.Approved)) await changes.TieAsync(request.Person, applied[request.Id], undone: true, ct);
        await CorrectionSteps.TurnAsync(db, [.. requests.Select(one => one.Id)], CorrectionState.Open, ct);
        await CorrectionSteps.AddAsync(db, [.. requests.Select(one => (one.Person, one.Id))], CorrectionStepKind.Undone, null, ct);
        await work.OpenAsync(AskCorrection.List, [.. requests.Select(one => one.Id)], ct);
        await CorrectionSteps.TellAsync(db, requests, asker: true, "notice.correction-undone", ct);
        return depends;
    }

    /// <summary>Whom these persons are like, by what their records say now.</summary>
    internal async Task AlikeAnewAsync(IReadOnlyList<Correction> requests, CancellationToken ct)
    {
        if (requests.Count > 0) await matcher.KeepAsync([.. requests.Select(one => one.Person).Distinct()], corrected: true, ct);
    }

    internal async Task RefuseAsync(IReadOnlyList<Correction> requests, string reason, CancellationToken ct)
    {
        await CorrectionSteps.TurnAsync(db, [.. requests.Select(one => one.Id)], CorrectionState.Refused, ct);
        await CorrectionSteps.AddAsync(db, [.. requests.Select(one => (one.Person, one.Id))], CorrectionStepKind.Refused, reason, ct);
        await work.DoneAsync(AskCorrection.List, [.. requests.Select(one => one.Id)], ct);
        await CorrectionSteps.TellAsync(db, requests, asker: true, "notice.correction-refused", ct);
    }

    internal async Task ApprovedAsync(IReadOnlyList<(Correction Request, List<AppliedField> Applied)> approved, string? reason, CancellationToken ct)
    {
        List<Correction> requests = [.. approved.Select(one => one.Request)];
        await db.Connection.RunAsync("""
            UPDATE pt.correction_request r SET state = 3, decided_at = $3, decided_by = $4, applied = x.applied, version = version + 1 FROM unnest($1::uuid[], $2::bytea[]) x(id, applied) WHERE r.id = x.id
            """, ct, requests.Select(one => one.Id).ToArray(), approved.Select(one => seals.Seal(one.Request.Id, one.Applied)).ToArray(), db.Clock.GetUtcNow(), db.Visitor!.Account.Value);
        await CorrectionSteps.AddAsync(db, [.. requests.Select(one => (one.Person, one.Id))], CorrectionStepKind.Approved, reason, ct);
        await work.DoneAsync(AskCorrection.List, [.. requests.Select(one => one.Id)], ct);
        await CorrectionSteps.TellAsync(db, requests, asker: true, "notice.correction-approved", ct);
    }

    /// <summary>With whom the visitor has to do now.</summary>
    internal async Task<HashSet<PersonId>> TiedAsync(IReadOnlyCollection<PersonId> persons, CancellationToken ct) => [.. await db.Connection.RowsAsync(
        $"SELECT DISTINCT person_id FROM pt.person_scope WHERE person_id = ANY ($1) AND until IS NULL AND because NOT IN {Ties.OnlySight}", r => new PersonId(r.GetGuid(0)), ct, persons.Select(person => person.Value).ToArray())];

    private async Task<Outcome<Correction>> ToDecideAsync(Guid id, int version, CancellationToken ct)
    {
        if (await reader.FindAsync(id, toChange: true, ct) is not { } request || !db.Scope.Covers(request.ToUnit, request.ToArea)) return Refusals.NotFound();
        if (!request.IsOpen) return Problems.Decided();
        if (request.Version != version) return Refusals.Changed();
        return request.AskedBy == db.Visitor!.Account ? Problems.OwnRequest() : request;
    }
}
