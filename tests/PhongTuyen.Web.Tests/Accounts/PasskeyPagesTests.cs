using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>Passkeys from the first to the last, over HTTP: the signatures are real, the device is made of software.</summary>
[Trait("Category", "Database")]
public sealed class PasskeyPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SoftAuthenticator Device() => new(house.Address);

    private static bool IsIn(WebPage page) => page.Status != HttpStatusCode.Unauthorized && !page.Address.StartsWith(Links.SignIn, StringComparison.Ordinal);

    private async Task SuspendAsync(AccountId manager, AccountId account, bool suspended) =>
        (await house.RunAsync<SuspendAccount, Nothing>(manager, use => use.RunAsync(account, suspended, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();

    [Fact]
    [Answers("R7")]
    public async Task A_passkey_is_added_signs_in_alone_and_behind_the_password_and_is_removed()
    {
        using var device = Device();
        using var visitor = await house.SignInAsync("clerk-a", TestProvince.TestPassword);
        (await visitor.BeginAsync("máy trực", "sai rồi")).Main.ShouldContain("Mật khẩu hiện tại không đúng");
        (await visitor.BeginAsync(" ")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var added = await visitor.AddAsync(device, "máy trực");
        added.Main.ShouldContain("Đã thêm khóa truy cập");
        added.Main.ShouldContain("máy trực");
        device.Handle.Length.ShouldBe(43);
        device.Handle.ShouldNotContain("clerk", Case.Insensitive);

        // Alone: no name, no password.
        using var alone = house.Nobody();
        IsIn(await alone.SignInWithAsync(device)).ShouldBeTrue();
        (await alone.GetAsync(Links.Own)).Main.ShouldContain("1 khóa");

        // Behind the password, which opens nothing by itself any more.
        using var second = house.Nobody();
        var code = await second.PasswordAsync("clerk-a");
        code.Address.ShouldStartWith(Links.SignInCode);
        code.Html.ShouldNotContain("name=\"Code\"");
        (await second.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);
        var options = await second.ChallengeAsync(Links.SignInCode);
        options.ShouldContain(System.Buffers.Text.Base64Url.EncodeToString(device.CredentialId));
        IsIn(await second.PostAsync(code, "handler=Passkey", ("Credential", device.Sign(options)))).ShouldBeTrue();

        var list = await second.GetAsync(Links.Passkeys);
        var remove = await second.GetAsync(list.Links.First(link => link.Contains("remove=", StringComparison.Ordinal)));
        (await second.PostAsync(remove, "handler=Remove", ("Form.Current", "sai rồi"))).Main.ShouldContain("Mật khẩu hiện tại không đúng");
        (await second.PostAsync(remove, "handler=Remove", ("Form.Current", TestProvince.TestPassword))).Main.ShouldContain("Đã xóa khóa truy cập");
        (await second.PostAsync(remove, "handler=Remove", ("Form.Current", TestProvince.TestPassword))).Status.ShouldBe(HttpStatusCode.NotFound);
        using var gone = house.Nobody();
        (await gone.SignInWithAsync(device)).Main.ShouldContain("Không đăng nhập được bằng khóa truy cập này");
        IsIn(await gone.PasswordAsync("clerk-a")).ShouldBeTrue("and the password stands alone again");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_elses_passkey_is_no_second_factor_and_takes_nothing_away()
    {
        using var mine = Device();
        using var theirs = Device();
        using var one = await house.SignInAsync("clerk-b", TestProvince.TestPassword);
        using var other = await house.SignInAsync("officer-b", TestProvince.TestPassword);
        await one.AddAsync(mine);
        await other.AddAsync(theirs);

        using var thief = house.Nobody();
        var code = await thief.PasswordAsync("clerk-b");
        var refused = await thief.PostAsync(code, "handler=Passkey", ("Credential", theirs.Sign(await thief.ChallengeAsync(Links.SignInCode))));
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        // Nor by saying that it is the other one's.
        theirs.Handle = mine.Handle;
        (await thief.PostAsync(code, "handler=Passkey", ("Credential", theirs.Sign(await thief.ChallengeAsync(Links.SignInCode))))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await thief.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);

        var id = await house.House.AskAsync<Guid>("SELECT id FROM pt.account_passkey WHERE account_id = $1", house.Place.ClerkB.Value);
        (await other.GetAsync(Links.With(Links.Passkeys, ("remove", id.ToString())))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.PostTokenAsync(Links.Passkeys + "?handler=Remove&remove=" + id, ("Form.Current", TestProvince.TestPassword))).Status.ShouldBe(HttpStatusCode.NotFound);
        // One device cannot be two people's: the same passkey again is refused.
        using var copy = new SoftAuthenticator(house.Address) { CredentialId = mine.CredentialId };
        (await other.AddAsync(copy)).Main.ShouldContain("đã có ở đây rồi");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_challenge_is_answered_once_within_five_minutes_in_the_browser_that_asked()
    {
        using var device = Device();
        using var owner = await house.SignInAsync("head-a", TestProvince.TestPassword);
        var begun = await owner.BeginAsync();
        var made = device.Make(PasskeysOnPages.OptionsOf(begun));
        (await owner.PostAsync(begun, "handler=Add", ("Form.Credential", made))).Main.ShouldContain("Đã thêm");
        (await owner.PostAsync(begun, "handler=Add", ("Form.Credential", made))).Main.ShouldContain("Quá thời gian", Case.Sensitive, "the same answer once more");

        using var browser = house.Nobody();
        var page = await browser.GetAsync(Links.SignIn);
        var answer = device.Sign(await browser.ChallengeAsync());
        var cookies = string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        IsIn(await browser.PostAsync(page, "handler=Passkey", ("Credential", answer))).ShouldBeTrue();
        using (var again = await BareRequest.SendAsync(house.Address, HttpMethod.Post, Links.Handler(Links.SignIn, "Passkey"), null, BareRequest.Fields(page.Form("handler=Passkey"), ("Credential", answer)), ("Cookie", cookies)))
            again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "the same answer with the same cookie");

        using var elsewhere = house.Nobody();
        var there = await elsewhere.GetAsync(Links.SignIn);
        (await elsewhere.PostAsync(there, "handler=Passkey", ("Credential", device.Sign(await browser.ChallengeAsync())))).Status.ShouldBe(HttpStatusCode.Unauthorized, "asked for by another browser");

        var late = device.Sign(await elsewhere.ChallengeAsync());
        var slow = await owner.BeginAsync("khóa hai");
        house.Clock.Advance(TimeSpan.FromMinutes(5.1));
        (await elsewhere.PostAsync(there, "handler=Passkey", ("Credential", late))).Main.ShouldContain("Quá thời gian");
        using var another = Device();
        (await owner.PostAsync(slow, "handler=Add", ("Form.Credential", another.Make(PasskeysOnPages.OptionsOf(slow))))).Main.ShouldContain("Quá thời gian");
        // The challenge of one session is none of another one of the same person.
        using var second = house.Nobody();
        IsIn(await second.SignInWithAsync(device)).ShouldBeTrue();
        var first = await owner.BeginAsync("khóa ba");
        var field = first.Form("handler=Add").Fields.First(one => one.Key == "Form.Sealed").Value;
        (await second.PostTokenAsync(Links.Passkeys + "?handler=Add", ("Form.Name", "khóa ba"), ("Form.Sealed", field), ("Form.Credential", another.Make(PasskeysOnPages.OptionsOf(first))))).Main.ShouldContain("Quá thời gian");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Suspended_or_expired_an_account_does_not_sign_in_by_passkey_and_the_answer_is_that_to_an_unknown_one()
    {
        using var device = Device();
        using var unknown = Device();
        using var owner = await house.SignInAsync("clerk-hospital-a", TestProvince.TestPassword);
        await owner.AddAsync(device);
        using var browser = house.Nobody();
        unknown.Handle = new string('x', 43);
        var never = await browser.SignInWithAsync(unknown);
        await SuspendAsync(house.Place.OfficerA, house.Place.ClerkHospitalA, true);
        var suspended = await browser.SignInWithAsync(device);
        (suspended.Status, suspended.Main).ShouldBe((never.Status, never.Main));
        await SuspendAsync(house.Place.OfficerA, house.Place.ClerkHospitalA, false);
        await EndsAsync(house.Clock.GetUtcNow());
        (await browser.SignInWithAsync(device)).Main.ShouldBe(never.Main);
        await EndsAsync(null);
        IsIn(await browser.SignInWithAsync(device)).ShouldBeTrue();
        house.Faults.Kept.ShouldBeEmpty();

        Task<int> EndsAsync(DateTimeOffset? at) => house.House.AskAsync<int>("WITH ended AS (UPDATE pt.account SET expires_at = $2::timestamptz WHERE id = $1 RETURNING 1) SELECT count(*)::int FROM ended", house.Place.ClerkHospitalA.Value, at);
    }

    [Fact]
    public async Task Wrong_signatures_count_like_wrong_passwords_and_lock_the_account()
    {
        using var device = Device();
        using var owner = await house.SignInAsync("clerk-hospital-b", TestProvince.TestPassword);
        await owner.AddAsync(device);
        using var browser = house.Nobody();
        var page = await browser.GetAsync(Links.SignIn);
        async Task<WebPage> TryAsync(Func<string, string> sign) => await browser.PostAsync(page, "handler=Passkey", ("Credential", sign(await browser.ChallengeAsync())));
        (await TryAsync(options => device.Sign(options, forge: true))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        device.Verifies = false;
        (await TryAsync(options => device.Sign(options))).Status.ShouldBe(HttpStatusCode.Unauthorized, "nobody's finger, face or PIN");
        device.Verifies = true;
        device.Origin = "https://phong-tuyen.example";
        (await TryAsync(options => device.Sign(options))).Status.ShouldBe(HttpStatusCode.Unauthorized, "a forged page");
        device.Origin = house.Address.GetLeftPart(UriPartial.Authority);
        (await TryAsync(options => device.Sign(options).Replace("public-key", "password", StringComparison.Ordinal))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        IsIn(await browser.SignInWithAsync(device)).ShouldBeTrue("three and the one of no key's are forgiven");
        for (var n = 0; n < 5; n++) await TryAsync(options => device.Sign(options, forge: true));
        using var locked = house.Nobody();
        IsIn(await locked.SignInWithAsync(device)).ShouldBeFalse();
        (await locked.PasswordAsync("clerk-hospital-b")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await house.ToldAsync("account.sign-in-refused", house.Place.ClerkHospitalB.ToString())).ShouldBeGreaterThan(9);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_counter_that_goes_backwards_stops_the_passkey_and_tells_its_holder()
    {
        using var device = new SoftAuthenticator(house.Address) { Counts = true, Count = 7 };
        using var owner = await house.SignInAsync("officer-a", TestProvince.TestPassword);
        await owner.AddAsync(device, "khóa USB");
        using var browser = house.Nobody();
        IsIn(await browser.SignInWithAsync(device)).ShouldBeTrue();
        device.Count = 2;
        (await browser.SignInWithAsync(device)).Main.ShouldContain("dấu hiệu bị sao chép");
        device.Count = 400;
        (await browser.SignInWithAsync(device)).Main.ShouldContain("dấu hiệu bị sao chép", Case.Sensitive, "whoever of the two it is now");
        (await owner.GetAsync(Links.Notices)).Main.ShouldContain("Khóa truy cập “khóa USB” của anh/chị đã ngừng");
        (await owner.GetAsync(Links.Passkeys)).Main.ShouldContain("đã ngừng");
        // The password alone opens no more than before, and the page says what is left.
        (await browser.PasswordAsync("officer-a")).Main.ShouldContain("không còn khóa truy cập nào dùng được");
        (await house.ToldAsync("account.passkey-stopped", house.Place.OfficerA.ToString())).ShouldBe(1);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_no_browser_sends_is_refused_in_words()
    {
        using var device = Device();
        using var owner = await house.SignInAsync("leader", TestProvince.TestPassword);
        await owner.AddAsync(device);
        var good = device.Sign(await owner.ChallengeAsync());
        string[] hostile =
        [
            "", " ", "null", "0", "[]", "{}", "{", "\"x\"", "{\"id\":1}", new string('[', 3_000), new string('x', 9_000), "{\"id\":\"\",\"type\":\"public-key\",\"response\":{}}",
            good.Replace("\"signature\":\"", "\"signature\":\"!", StringComparison.Ordinal), good.Replace("\"authenticatorData\":\"", "\"authenticatorData\":\"AA", StringComparison.Ordinal), good[..^40],
            "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\",\"authenticatorData\":\"\",\"signature\":\"\",\"userHandle\":\"\\u0000\"}}",
            "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{\"clientDataJSON\":\"bnVsbA\",\"attestationObject\":\"n39_\",\"authenticatorData\":\"AAAA\",\"signature\":\"AA\",\"userHandle\":\"JyBPUiAxPTE\"}}",
        ];
        using var browser = house.Nobody();
        var page = await browser.GetAsync(Links.SignIn);
        foreach (var sent in hostile)
        {
            await browser.ChallengeAsync();
            var answer = await browser.PostAsync(page, "handler=Passkey", ("Credential", sent));
            (answer.Status, answer.Main.Length > 50).ShouldBe((HttpStatusCode.Unauthorized, true), sent.Length > 100 ? sent[..100] : sent);
            var begun = await owner.BeginAsync();
            var made = await owner.PostAsync(begun, "handler=Add", ("Form.Credential", sent));
            (made.Status, made.Main.Contains("chưa tạo được khóa", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), sent.Length > 100 ? sent[..100] : sent);
        }
        // Longer than any text of a form may be, and no text at all.
        foreach (var sent in new[] { new string('[', 400_000), "\ud800\0" }) (await browser.PostAsync(page, "handler=Passkey", ("Credential", sent))).Status.ShouldBe(HttpStatusCode.BadRequest);
        // Without any challenge, and with cookie and field of somebody's own making.
        foreach (var field in new[] { "", "x", "CfDJ8" + new string('A', 200) })
            (await owner.PostTokenAsync(Links.Passkeys + "?handler=Add", ("Form.Name", "x"), ("Form.Sealed", field), ("Form.Credential", good))).Main.ShouldContain("Quá thời gian");
        using var bare = house.Nobody();
        (await bare.PostAsync(await bare.GetAsync(Links.SignIn), "handler=Passkey", ("Credential", good))).Main.ShouldContain("Quá thời gian");
        (await bare.GetAsync(Links.Handler(Links.SignInCode, "Challenge"))).Address.ShouldBe(Links.SignIn, "whose password was not right, sees no passkeys");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_first_password_takes_the_passkeys_away_and_the_manager_sees_that_there_are_some_and_nothing_of_them()
    {
        using var device = Device();
        using var nurse = await house.SignInAsync("nurse", TestProvince.TestPassword);
        await nurse.AddAsync(device, "điện thoại riêng");
        var head = await house.AsAsync("administrator");
        var page = await head.GetAsync(Links.Account(house.Place.Nurse));
        page.Main.ShouldContain("1 khóa truy cập");
        page.Html.ShouldNotContain("điện thoại riêng");
        page.Html.ShouldNotContain(device.Handle);
        var before = device.Handle;
        (await head.PostAsync(page, "handler=Reissue")).Status.ShouldBe(HttpStatusCode.OK);
        (await head.GetAsync(Links.Account(house.Place.Nurse))).Main.ShouldContain("chưa có, chỉ có mật khẩu");
        using var browser = house.Nobody();
        IsIn(await browser.SignInWithAsync(device)).ShouldBeFalse();
        (await house.House.AskAsync<bool>("SELECT passkey_handle IS NULL FROM pt.account_secret WHERE account_id = $1", house.Place.Nurse.Value)).ShouldBeTrue();
        before.ShouldNotBeEmpty();
        house.Faults.Kept.ShouldBeEmpty();
    }
}
