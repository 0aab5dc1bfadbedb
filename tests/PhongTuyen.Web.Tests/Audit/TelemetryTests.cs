using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.Data;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Audit;

/// <summary>What an operator's collector gets, and that it is nothing where no collector is named.</summary>
[Trait("Category", "Database")]
public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly Collector collector = new();

    public async ValueTask InitializeAsync() => await collector.StartAsync();

    public ValueTask DisposeAsync() => collector.DisposeAsync();

    [Fact]
    public async Task A_collector_gets_meters_and_traces_without_a_name_an_address_or_a_statement()
    {
        await using var house = new WebTestHouse { More = services => Telemetry.Add(services, new WebSettings { Telemetry = collector.Address }) };
        await house.InitializeAsync();
        var person = await house.House.PersonAsync(house.Place.ClerkA, "Trịnh Thị Vô Danh");
        (await (await house.AsAsync("clerk-a")).GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
        using var nobody = house.Nobody();
        await nobody.PostAsync(await nobody.GetAsync(Links.SignIn), "Password", ("UserName", "clerk-a"), ("Password", "wrong"));

        house.Services.GetRequiredService<MeterProvider>().ForceFlush().ShouldBeTrue();
        house.Services.GetRequiredService<TracerProvider>().ForceFlush().ShouldBeTrue();
        // A flush counts what left the queue: a batch that was already on its way may arrive after it.
        await ThrowawayCluster.UntilAsync(() => collector.Traces.Contains("desk/people/person/{id}", StringComparison.Ordinal));

        foreach (var sent in new[] { "phongtuyen.acts", "person.entered", "person.seen", "phongtuyen.sign_ins.refused", "http.server.request.duration", "db.client.operation.duration" }) collector.Meters.ShouldContain(sent);
        collector.Traces.ShouldContain("desk/people/person/{id}");
        collector.Traces.ShouldContain("phongtuyen");
        collector.Traces.ShouldContain("postgresql");
        foreach (var never in new[] { person.ToString(), "Vô Danh", "clerk-a", "SELECT ", "FROM pt.", "Username=pt_" }) (collector.Traces + collector.Meters).ShouldNotContain(never, Case.Sensitive);
    }

    [Fact]
    public async Task Nothing_is_sent_where_no_collector_is_named()
    {
        await using var house = new WebTestHouse { More = services => Telemetry.Add(services, new WebSettings()) };
        await house.InitializeAsync();
        await house.AsAsync("clerk-a");
        house.Services.GetService<MeterProvider>().ShouldBeNull();
        house.Services.GetService<TracerProvider>().ShouldBeNull();
        (collector.Meters + collector.Traces).ShouldBeEmpty();
    }

    /// <summary>What a collector of OTLP over gRPC is, as far as an exporter sees: it takes each request and keeps its bytes.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly StringBuilder meters = new(), traces = new();

        public Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
            app = builder.Build();
            app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", http => TakeAsync(http, meters));
            app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", http => TakeAsync(http, traces));
        }

        public string Address => app.Urls.Single();

        /// <summary>The bytes as letters: the texts in them can be read.</summary>
        public string Meters { get { lock (meters) return meters.ToString(); } }

        public string Traces { get { lock (traces) return traces.ToString(); } }

        public Task StartAsync() => app.StartAsync(TestContext.Current.CancellationToken);

        private static async Task TakeAsync(HttpContext http, StringBuilder kept)
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            lock (kept) kept.Append(Encoding.UTF8.GetString(body.ToArray()));
            http.Response.ContentType = "application/grpc";
            http.Response.DeclareTrailer("grpc-status");
            // An empty message: not compressed, no bytes.
            await http.Response.Body.WriteAsync(new byte[5], http.RequestAborted);
            http.Response.AppendTrailer("grpc-status", "0");
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
