using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

/// <summary>One stay of the visitor's scope, for changing it.</summary>
internal static class StayLookup
{
    public static Task<Stay?> StayAsync(this Db db, StayId id, CancellationToken ct) => db.Set<Stay>().FirstOrDefaultAsync(s => s.Id == id, ct);

    public static Task<Transfer?> TransferAsync(this Db db, TransferId id, CancellationToken ct) => db.Set<Transfer>().FirstOrDefaultAsync(t => t.Id == id, ct);
}
