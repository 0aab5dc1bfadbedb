using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Audit;

namespace PhongTuyen.Tests.House;

/// <summary>Seals the audit in a test. A seal waits for every transaction of the cluster that still runs, those of other tests too.</summary>
public static class SealedAudit
{
    /// <summary>How many seals there are when nothing waits any more.</summary>
    public static async Task<long> SealAllAsync(this TestHouse house)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var state = scope.ServiceProvider.GetRequiredService<SealState>();
        for (var round = 0; round < 300; round++)
        {
            await house.Get<AuditSealer>().SealAsync(CancellationToken.None);
            if (await state.ReadAsync(CancellationToken.None) is { Unsealed: 0 } now) return now.LastNo;
            await Task.Delay(100);
        }
        throw new InvalidOperationException("Another transaction of the cluster ran for half a minute.");
    }
}
