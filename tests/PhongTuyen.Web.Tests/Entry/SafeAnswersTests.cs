using System.Net;
using System.Text.RegularExpressions;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Routes;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>What every answer carries and what no page holds.</summary>
[Trait("Category", "Database")]
public sealed partial class SafeAnswersTests(RouteHouse house) : IClassFixture<RouteHouse>
{
    private WebTestHouse Web => house.Web;

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>|<style[\\s>]|<[a-z][^>]*\\s(?:style|on[a-z]+)=\"", RegexOptions.IgnoreCase)]
    private static partial Regex WithinThePage();

    [GeneratedRegex("<(?:script|link|img|form|iframe|use)[^>]*\\s(?:src|href|action)=\"(?:https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex FromElsewhere();

    [Theory]
    [InlineData("<p style=\"color:red\">")]
    [InlineData("<a href=\"/\" onclick=\"x()\">")]
    [InlineData("<script>x()</script>")]
    [InlineData("<style>p{}</style>")]
    public void A_planted_script_or_style_within_a_page_is_found(string html) => WithinThePage().IsMatch(html).ShouldBeTrue();

    [Fact]
    public void A_planted_picture_of_another_host_is_found_and_an_own_script_is_not()
    {
        FromElsewhere().IsMatch("<img alt=\"\" src=\"https://example.org/x.png\">").ShouldBeTrue();
        WithinThePage().IsMatch("<script src=\"/dist/desk.js\" type=\"module\"></script>").ShouldBeFalse();
    }

    [Fact]
    public async Task No_page_holds_script_or_style_or_anything_of_another_host_and_every_answer_carries_its_headers()
    {
        var wrong = new List<string>();
        var looked = 0;
        foreach (var name in new[] { "head-a", "province", "administrator", "leader" })
            foreach (var route in house.Routes.Where(route => route.Gets && route.Pattern != "api/live" && route.Parameters.All(parameter => RouteSamples.Of(route, parameter, house.Both.A) is not null)))
            {
                looked++;
                var page = await (await Web.AsAsync(name)).GetAsync(RouteSamples.Address(route, house.Both.A));
                if (WithinThePage().Match(page.Html) is { Success: true } within) wrong.Add($"{route}: {within.Value}");
                if (FromElsewhere().Match(page.Html) is { Success: true } elsewhere) wrong.Add($"{route}: {elsewhere.Value}");
                wrong.AddRange(Missing(page).Select(header => $"{route} ({name}, {page.Status}): {header}"));
            }
        wrong.Distinct().ShouldBeEmpty();
        looked.ShouldBeGreaterThan(80);
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    public async Task Answers_to_nobody_carry_the_headers_too(string path, HttpStatusCode status)
    {
        using var nobody = Web.Nobody();
        var page = await nobody.GetAsync(path);
        page.Status.ShouldBe(status);
        Missing(page).ShouldBeEmpty();
    }

    private static IEnumerable<string> Missing(WebPage page)
    {
        string Header(string name) => page.Headers.GetValueOrDefault(name, "");
        var policy = Header("Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
        // Where the camera can read a code its decoder may be made from its file; it may not elsewhere, and nothing else may.
        var scripts = page.Html.Contains(" data-camera ", StringComparison.Ordinal) ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'";
        foreach (var needed in new[] { "default-src 'self'", scripts, "style-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'" })
            if (!policy.Contains(needed)) yield return $"the policy lacks {needed}";
        if (policy.Except([scripts]).Any(part => part.Contains("unsafe", StringComparison.Ordinal) || part.Contains('*', StringComparison.Ordinal))) yield return "the policy is loose";
        if (Header("X-Content-Type-Options") != "nosniff") yield return "nosniff";
        if (Header("X-Frame-Options") != "DENY") yield return "X-Frame-Options";
        if (Header("Referrer-Policy") != "same-origin") yield return "Referrer-Policy";
        // In any order, with or without what else forbids keeping it; a page that was kept would show a person to the next user of the machine.
        if (!Header("Cache-Control").Contains("no-store", StringComparison.Ordinal)) yield return $"Cache-Control: {Header("Cache-Control")}";
        if (page.Headers.ContainsKey("Server") || page.Headers.ContainsKey("X-Powered-By")) yield return "the name of the server";
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cookies_are_kept_from_scripts_and_other_sites_and_go_over_https_only_where_there_is_https(bool secure)
    {
        await using var web = new WebTestHouse { Secure = secure };
        await web.InitializeAsync();
        var visitor = await web.AsAsync("head-a");
        var own = await visitor.GetAsync(Links.Own);
        await visitor.PostAsync(own, "handler=Language", ("language", "1"));
        visitor.SetCookies.Count(cookie => cookie.StartsWith("pt-form-", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        var wrong = visitor.SetCookies.Where(cookie => !cookie.Contains("=;", StringComparison.Ordinal)).SelectMany(cookie => Faults(cookie, secure).Select(fault => $"{cookie.Split('=')[0]}: {fault}")).Distinct();
        wrong.ShouldBeEmpty();
        // What identifies the session is an opaque secret, without a word about whom.
        visitor.Cookies.Values.ShouldNotContain(value => value.Contains("head-a", StringComparison.Ordinal));
    }

    [Fact]
    public void A_planted_careless_cookie_is_found() => Faults("pt-1=x; path=/; samesite=none", true).ShouldBe(["no HttpOnly", "no SameSite", "no Secure"]);

    private static IEnumerable<string> Faults(string cookie, bool secure)
    {
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries).Skip(1).Select(part => part.ToLowerInvariant()).ToList();
        // The language and the look are choices, not secrets; the islands read the look.
        if (!parts.Contains("httponly") && !cookie.StartsWith(Screen.LanguageCookie, StringComparison.Ordinal) && !cookie.StartsWith("pt-look", StringComparison.Ordinal)) yield return "no HttpOnly";
        if (!parts.Contains("samesite=lax") && !parts.Contains("samesite=strict")) yield return "no SameSite";
        if (secure && !parts.Contains("secure")) yield return "no Secure";
    }
}
