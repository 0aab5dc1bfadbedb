using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhongTuyen.Data;

namespace PhongTuyen.Web.Api;

/// <summary>Ready means that the database answers.</summary>
internal sealed class DatabaseAnswers(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.Jobs.OpenConnectionAsync(cancellationToken);
            await connection.RunAsync("SELECT 1", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is Npgsql.NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
