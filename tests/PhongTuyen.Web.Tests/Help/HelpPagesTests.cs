using System.Net;
using PhongTuyen.Web.Help;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
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
