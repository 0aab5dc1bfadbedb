using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhongTuyen.Audit;

namespace PhongTuyen.Web.Api;

/// <summary>Ready means, too, that the audit takes rows: without it no person is shown and nothing is kept.</summary>
internal sealed class AuditTakes(AuditStore audit) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await audit.TakesAsync().WaitAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The audit cannot be written: no person is shown and nothing is kept.");
}
