using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Web.Help;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Routes;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Help;

[Answers("R5")]
[Trait("Category", "Database")]
public sealed class HelpPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static GuideBook Guide { get; } = GuideBook.Read(Path.Combine(AppContext.BaseDirectory, "guide", "vi"));

    [Fact]
    public async Task Everybody_signed_in_reads_every_chapter_and_every_link_in_it_leads_somewhere()
    {
        (await house.Nobody().GetAsync(Links.Help)).Address.ShouldStartWith(Links.SignIn);
        var leader = await house.AsAsync("leader");
        var contents = await leader.GetAsync(Links.Help);
        foreach (var chapter in Guide.Chapters)
        {
            contents.Links.ShouldContain(Links.HelpChapter(chapter.Slug));
            var page = await leader.GetAsync(Links.HelpChapter(chapter.Slug));
            page.Status.ShouldBe(HttpStatusCode.OK, chapter.Slug);
            foreach (var link in page.Links.Where(link => link.StartsWith(Links.Help + "/", StringComparison.Ordinal))) Guide.Find(link[(Links.HelpChapter("").Length)..].Split('#')[0]).ShouldNotBeNull($"{chapter.Slug}: {link}");
            foreach (var anchor in page.Links.Where(link => link.StartsWith('#') && link != "#main")) page.Html.ShouldContain($"id=\"{anchor[1..]}\"", Case.Sensitive, $"{chapter.Slug}: {anchor}");
        }
        (await leader.GetAsync(Links.HelpChapter("../appsettings"))).Status.ShouldBe(HttpStatusCode.NotFound);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_search_finds_without_marks_and_leads_to_the_section()
    {
        var clerk = await house.AsAsync("clerk-a");
        var found = await clerk.GetAsync(Links.Help + "?q=mat+dien+thoai");
        found.Links.ShouldContain(link => link.StartsWith(Links.HelpChapter(HelpChapters.Begin) + "#", StringComparison.Ordinal));
        (await clerk.GetAsync(Links.Help + "?q=khongcotrongsach")).Main.ShouldContain("Không tìm thấy");
    }

    [Fact]
    public void A_page_leads_to_the_chapter_that_explains_it()
    {
        HelpChapters.Of(Links.Stays).ShouldBe(HelpChapters.Clerk);
        HelpChapters.Of(Links.Facilities).ShouldBe(HelpChapters.UnitHead);
        HelpChapters.Of(Links.HamletsOf(new(5))).ShouldBe(HelpChapters.Areas);
        HelpChapters.Of("/sign-in").ShouldBe(HelpChapters.Begin);
        foreach (var chapter in HelpChapters.All) Guide.Find(chapter).ShouldNotBeNull(chapter);
    }

    [Fact]
    public async Task Every_page_has_a_chapter_that_exists_and_leads_there()
    {
        var routes = (await Route.AllAsync(house.Services)).Where(route => route is { Page: not null, Gets: true }).ToList();
        var (signedIn, before) = (routes.Where(route => route.Page!.Contains("/Citizen/", StringComparison.Ordinal) is false).ToList(), routes.Where(route => route.Page!.Contains("/Citizen/", StringComparison.Ordinal)).ToList());
        signedIn.Count.ShouldBeGreaterThan(45);
        Chapterless(signedIn).ShouldBeEmpty();
        Chapterless([new Route("desk/planted", "Planted/Desk/Index", null, true, [], [])]).Single().ShouldStartWith("/desk/planted: ");

        // What is drawn says so, in the frame that all pages share.
        var wrong = new List<string>();
        foreach (var (name, role) in new[] { ("administrator", Role.Administrator), ("province", Role.ProvinceOfficer) })
            foreach (var route in signedIn.Where(route => route.Parameters.Count == 0 && Roles.Opens([(int)role], route.Door!.Look)))
            {
                var page = await (await house.AsAsync(name)).GetAsync("/" + route.Pattern);
                var chapter = Links.HelpChapter(HelpChapters.Of(page.Address.Split('?')[0]));
                if (!page.Html.Contains($"<a class=\"pt-icon-button\" href=\"{chapter}\"", StringComparison.Ordinal)) wrong.Add($"{name}: {route} at {page.Address} ({page.Status}) does not lead to {chapter}");
            }
        foreach (var route in before.Where(route => route.Parameters.Count == 0 && route.Page is not "Accounts/Citizen/SignInCode"))
            if (await house.Nobody().GetAsync("/" + route.Pattern) is var page && !page.Links.Contains(Links.Guide)) wrong.Add($"{route} at {page.Address} does not lead to {Links.Guide}");
        wrong.ShouldBeEmpty();
        (await house.Nobody().GetAsync(Links.Guide)).Text.ShouldContain(Guide.Find(HelpChapters.Begin)!.Title);
    }

    private static IEnumerable<string> Chapterless(IEnumerable<Route> routes) =>
        from route in routes
        let address = "/" + route.Pattern.Split("/{")[0]
        where HelpChapters.Named(address) is not { } chapter || Guide.Find(chapter) is null
        select $"{address}: which chapter of the guide explains it? Add a line to src/PhongTuyen.Web/Help/HelpChapters.cs.";

    [Fact]
    public void No_html_of_a_file_gets_through()
    {
        var folder = Directory.CreateTempSubdirectory("pt-guide-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "01-thu.md"), "# Thử\n\n<script>alert(1)</script>\n\nXem [mục](02-khac.md#muc), [bẫy](javascript:alert(1)).\n");
            var chapter = GuideBook.Read(folder.FullName).Chapters.Single();
            chapter.Html.ShouldNotContain("<script>");
            chapter.Html.ShouldNotContain("javascript:");
            chapter.Html.ShouldContain($"href=\"{Links.HelpChapter("02-khac")}#muc\"");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
