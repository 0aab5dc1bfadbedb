using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;

namespace PhongTuyen.Lab;

/// <summary>Takes back a result that was wrong or belonged to somebody else. It stays visible, struck out, with the reason.</summary>
public sealed class WithdrawResult(Db db, TimeProvider clock)
{
    public Task<Outcome<Nothing>> RunAsync(ResultId id, string? why, CancellationToken ct) => db.WholeAsync(() => WithdrawAsync(id, why, ct), ct);

    private async Task<Outcome<Nothing>> WithdrawAsync(ResultId id, string? why, CancellationToken ct)
    {
        if (VietnameseText.Clean(why) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (Inputs.TooLong("reason", reason) is { } tooLong) return tooLong;
        var result = await db.Set<TestResult>().FirstOrDefaultAsync(r => r.Id == id, ct);
        if (result is null) return Refusals.NotFound();
        if (result.WithdrawnAt is not null) return Problems.AlreadyWithdrawn();
        (result.WithdrawnAt, result.WithdrawnWhy) = (clock.GetUtcNow(), reason);
        db.Tell(new ResultWithdrawn(result.PersonId, result.Id, result.Result));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }
}
