using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web;

/// <summary>Meters and traces to a collector, where the operator named one. Nothing leaves the house otherwise. No statement text, no addresses with persons.</summary>
internal static class Telemetry
{
    public static void Add(IServiceCollection services, WebSettings settings)
    {
        if (settings.Telemetry.Length == 0) return;
        var collector = new Uri(settings.Telemetry);
        void To(OtlpExporterOptions options) => options.Endpoint = collector;
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "PhongTuyen").AddOtlpExporter(To).Build()!);
        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.AspNetCore", "PhongTuyen").AddOtlpExporter(To).Build()!);
        services.AddHostedService<Running>();
    }

    /// <summary>Asks for both providers once, so that they live as long as the program.</summary>
    private sealed class Running(MeterProvider meters, TracerProvider traces) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            meters.ForceFlush(2000);
            traces.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
