using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Reorganisation;

/// <summary>What stands in the way of an act on units: all of it at once, asked when it is planned and again on its day.</summary>
internal static class UnitActCheck
{
    private sealed record Standing(UnitId Id, UnitId? Parent, string Name, UnitKind Kind, DateOnly Since, DateOnly? Until);

    /// <param name="self">The act itself, where it is planned already.</param>
    public static async Task<List<Problem>> FaultsAsync(Db db, UnitAct act, DateOnly on, Guid self, CancellationToken ct)
    {
        var faults = new List<Problem>();
        if (await FindAsync(db, act.Unit, ct) is not { } unit) return [Refusals.NotFound()];
        if (unit.Until is not null) return [Problems.NotStanding(unit.Name)];
        if (unit.Since > on && act.Kind != ActKind.Make) faults.Add(Problems.NotYetStanding(unit.Since));
        var into = act.Into is { } id ? await FindAsync(db, id, ct) : null;
        if (act.Kind is ActKind.Move or ActKind.Merge) await IntoAsync(db, act, unit, into, faults, ct);
        switch (act.Kind)
        {
            case ActKind.Make: New(act.Code, act.Name, faults); break;
            case ActKind.Rename when VietnameseText.Clean(act.Name) is null: faults.Add(Refusals.Required("name")); break;
            case ActKind.Rename when VietnameseText.Clean(act.Name) == unit.Name && (act.NewKind ?? unit.Kind) == unit.Kind: faults.Add(Problems.NothingChanges()); break;
            case ActKind.Divide: await PartsAsync(db, act, faults, ct); break;
        }
        await CodesAsync(db, act, faults, ct);
        await UseAsync(db, act, on, faults, ct);
        await OthersAsync(db, act, on, self, faults, ct);
        return faults;
    }

    private static async Task<Standing?> FindAsync(Db db, UnitId id, CancellationToken ct) => !db.Scope.Units.Contains(id) ? null
        : await db.Connection.RowAsync("SELECT id, parent_id, name, kind, valid_from, valid_to FROM pt.unit WHERE id = $1", r => new Standing(new UnitId(r.GetInt32(0)), r.Maybe<int>(1) is { } parent ? new UnitId(parent) : null,
            r.GetString(2), (UnitKind)r.GetInt16(3), r.GetFieldValue<DateOnly>(4), r.Maybe<DateOnly>(5)), ct, id.Value);

    private static async Task IntoAsync(Db db, UnitAct act, Standing unit, Standing? into, List<Problem> faults, CancellationToken ct)
    {
        if (act.Into is null) faults.Add(Refusals.Required("intoText"));
        else if (into is null) faults.Add(Refusals.NotFound());
        else if (into.Id == unit.Id) faults.Add(Problems.Itself());
        else if (into.Until is not null) faults.Add(Problems.NotStanding(into.Name));
        else if (act.Kind == ActKind.Move && unit.Parent == into.Id) faults.Add(Problems.AlreadyThere());
        else if (await db.Connection.ValueAsync<bool>("""
            WITH RECURSIVE up AS (SELECT id, parent_id FROM pt.unit WHERE id = $2 UNION SELECT u.id, u.parent_id FROM pt.unit u JOIN up ON u.id = up.parent_id) SELECT EXISTS (SELECT 1 FROM up WHERE id = $1)
            """, ct, unit.Id.Value, into.Id.Value)) faults.Add(Problems.BelowItself());
        // Whoever gives a unit away holds it together with where it goes: one's own top is moved by somebody above.
        else if (unit.Parent is not { } parent || !db.Scope.Units.Contains(parent)) faults.Add(Problems.OwnReach());
    }

    private static void New(string? code, string? name, List<Problem> faults)
    {
        if (code is null || !AddUnit.IsCode(code)) faults.Add(PhongTuyen.Units.Problems.CodeForm());
        if (VietnameseText.Clean(name) is null) faults.Add(Refusals.Required("name"));
    }

    private static async Task PartsAsync(Db db, UnitAct act, List<Problem> faults, CancellationToken ct)
    {
        if (act.Parts.Count == 0) faults.Add(Problems.NoParts());
        foreach (var part in act.Parts) New(part.Code, part.Name, faults);
        var (accounts, below) = (act.Parts.SelectMany(part => part.Accounts).ToList(), act.Parts.SelectMany(part => part.Below).ToList());
        var known = await db.Connection.RowAsync("SELECT (SELECT count(*)::int FROM pt.account WHERE id = ANY ($1) AND unit_id = $3), (SELECT count(*)::int FROM pt.unit WHERE id = ANY ($2) AND parent_id = $3 AND valid_to IS NULL)",
            r => (r.GetInt32(0), r.GetInt32(1)), ct, accounts.Select(id => id.Value).ToArray(), below.Select(id => id.Value).ToArray(), act.Unit.Value);
        if (known != (accounts.Count, below.Count)) faults.Add(Problems.NotOfTheUnit());
        if (accounts.Contains(db.Visitor!.Account)) faults.Add(Problems.OwnReach());
    }

    private static async Task CodesAsync(Db db, UnitAct act, List<Problem> faults, CancellationToken ct)
    {
        string[] codes = act.Kind == ActKind.Make ? [act.Code ?? ""] : [.. act.Parts.Select(part => part.Code)];
        if (codes.GroupBy(code => code).FirstOrDefault(same => same.Count() > 1) is { } twice) faults.Add(PhongTuyen.Units.Problems.CodeTaken(twice.Key));
        else if (codes.Length > 0 && await db.Connection.ValueAsync<string>("SELECT code FROM pt.unit WHERE code = ANY ($1)", ct, (object)codes) is { } taken) faults.Add(PhongTuyen.Units.Problems.CodeTaken(taken));
    }

    /// <summary>People, transfers, accounts and units that would be left without a unit. A successor takes over all but what is on the way.</summary>
    private static async Task UseAsync(Db db, UnitAct act, DateOnly on, List<Problem> faults, CancellationToken ct)
    {
        if (act.Kind is not (ActKind.Merge or ActKind.Close)) return;
        var (stays, transfers, begun) = await db.Connection.RowAsync("SELECT stays, transfers, begun_since FROM pt.unit_in_use($1, $2)", r => (r.GetInt32(0), r.GetInt32(1), r.GetBoolean(2)), ct, act.Unit.Value, on);
        if (transfers > 0) faults.Add(Problems.OpenTransfers(transfers));
        if (begun && on < db.Clock.Today()) faults.Add(Problems.BegunSince(on));
        if (act.Kind != ActKind.Close) return;
        if (stays > 0) faults.Add(Problems.PeopleInside(stays));
        var (units, accounts) = await db.Connection.RowAsync("SELECT (SELECT count(*)::int FROM pt.unit WHERE parent_id = $1 AND valid_to IS NULL), (SELECT count(*)::int FROM pt.account WHERE unit_id = $1 AND state = 1)",
            r => (r.GetInt32(0), r.GetInt32(1)), ct, act.Unit.Value);
        if (units > 0) faults.Add(Problems.UnitsBelow(units));
        if (accounts > 0) faults.Add(Problems.AccountsLeft(accounts));
    }

    /// <summary>Planned acts on the same units contradict it, and so do later ones that were done.</summary>
    private static async Task OthersAsync(Db db, UnitAct act, DateOnly on, Guid self, List<Problem> faults, CancellationToken ct)
    {
        var others = await db.Connection.RowsAsync("""
            SELECT state, paper, effective_on FROM pt.reorganisation_act WHERE id <> $1 AND units && $2 AND (state = 1 OR (state = 2 AND effective_on > $3)) ORDER BY effective_on, entered_at
            """, r => (State: (ActState)r.GetInt16(0), Paper: r.GetString(1), On: r.GetFieldValue<DateOnly>(2)), ct, self, act.Named.Select(unit => unit.Value).ToArray(), on);
        // On its own day an act meets only those that were to come before it.
        if (others.Find(other => other.State == ActState.Planned && (self == Guid.Empty || other.On < on)) is { Paper: { } planned } before) faults.Add(Problems.PlannedAlready(planned, before.On));
        if (others.Find(other => other.State == ActState.Done) is { Paper: { } done } later) faults.Add(Problems.LaterAct(done, later.On));
    }
}
