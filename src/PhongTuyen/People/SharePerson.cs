using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.People;

/// <summary>
/// Shares one record, or one finding of it, with another unit (chia sẻ hồ sơ, chia sẻ sai lệch): for a purpose, until a day. The other unit looks and changes nothing; of a finding it sees that one,
/// and answers. It ends by itself; before that the unit that shared it ends it, or the other gives it back.
/// </summary>
public sealed class SharePerson(Db db, IPolicyBook policies)
{
    public const int PurposeMost = 300;
    public const int AnswerMost = 500;

    /// <summary>Those who work with persons in a unit; an inspector does not.</summary>
    internal static readonly short[] Readers = Roles.With(Permission.EnterData);

    /// <param name="Finding">Null: the record.</param>
    /// <param name="To">With which unit.</param>
    /// <param name="Until">The moment after the last day.</param>
    public sealed record Input(Guid Intent, PersonId Person, Guid? Finding, UnitId To, [property: Most(PurposeMost)] string? Purpose, DateTimeOffset? Until);

    /// <param name="Prolonged">It was shared with that unit before, and is for longer now.</param>
    public sealed record Shared(Guid Id, bool Prolonged);

    public Task<Outcome<Shared>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "person.share", input, async () =>
    {
        var (now, me) = (db.Clock.GetUtcNow(), db.Visitor!);
        var faults = new List<Problem>();
        var purpose = VietnameseText.Clean(input.Purpose);
        if (purpose is not { Length: >= 5 }) faults.Add(Problems.PurposeOfShare());
        if (input.To == me.Unit) faults.Add(Problems.ShareWithOthers());
        var last = await LastDayAsync(ct);
        if (input.Until is not { } until) faults.Add(Refusals.Required("until"));
        else if (until <= now) faults.Add(Problems.ShareEnded());
        else if (until > last.AddDays(1).AtLocal()) faults.Add(Problems.ShareTooLong(last));
        if (faults.Count > 0) return faults;
        var done = await db.Connection.RowAsync("SELECT id, outcome, until FROM pt.share_person($1, $2, $3, $4, $5, $6, $7, $8, $9)", r => (Id: r.Maybe<Guid>(0), Outcome: r.GetInt32(1), Until: r.Maybe<DateTimeOffset>(2)), ct,
            input.Intent, input.Person.Value, input.Finding, me.Unit.Value, input.To.Value, purpose, input.Until!.Value, Readers, now);
        switch (done.Outcome)
        {
            case 2: return Refusals.NotFound();
            case 3: return Problems.NobodyThere();
            case 4: return Problems.SharedLonger();
        }
        if (input.Finding is { } finding) db.Tell(new FindingShared(input.Person, finding, done.Id!.Value, input.To, input.Until.Value), purpose);
        else db.Tell(new PersonShared(input.Person, done.Id!.Value, input.To, input.Until.Value), purpose);
        await db.SaveChangesAsync(ct);
        await TellAsync(done.Id.Value, toReceiver: true, input.Finding is null ? "notice.share-record" : "notice.share-finding", ct);
        return (Outcome<Shared>)new Shared(done.Id.Value, done.Outcome == 1);
    }, ct);

    /// <summary>Ended by the unit that shared it, or given back by the other.</summary>
    /// <returns>Whether it was given back.</returns>
    public Task<Outcome<bool>> EndAsync(Guid share, CancellationToken ct) => db.WholeAsync<bool>(async () =>
    {
        var done = await db.Connection.RowAsync<(Guid Person, bool Returned)?>("SELECT person, returned FROM pt.end_share($1, $2)", r => (r.GetGuid(0), r.GetBoolean(1)), ct, share, db.Clock.GetUtcNow());
        if (done is not { } one) return Refusals.NotFound();
        db.Tell(new ShareEnded(new PersonId(one.Person), share, one.Returned));
        await db.SaveChangesAsync(ct);
        await TellAsync(share, toReceiver: !one.Returned, one.Returned ? "notice.share-returned" : "notice.share-ended", ct);
        return one.Returned;
    }, ct);

    /// <summary>What the other unit has to say of a finding that is shared with it.</summary>
    public Task<Outcome<Nothing>> AnswerAsync(Guid share, string? answer, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (!await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person_share WHERE id = $1 AND finding_id IS NOT NULL AND NOT ended)", ct, share)) return Refusals.NotFound();
        if (VietnameseText.Clean(answer) is not { Length: >= 3 } words) return Problems.AnswerNeeded();
        if (Inputs.TooLong("answer", words, AnswerMost) is { } tooLong) return tooLong;
        if (await db.Connection.ValueAsync<Guid?>("SELECT pt.answer_share($1, $2, $3)", ct, share, words, db.Clock.GetUtcNow()) is not { } person) return Refusals.NotFound();
        db.Tell(new SharedFindingAnswered(new PersonId(person), share), words);
        await db.SaveChangesAsync(ct);
        await TellAsync(share, toReceiver: false, "notice.share-answered", ct);
        return Nothing.Value;
    }, ct);

    /// <summary>The last day until which something can be shared today.</summary>
    public async Task<DateOnly> LastDayAsync(CancellationToken ct)
    {
        var keys = await db.AreaOfAsync(db.Visitor!.Unit, ct);
        return db.Clock.Today().AddDays(policies.For<ShareTerms>(keys.GetValueOrDefault().Lowest(), db.Clock.Today(), "")?.MostDays ?? 0);
    }

    /// <summary>Without a name of the person: it leads to the page that shows it to those who may.</summary>
    private Task TellAsync(Guid share, bool toReceiver, string text, CancellationToken ct) => db.Connection.RunAsync("SELECT pt.tell_of_share($1, $2, $3, $4, $5, $6, $7)", ct,
        share, toReceiver, $"{text}/{share}/{db.Clock.NewGuid()}", Readers, text, toReceiver ? "/desk/people/shares" : "/desk/people/shares?show=given", db.Clock.GetUtcNow());
}
