using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>What everybody does with their own account.</summary>
[Trait("Category", "Database")]
public sealed class OwnAccountTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    public async Task Nobody_signed_in_is_asked_to_sign_in_first()
    {
        using var nobody = house.Nobody();
        foreach (var path in new[] { Links.Own, Links.Password, Links.SecondFactor }) (await nobody.GetAsync(path)).Address.ShouldStartWith(Links.SignIn);
    }

    [Fact]
    public async Task Other_browsers_are_signed_out_and_nobody_elses()
    {
        using var here = await house.SignInAsync("clerk-b", TestProvince.TestPassword);
        using var there = await house.SignInAsync("clerk-b", TestProvince.TestPassword);
        using var other = await house.SignInAsync("clerk-hospital-b", TestProvince.TestPassword);
        var page = await here.GetAsync(Links.Own);
        var session = page.Form("handler=End").Fields.First(field => field.Key == "session").Value;
        (await other.PostTokenAsync(Links.Own + "?handler=End", ("session", session))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await here.PostAsync(page, "handler=Others")).Main.ShouldContain("Đã đăng xuất khỏi 1 thiết bị khác");
        (await there.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);
        (await other.GetAsync(Links.Own)).Address.ShouldBe(Links.Own);
    }

    [Fact]
    public async Task The_language_of_the_account_is_kept()
    {
        using var first = await house.SignInAsync("leader", TestProvince.TestPassword);
        await first.PostAsync(await first.GetAsync(Links.Own), "handler=Language", ("language", "en"));
        using var second = await house.SignInAsync("leader", TestProvince.TestPassword);
        (await second.GetAsync(Links.Own)).Main.ShouldContain("My account");
    }

    [Fact]
    [Answers("R7")]
    public async Task A_second_factor_is_proven_by_its_code_and_asked_for_at_the_next_sign_in()
    {
        using var visitor = await house.SignInAsync("clerk-hospital-a", TestProvince.TestPassword);
        var page = await visitor.GetAsync(Links.SecondFactor);
        page.Html.ShouldContain("data:image/svg");
        var key = KeyOf(page);
        (await visitor.PostAsync(page, "Form.Key", ("Form.Code", "000000"))).Main.ShouldContain("Mã này sai");
        var done = await visitor.PostAsync(page, "Form.Key", ("Form.Code", TimeCode.At(key, TimeCode.StepAt(house.Clock.GetUtcNow()))));
        done.Main.ShouldContain("Đã bật xác thực hai bước");
        var recovery = System.Text.RegularExpressions.Regex.Matches(done.Html, "<code>([0-9a-f]{5}-[0-9a-f]{5})</code>").Select(match => match.Groups[1].Value).ToList();
        recovery.Count.ShouldBe(10);

        using var again = house.Nobody();
        var code = await again.PostAsync(await again.GetAsync(Links.SignIn), "Password", ("UserName", "clerk-hospital-a"), ("Password", TestProvince.TestPassword));
        code.Address.ShouldStartWith(Links.SignInCode);
        (await again.PostAsync(code, "Code", ("Code", recovery[0]))).Status.ShouldNotBe(HttpStatusCode.Unauthorized);
        (await again.GetAsync(Links.Own)).Main.ShouldContain("đang bật");

        var off = await again.GetAsync(Links.SecondFactor);
        (await again.PostAsync(off, "handler=Off", ("Form.Current", "sai rồi"))).Main.ShouldContain("Mật khẩu hiện tại không đúng");
        (await again.PostAsync(off, "handler=Off", ("Form.Current", TestProvince.TestPassword))).Main.ShouldContain("Đã tắt xác thực hai bước");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_key_of_somebody_else_is_not_taken()
    {
        using var one = await house.SignInAsync("officer-b", TestProvince.TestPassword);
        using var other = await house.SignInAsync("head-a", TestProvince.TestPassword);
        var theirs = await one.GetAsync(Links.SecondFactor);
        var sealedKey = theirs.Form("Form.Key").Fields.First(field => field.Key == "Form.Key").Value;
        var mine = await other.GetAsync(Links.SecondFactor);
        (await other.PostAsync(mine, "Form.Key", ("Form.Key", sealedKey), ("Form.Code", TimeCode.At(KeyOf(theirs), TimeCode.StepAt(house.Clock.GetUtcNow()))))).Main.ShouldContain("Quá thời gian");
    }

    /// <summary>The key as the page writes it for typing, in base 32.</summary>
    internal static byte[] KeyOf(WebPage page)
    {
        var text = System.Text.RegularExpressions.Regex.Match(page.Html, "<code>([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
