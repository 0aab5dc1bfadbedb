using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Never in two places: whoever is to come in here and is present already, here or elsewhere.</summary>
public sealed class StayClash(Db db, INotify notify)
{
    /// <summary>Nobody else admits the person until this transaction ends.</summary>
    public async Task HoldAsync(PersonId person, CancellationToken ct) => await db.Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", ct, (await db.RootOfAsync(person, ct)).ToString());

    /// <summary>Null where the person is present nowhere. Elsewhere: whom to call, and the other side learns that it was asked.</summary>
    /// <param name="asked">Names the asking, so that the other side is told once.</param>
    public async Task<Problem?> MeetAsync(PersonId person, UnitId here, Guid asked, CancellationToken ct)
    {
        await HoldAsync(person, ct);
        var records = await db.RecordsOfAsync(person, ct);
        var present = await db.Set<Stay>().AsNoTracking().Where(s => records.Contains(s.PersonId) && (s.State == StayState.InHouse || s.State == StayState.Absent || s.State == StayState.OnTheWay) && !s.Disputed)
            .Select(s => new { s.Id, s.UnitId }).FirstOrDefaultAsync(ct);
        if (present is not null && present.UnitId == here) return Problems.AlreadyHere(present.Id);
        var elsewhere = await db.Connection.RowAsync("SELECT unit_id, facility, telephone, masked_name FROM pt.stay_elsewhere($1)",
            r => (Unit: new UnitId(r.GetInt32(0)), Facility: r.GetString(1), Telephone: r.Text(2), Name: r.Text(3)), ct, person.Value);
        if (elsewhere.Facility is null) return null;
        // A refusal undoes what was written; this trace is kept by whoever answers with it.
        db.AfterRefusal(async () =>
        {
            db.Tell(new ClashMet(person, elsewhere.Unit));
            await notify.UnitAsync(elsewhere.Unit, "notice.clash", new Dictionary<string, string>(), null, $"clash/{asked}", ct);
            await db.SaveChangesAsync(ct);
        });
        return Problems.StaysElsewhere(elsewhere.Facility, elsewhere.Telephone ?? "?", elsewhere.Name ?? "?");
    }
}
