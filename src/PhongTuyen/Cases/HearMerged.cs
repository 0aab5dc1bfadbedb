using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

/// <summary>Two records that became one person may each have an open case of one disease, and would be counted twice: a person decides which holds. Undone, nothing is to be mended.</summary>
public sealed class HearMerged(Db db) : IHear<PersonsMerged>, IHear<PersonsSplit>
{
    private const string Kind = "case.two-open";

    public async Task HearAsync(PersonsMerged told, CancellationToken ct)
    {
        foreach (var same in (await CaseLookup.OpenOfAsync(db, told.Kept, ct)).GroupBy(record => record.Disease).Where(same => same.Count() > 1))
            foreach (var record in same)
            {
                var (unit, area) = db.Scope.Covers(record) ? (record.UnitId, new AreaKeys(record.ProvinceId, record.DistrictId, record.CommuneId)) : (db.Visitor!.Unit, AreaKeys.Unknown);
                await db.FindAsync(record.PersonId, Kind, "case", record.Id.Value, unit, area, ct);
            }
    }

    public Task HearAsync(PersonsSplit told, CancellationToken ct) => db.MendAsync(told.Records, Kind, "tách hồ sơ", ct);
}
