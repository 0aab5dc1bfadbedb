using System.Text.Json;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>
/// Changes areas by a resolution and lets everything follow, in one transaction: reach of every account, places of units and houses, hamlets, and the units themselves by a mapping. Only for those
/// who look after the whole country. No row of the register moves.
/// </summary>
public sealed class ReformAreas(Db db, AreaStore areas, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    /// <param name="On">The first day of the new areas. It may lie years back: a province that joins late is reformed late.</param>
    public sealed record Input(Guid Intent, AreaReform What, [property: Most(ReorganisationAct.PaperMost)] string? Paper, DateOnly? On);

    /// <summary>What would change if it were done now. Nothing is.</summary>
    public async Task<Outcome<ReformReport>> PreviewAsync(Input input, CancellationToken ct)
    {
        if (Faults(input) is { Count: > 0 } faults) return faults;
        ReformReport? seen = null;
        var kept = await db.WholeAsync<Nothing>(async () =>
        {
            var done = await DoAsync(clock.NewGuid(), input.What, input.On!.Value, VietnameseText.Clean(input.Paper)!, ct);
            if (!done.Done) return done.As<Nothing>();
            seen = done.Value.Report;
            return Refusals.Changed();
        }, ct);
        return seen is not null ? seen : kept.As<ReformReport>();
    }

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "tree.reform", input, async () =>
    {
        if (Faults(input) is { Count: > 0 } faults) return faults;
        var act = new ReorganisationAct
        {
            Id = input.Intent, UnitId = db.Visitor!.Unit, Kind = input.What.Province is null ? ActKind.Areas : ActKind.Reform, Units = [], Paper = VietnameseText.Clean(input.Paper)!, EffectiveOn = input.On!.Value,
            Content = input.What.Write(), State = ActState.Planned, EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor.Account,
        };
        db.Add(act);
        if (act.EffectiveOn <= clock.Today()) return await CarryOutAsync(act, ct) is { } problem ? problem : (Outcome<Guid>)act.Id;
        db.Tell(new TreesChanged(act.Id, act.Kind, act.State, act.UnitId, null, act.EffectiveOn, 0, 0));
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)act.Id;
    }, ct);

    private List<Problem> Faults(Input input)
    {
        if (Inputs.Faults(input, clock.Today()) is { Count: > 0 } wrong) return wrong;
        if (!db.Scope.Provinces.Contains(AreaStore.Country) || !db.Scope.Units.Contains(db.Visitor!.Unit)) return [Refusals.NotFound()];
        var faults = new List<Problem>();
        if (VietnameseText.Clean(input.Paper) is null) faults.Add(Refusals.Required("paper"));
        if (input.On is null) faults.Add(Refusals.Required("on"));
        if (input.What.Province is null && input.What.Lines.Count == 0) faults.Add(Refusals.Required("lines"));
        return faults;
    }

    /// <summary>Now, with audit, rights and notices. Null: done.</summary>
    internal async Task<Problem?> CarryOutAsync(ReorganisationAct act, CancellationToken ct)
    {
        var outcome = await DoAsync(act.Id, AreaReform.Read(act.Content), act.EffectiveOn, act.Paper, ct);
        if (outcome.Refused(out var refusal)) return refusal;
        var (report, done) = outcome.Value;
        await db.Connection.RunAsync("SELECT pt.write_rights(NULL)", ct);
        (act.State, act.Done, act.DoneAt) = (ActState.Done, done.Write(), clock.GetUtcNow());
        act.DoneNo = await db.Connection.ValueAsync<long>("SELECT nextval('pt.reorganisation_done_no')", ct);
        db.Tell(new TreesChanged(act.Id, act.Kind, act.State, act.UnitId, null, act.EffectiveOn, report.Reach.Gained, report.Reach.Lost));
        await db.SaveChangesAsync(ct);
        foreach (var step in done.Steps)
            foreach (var unit in step.Before.Take(1)) await TellOfActs.TellAsync(db, act, unit.Id.Value, "notice.tree-done", ct);
        await areas.ReadAsync(db.Connection, ct);
        return null;
    }

    private async Task<Outcome<(ReformReport Report, ReformDone Done)>> DoAsync(Guid id, AreaReform what, DateOnly on, string paper, CancellationToken ct)
    {
        var found = what.Province is { } province ? await OfProvinceAsync(province, on, ct) : OfLines(what.Lines, on, paper);
        if (!found.Done) return found.As<(ReformReport, ReformDone)>();
        var change = found.Value;
        await db.Connection.RunAsync("SELECT pt.areas_changed($1, $2, $3)", ct, change.Ended.ToArray(), on, JsonSerializer.Serialize(change.Made.Select(row => RowOf(row, change.Book))));
        // Before units change hands: who had a role over an area that ends gets one over what the mapping says.
        var given = await GiveAsync(what.Steps, change, on, paper, ct);
        if (!given.Done) return given.As<(ReformReport, ReformDone)>();
        var (units, hamlets) = await db.Connection.RowAsync("SELECT units, hamlets FROM pt.areas_follow($1, $2, $3, $4)", r => (r.GetInt32(0), r.GetInt32(1)), ct, id,
            change.Whole.Select(pair => pair.Old.Value).ToArray(), change.Whole.Select(pair => pair.New.Value).ToArray(), on);
        // Whose mapping names one area looks after just that one.
        foreach (var step in what.Steps.Where(step => step.Areas.Count == 1))
            await db.Connection.RunAsync("UPDATE pt.unit SET covers_area_id = $2, version = version + 1 WHERE code = $1 AND valid_to IS NULL", ct, step.Code, change.Book.ByCode(step.Areas[0], on)!.Id.Value);
        var steps = new List<UnitsDone>();
        foreach (var step in what.Steps.Where(step => step.Kind is not null))
        {
            if (await ActOfAsync(step, ct) is not { } act) return PhongTuyen.Units.Problems.NotOne(step.Code);
            var faults = (await UnitActCheck.FaultsAsync(db, act, on, id, ct)).FindAll(fault => fault.Code is not ("tree.not-yet-standing" or "tree.begun-since"));
            if (faults.Count > 0) return faults.ConvertAll(fault => fault.With("unit", step.Code));
            steps.Add(await CarryOutUnits.DoAsync(db, id, act, on, paper, ct));
        }
        var left = await db.Connection.RowsAsync("""
            SELECT u.id FROM pt.unit u JOIN pt.area a ON a.id = CASE WHEN u.commune_id <> 0 THEN u.commune_id WHEN u.district_id <> 0 THEN u.district_id ELSE u.province_id END
            WHERE u.valid_to IS NULL AND a.valid_to < $1 AND a.province_id = ANY ($2) ORDER BY u.id
            """, r => new UnitId(r.GetInt32(0)), ct, on, change.Whole.Select(pair => pair.Old.Value).Concat(change.Divided.Select(area => areas.Book.Keys(area).Province.Value)).Concat(what.Province is { } of ? [of.Value] : []).Distinct().ToArray());
        AreaId[] apart = [.. change.Divided, .. change.Unknown];
        AreaId[] provinces = [.. change.Ended.Select(area => areas.Book.Keys(new AreaId(area)).Province).Distinct()];
        var inside = await ReachChange.OfAreasAsync(db, apart.Concat(provinces), ct);
        ReachChange.Inside Sum(AreaId[] of) => ReachChange.Inside.Sum(of.Select(area => inside.GetValueOrDefault(area.Value)));
        return (new ReformReport(change.Whole, change.Divided, change.Unknown, units, hamlets, left, steps.Count, given.Value.Count, await ReachChange.ReadAsync(db, ct), Sum(apart), Sum(provinces)),
            new ReformDone([.. change.Made.Select(row => row.Id.Value)], change.Ended, steps, given.Value));
    }

    /// <param name="Made">New versions, in the order of levels.</param>
    /// <param name="Book">With the new versions in it.</param>
    private sealed record Change(IReadOnlyList<(AreaId Old, AreaId New)> Whole, IReadOnlyList<AreaId> Divided, IReadOnlyList<AreaId> Unknown, IReadOnlyList<int> Ended, IReadOnlyList<AreaRow> Made, AreaBook Book);

    /// <summary>By the links of this installation: the shipped ones and what persons decided.</summary>
    private async Task<Outcome<Change>> OfProvinceAsync(AreaId province, DateOnly on, CancellationToken ct)
    {
        if (areas.Book.Find(province) is not { Level: AreaLevel.Province }) return Refusals.NotFound();
        var before = on.AddDays(-1);
        var olds = await db.Connection.RowsAsync("SELECT id, level, valid_to FROM pt.area WHERE province_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2) ORDER BY level, id", r => (Id: new AreaId(r.GetInt32(0)), Level: (AreaLevel)r.GetInt16(1), Until: r.Maybe<DateOnly>(2)), ct, province.Value, before);
        var links = (await db.Connection.RowsAsync("SELECT l.old_id, l.new_id, l.partial FROM pt.area_link l JOIN pt.area o ON o.id = l.old_id WHERE o.province_id = $1", r => (Old: new AreaId(r.GetInt32(0)), New: new AreaId(r.GetInt32(1)), Partial: r.GetBoolean(2)), ct, province.Value)).ToLookup(link => link.Old);
        if (links.Count == 0) return Problems.NoLinks();
        var whole = olds.Where(old => links[old.Id].ToList() is [{ Partial: false }]).Select(old => (old.Id, links[old.Id].First().New)).ToList();
        var communes = olds.Where(old => old.Level == AreaLevel.Commune).Select(old => old.Id).Except(whole.Select(pair => pair.Id)).ToList();
        return new Change(whole, communes.FindAll(links.Contains), communes.FindAll(id => !links.Contains(id)), [.. olds.Where(old => old.Until is null && (old.Id != province || links.Contains(province))).Select(old => old.Id.Value)], [], areas.Book);
    }

    private Outcome<Change> OfLines(IReadOnlyList<ReformLine> lines, DateOnly on, string paper)
    {
        var before = areas.Book.Rows;
        var applied = AreaChanges.Apply(before, lines.Select(line => new AreaChange(line.Code, line.Level, line.Name, line.Parent, on, paper, line.Into)));
        if (!applied.Done) return applied.As<Change>();
        var (book, known) = (new AreaBook(applied.Value), before.Select(row => row.Id).ToHashSet());
        var made = applied.Value.Where(row => !known.Contains(row.Id)).ToList();
        var ended = applied.Value.Where(row => known.Contains(row.Id) && row.To == on.AddDays(-1) && areas.Book.Find(row.Id)!.To is null).ToList();
        var byCode = made.ToDictionary(row => (row.Level, row.Code));
        var (whole, divided, unknown) = (new List<(AreaId, AreaId)>(), new List<AreaId>(), new List<AreaId>());
        foreach (var old in ended)
        {
            var line = lines.FirstOrDefault(line => line.Level == old.Level && line.Code == old.Code);
            // What is only carried along, or renamed, goes over into its own next version.
            List<AreaId> into = line is { Name: null } ? [.. line.Into.Select(code => book.ByCode(code, on)?.Id).OfType<AreaId>()] : byCode.TryGetValue((old.Level, old.Code), out var next) ? [next.Id] : [];
            if (into is [var only]) whole.Add((old.Id, only));
            else if (old.Level == AreaLevel.Commune) (into.Count == 0 ? unknown : divided).Add(old.Id);
        }
        return new Change(whole, divided, unknown, [.. ended.Select(row => row.Id.Value)], [.. made.OrderBy(row => row.Level)], book);
    }

    /// <summary>As the table has it.</summary>
    private static object RowOf(AreaRow row, AreaBook book) => new
    {
        id = row.Id.Value, parent_id = row.Parent.Value, level = (int)row.Level, code = row.Code, name = row.Name, kind = row.Kind.ToString(), province_id = book.Keys(row.Id).Province.Value, district_id = book.Keys(row.Id).District.Value,
        commune_id = book.Keys(row.Id).Commune.Value, valid_from = row.From, valid_to = row.To, decree = row.Decree,
    };

    private async Task<UnitAct?> ActOfAsync(ReformStep step, CancellationToken ct)
    {
        if (await UnitAsync(step.Code, ct) is not { } unit || (step.Into is not null && await UnitAsync(step.Into, ct) is null)) return null;
        return new UnitAct(step.Kind!.Value, unit) { Into = step.Into is null ? null : await UnitAsync(step.Into, ct), Name = step.Name, NewKind = step.NewKind, Code = step.NewCode };
    }

    private Task<UnitId?> UnitAsync(string code, CancellationToken ct) => db.Connection.RowAsync<UnitId?>("SELECT id FROM pt.unit WHERE code = $1 AND valid_to IS NULL", r => new UnitId(r.GetInt32(0)), ct, code);

    /// <summary>Roles over areas that end, of those who work in a unit of the mapping, become roles over its new areas as well.</summary>
    private async Task<Outcome<List<Guid>>> GiveAsync(IReadOnlyList<ReformStep> steps, Change change, DateOnly on, string paper, CancellationToken ct)
    {
        var given = new List<Guid>();
        foreach (var step in steps.Where(step => step.Areas.Count > 0))
        {
            if (await UnitAsync(step.Code, ct) is not { } unit) return PhongTuyen.Units.Problems.NotOne(step.Code);
            foreach (var code in step.Areas)
            {
                if (change.Book.ByCode(code, on) is not { } area) return AreaProblems.CodeUnknown(code);
                given.AddRange(await db.Connection.RowsAsync("""
                    INSERT INTO pt.account_grant (id, account_id, role, area_id, since, until, given_by, given_at, reason)
                    SELECT gen_random_uuid(), g.account_id, g.role, $2, $3, g.until, $4, $3, $5 FROM (SELECT DISTINCT ON (g.account_id, g.role) g.* FROM pt.account_grant g JOIN pt.account a ON a.id = g.account_id JOIN pt.area o ON o.id = g.area_id
                      WHERE a.unit_id = $1 AND a.id <> $4 AND g.revoked_at IS NULL AND o.level > 1 AND o.valid_to < $6 ORDER BY g.account_id, g.role, g.until DESC NULLS FIRST) g RETURNING id
                    """, r => r.GetGuid(0), ct, unit.Value, area.Id.Value, clock.GetUtcNow(), db.Visitor!.Account.Value, paper, on));
            }
        }
        return given;
    }
}
