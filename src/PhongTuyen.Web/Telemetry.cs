using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PhongTuyen.Audit;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;

namespace PhongTuyen.Web;

/// <summary>Meters and traces to a collector, where the operator named one (docs/measures.md). Nothing leaves the house otherwise. No statement text, no addresses with persons.</summary>
internal static class Telemetry
{
    public static void Add(IServiceCollection services, WebSettings settings)
    {
        if (settings.Telemetry.Length == 0) return;
        var collector = new Uri(settings.Telemetry);
        void To(OtlpExporterOptions options) => options.Endpoint = collector;
        void Named(ResourceBuilder resource) => resource.AddService("phongtuyen");
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().ConfigureResource(Named).AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", Measures.Meter).AddOtlpExporter(To).Build()!);
        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().ConfigureResource(Named).AddSource("Microsoft.AspNetCore", "Npgsql").AddProcessor(new Discreet()).AddOtlpExporter(To).Build()!);
        services.AddHostedService<Watch>();
        services.AddSingleton<IStartupFilter, RouteNames>();
    }

    /// <summary>Asks for both providers once, so that they live as long as the program, and looks regularly at what only the database knows.</summary>
    private sealed class Watch(MeterProvider meters, TracerProvider traces, OutboxState outbox, SealState seals, TimeProvider clock, ILogger<Watch> log) : RecurringWork(TimeSpan.FromSeconds(15), "Outbox and seals could not be looked at for the meters", clock, log, LogLevel.Warning)
    {
        protected override async Task TurnAsync(CancellationToken ct)
        {
            var mail = await outbox.ReadAsync(ct);
            foreach (var (state, many) in new[] { ("waiting", mail.Waiting), ("unknown", mail.Unknown), ("parked", mail.Parked) }) Measures.Outbox.Record(many, new KeyValuePair<string, object?>("state", state));
            Measures.Unsealed.Record((await seals.ReadAsync(ct)).WaitingSince is { } since ? (Clock.GetUtcNow() - since).TotalSeconds : 0);
        }

        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            meters.ForceFlush(2000);
            traces.ForceFlush(2000);
        }
    }

    /// <summary>Takes out of a trace what may name somebody: the address with its ids, and the text of statements.</summary>
    private sealed class Discreet : BaseProcessor<Activity>
    {
        private static readonly string[] Never = ["url.path", "url.query", "url.full", "http.target", "http.url", "client.address", "network.peer.address", "user_agent.original", "db.query.text", "db.statement"];

        public override void OnEnd(Activity data)
        {
            foreach (var tag in Never) data.SetTag(tag, null);
            if (data.Source.Name == "Npgsql") data.DisplayName = "database";
        }
    }

    /// <summary>Names the trace of a request by its route: the framework leaves that to a library of its own.</summary>
    private sealed class RouteNames : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                try
                {
                    await rest();
                }
                finally
                {
                    if (http.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
                    {
                        if (http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }) activity.DisplayName = $"{http.Request.Method} {route}";
                        activity.SetTag("http.response.status_code", http.Response.StatusCode);
                    }
                }
            });
            next(app);
        };
    }
}
