using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Admissions, transfers, changes of the term, papers and ends of a person's stays, as far as they lie in the visitor's scope.</summary>
public sealed class StayTimeline(Db db) : ITimelinePart
{
    private const string Subject = "stay";

    public async Task<IReadOnlyList<TimelineEntry>> OfAsync(PersonId person, CancellationToken ct)
    {
        var stays = await db.Set<Stay>().AsNoTracking().Where(s => s.PersonId == person).ToListAsync(ct);
        var transfers = await db.Set<Transfer>().AsNoTracking().Where(t => t.PersonId == person).ToListAsync(ct);
        var plans = await db.Set<StayPlan>().AsNoTracking().Where(p => p.PersonId == person).ToListAsync(ct);
        var decisions = await db.Set<Decision>().AsNoTracking().Where(d => d.PersonId == person).ToListAsync(ct);
        var units = await NamesAsync("SELECT id, name FROM pt.unit WHERE id = ANY ($1)", r => new UnitId(r.GetInt32(0)), stays.Select(s => s.UnitId).Concat(transfers.SelectMany(t => new[] { t.UnitId, t.ToUnitId })).Select(unit => unit.Value).Distinct().ToArray(), ct);
        var accounts = await NamesAsync("SELECT id, display_name FROM pt.account WHERE id = ANY ($1)", r => new AccountId(r.GetGuid(0)), stays.Select(s => s.EnteredBy).Concat(transfers.Select(t => t.EnteredBy)).Concat(plans.Select(p => p.EnteredBy)).Concat(decisions.Select(d => d.EnteredBy)).Select(account => account.Value).Distinct().ToArray(), ct);
        return [.. stays.SelectMany(stay => Stays(stay, units, accounts)), .. transfers.SelectMany(transfer => Transfers(transfer, units, accounts)),
            .. plans.Select(plan => new TimelineEntry(plan.EnteredAt, "stay.replanned", Subject, plan.StayId.Value) { Details = [("before", plan.Before), ("after", plan.After)], More = plan.Paper is null ? plan.Reason : $"{plan.Reason} ({plan.Paper})", By = accounts.GetValueOrDefault(plan.EnteredBy) }),
            .. decisions.Select(decision => new TimelineEntry(decision.SignedOn.AtLocal(), "stay.decision", "decision", decision.Id) { WholeDay = true, Details = [("kind", decision.Kind), ("sign", decision.Sign)], More = decision.Signer, By = accounts.GetValueOrDefault(decision.EnteredBy) })];
    }

    private static IEnumerable<TimelineEntry> Stays(Stay stay, Dictionary<UnitId, string> units, Dictionary<AccountId, string> accounts)
    {
        var (unit, by) = (units.GetValueOrDefault(stay.UnitId), accounts.GetValueOrDefault(stay.EnteredBy));
        IReadOnlyList<(string, object?)> details = [("class", stay.Class), ("place", stay.Place), ("unit", unit), ("reason", stay.Reason)];
        if (stay.State is StayState.Expected or StayState.Withdrawn) yield return new(stay.ExpectedAt ?? stay.EnteredAt, "stay.expected", Subject, stay.Id.Value) { Details = details, By = by, Undone = stay.State == StayState.Withdrawn };
        else yield return new(stay.ArrivedAt ?? stay.EnteredAt, stay.Place == StayPlace.Facility ? "stay.arrived" : "stay.arrived-home", Subject, stay.Id.Value) { DayUnknown = stay.ArrivedAt is null, Details = details, More = stay.ReasonNote, By = by };
        if (stay.State == StayState.Ended && stay.EndedAs is { } how)
            yield return new(stay.EndedAt ?? stay.EnteredAt, "stay.ended", Subject, stay.Id.Value)
            {
                DayUnknown = stay.EndedAt is null,
                Tone = how is StayEnd.Died or StayEnd.Lost ? Tone.Urgent : Tone.Ok,
                Details = [("how", how), ("unit", unit)],
            };
    }

    private static IEnumerable<TimelineEntry> Transfers(Transfer transfer, Dictionary<UnitId, string> units, Dictionary<AccountId, string> accounts)
    {
        IReadOnlyList<(string, object?)> details = [("from", units.GetValueOrDefault(transfer.UnitId)), ("to", units.GetValueOrDefault(transfer.ToUnitId))];
        var undone = transfer.State is TransferState.Refused or TransferState.Withdrawn;
        yield return new(transfer.SentAt, "transfer.sent", Subject, transfer.FromStay.Value) { Tone = transfer.Open ? Tone.Watch : Tone.Info, Details = details, More = transfer.Reason, By = accounts.GetValueOrDefault(transfer.EnteredBy), Undone = undone };
        if (undone && transfer.ClosedAt is { } closed) yield return new(closed, transfer.State == TransferState.Refused ? "transfer.refused" : "transfer.withdrawn", Subject, transfer.FromStay.Value) { Tone = Tone.Watch, Details = details, More = transfer.Answer };
    }

    private async Task<Dictionary<TId, string>> NamesAsync<TId>(string sql, Func<Npgsql.NpgsqlDataReader, TId> id, object ids, CancellationToken ct) where TId : struct =>
        (await db.Connection.RowsAsync(sql, r => (Id: id(r), Name: r.GetString(1)), ct, ids)).ToDictionary(pair => pair.Id, pair => pair.Name);
}
