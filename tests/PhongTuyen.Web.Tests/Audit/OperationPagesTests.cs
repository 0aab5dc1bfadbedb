using System.Net;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Audit;

[Trait("Category", "Database")]
public sealed class OperationPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    public async Task Only_the_administrator_sees_how_the_installation_stands()
    {
        foreach (var name in new[] { "clerk-a", "head-a", "province", "leader" })
            foreach (var path in new[] { Links.Operation, Links.Trail }) (await (await house.AsAsync(name)).GetAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden, name + path);
        (await (await house.AsAsync("province")).PostTokenAsync(Links.Operation + "?handler=Verify")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var page = await (await house.AsAsync("administrator")).GetAsync(Links.Operation);
        page.Main.ShouldContain(Migrations.All[^1].Name);
        page.Main.ShouldContain("Không dùng thư");
    }

    [Fact]
    public async Task The_audit_is_verified_from_the_page_and_a_bad_result_stays_in_sight()
    {
        await house.House.PersonAsync(house.Place.ClerkA);
        var seals = await house.House.SealAllAsync();
        var administrator = await house.AsAsync("administrator");
        var verified = await administrator.PostAsync(await administrator.GetAsync(Links.Operation), "handler=Verify");
        verified.Main.ShouldContain($"Nhật ký nguyên vẹn: {seals} niêm phong");
        verified.Main.ShouldContain("nguyên vẹn");
        await using (var owner = new Npgsql.NpgsqlConnection(house.House.Admin))
        {
            await owner.OpenAsync(TestContext.Current.CancellationToken);
            await owner.RunAsync("UPDATE pt.audit_event SET act = 'person.listed' WHERE xact < (SELECT max(to_xact) FROM pt.audit_seal)", CancellationToken.None);
        }
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var bad = await administrator.PostAsync(await administrator.GetAsync(Links.Operation), "handler=Verify");
        bad.Main.ShouldContain("có sai lệch");
        bad.Main.ShouldContain("was changed or put in");
    }

    [Fact]
    public async Task A_change_of_the_keys_is_said_with_how_far_it_is_and_when_it_was_done()
    {
        var administrator = await house.AsAsync("administrator");
        await using var owner = await house.House.Direct.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await administrator.GetAsync(Links.Operation)).Main.ShouldNotContain("Thay khóa");
        await owner.RunAsync("INSERT INTO pt.key_rotation (key, old, begun_at, current_at) VALUES (2, 1, now(), now()); INSERT INTO pt.key_rotation_table (key, name, total, done) VALUES (2, 'person_phone', 2000, 1500), (2, 'person', 0, 0)", CancellationToken.None);
        var under = (await administrator.GetAsync(Links.Operation)).Main;
        under.ShouldContain("đang thay sang khóa số 2: 75 %");
        under.ShouldContain("1.500 trên 2.000 dòng");
        await owner.RunAsync("UPDATE pt.key_rotation SET ended_at = '2021-08-20 03:00Z'", CancellationToken.None);
        (await administrator.GetAsync(Links.Operation)).Main.ShouldContain("khóa số 2 từ 20/08/2021 10:00");
        await owner.RunAsync("DELETE FROM pt.key_rotation_table; DELETE FROM pt.key_rotation", CancellationToken.None);
    }

    [Fact]
    public async Task Keys_that_were_never_copied_are_said_until_they_are()
    {
        var administrator = await house.AsAsync("administrator");
        (await administrator.GetAsync(Links.Operation)).Main.ShouldContain("Khóa chưa được sao chép");
        var settings = new DatabaseSettings { Folder = house.House.Folder };
        Directory.CreateDirectory(KeyCopy.Folder(settings));
        try
        {
            KeyCopy.MarkAsCopied(settings);
            (await administrator.GetAsync(Links.Operation)).Main.ShouldNotContain("Khóa chưa được sao chép");
        }
        finally
        {
            Directory.Delete(KeyCopy.Folder(settings), recursive: true);
        }
    }

    [Fact]
    public async Task The_trail_says_who_did_what_and_names_no_person()
    {
        var person = await house.House.PersonAsync(house.Place.ClerkA, name: "Trần Thị Không Được Nêu");
        var administrator = await house.AsAsync("administrator");
        var trail = await administrator.GetAsync(Links.Trail + "?act=person.entered&who=clerk-a");
        trail.Main.ShouldContain("lập hồ sơ người");
        trail.Main.ShouldContain("clerk-a");
        trail.Html.ShouldNotContain("Không Được Nêu");
        trail.Html.ShouldNotContain(person.ToString());
        (await administrator.GetAsync(Links.Trail + "?act=person.entered&who=administrator")).Main.ShouldContain("không có việc nào khớp");
        (await administrator.GetAsync(Links.Trail + "?who=khong-co")).Main.ShouldContain("Không có tài khoản “khong-co”");
        (await administrator.GetAsync(Links.Trail + "?day=2021-08-01")).Main.ShouldContain("không có việc nào khớp");
    }

    [Fact]
    public async Task The_trail_goes_on_behind_the_last_row()
    {
        for (var n = 0; n < 60; n++) await house.House.PersonAsync(house.Place.ClerkB);
        var administrator = await house.AsAsync("administrator");
        var first = await administrator.GetAsync(Links.Trail + "?who=clerk-b&act=person.entered");
        var second = await administrator.GetAsync(first.Links.Single(link => link.Contains("behind=", StringComparison.Ordinal)));
        Rows(first).ShouldBe(50);
        Rows(second).ShouldBe(10);

        static int Rows(WebPage page) => page.Html.Split("<th scope=\"row\">").Length - 1;
    }
}
