using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

/// <summary>A positive result was taken back: the case that no other positive result carries waits for a person to decide. Nothing is discarded by itself.</summary>
public sealed class HearWithdrawnResult(Db db) : IHear<ResultWithdrawn>
{
    public async Task HearAsync(ResultWithdrawn told, CancellationToken ct)
    {
        if (told.Outcome != TestOutcome.Positive) return;
        foreach (var record in await CaseLookup.OpenOfAsync(db, told.Person, ct))
        {
            if (await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.lab_result WHERE person_id = ANY (pt.records_of($1)) AND disease = $2 AND id <> $3 AND result = 2 AND withdrawn_at IS NULL)", ct, told.Person.Value, record.Disease, told.Result.Value)) continue;
            var (unit, area) = db.Scope.Covers(record) ? (record.UnitId, new AreaKeys(record.ProvinceId, record.DistrictId, record.CommuneId)) : (db.Visitor!.Unit, AreaKeys.Unknown);
            await db.FindAsync(told.Person, "case.positive-withdrawn", "case", record.Id.Value, unit, area, ct);
        }
    }
}
