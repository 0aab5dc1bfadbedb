using System.Net;
using PhongTuyen.Data;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>The connections to the database break: a page says so in the visitor's words, and as soon as there is a database the program goes on.</summary>
[Trait("Category", "Database")]
public sealed class DatabaseGoneTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    public async Task Broken_connections_give_the_page_of_a_fault_and_then_the_page_itself()
    {
        var officer = await house.AsAsync("officer-a");
        (await officer.GetAsync(Links.Stays)).Status.ShouldBe(HttpStatusCode.OK);
        await using (var admin = new Npgsql.NpgsqlConnection(house.House.Admin))
        {
            await admin.OpenAsync(TestContext.Current.CancellationToken);
            await admin.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'pt_app' AND datname = current_database()", TestContext.Current.CancellationToken);
        }
        var pages = new List<WebPage>();
        do pages.Add(await officer.GetAsync(Links.Stays)); while (pages[^1].Status != HttpStatusCode.OK && pages.Count < 40);
        pages[^1].Status.ShouldBe(HttpStatusCode.OK);
        pages.Count.ShouldBeGreaterThan(1, "the broken connection was used");
        foreach (var page in pages.SkipLast(1))
        {
            page.Status.ShouldBe(HttpStatusCode.InternalServerError);
            page.Headers.GetValueOrDefault("Content-Security-Policy", "").ShouldContain("default-src 'self'", customMessage: "the page of a fault carries the headers too");
            page.Main.ShouldContain("Có lỗi");
        }
    }
}
