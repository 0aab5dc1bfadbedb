using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>A session that ended by itself stays ended: no page wakes it up.</summary>
[Trait("Category", "Database")]
public sealed class IdleSessionTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    public async Task An_idle_session_is_not_woken_by_a_choice_of_language_or_look()
    {
        using var visitor = await house.SignInAsync("nurse", TestProvince.TestPassword);
        house.Clock.Advance(TimeSpan.FromMinutes(31));
        var outside = await visitor.GetAsync(Links.Own);
        outside.Address.ShouldStartWith(Links.SignIn);
        await visitor.PostAsync(outside, "/language");
        (await visitor.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_factor_is_turned_on_by_whoever_took_minutes_to_read_its_key()
    {
        using var visitor = await house.SignInAsync("clerk-hospital-b", TestProvince.TestPassword);
        var page = await visitor.GetAsync(Links.SecondFactor);
        house.Clock.Advance(TimeSpan.FromMinutes(3));
        var key = OwnAccountTests.KeyOf(page);
        var done = await visitor.PostAsync(page, "Form.Key", ("Form.Code", PhongTuyen.Accounts.TimeCode.At(key, PhongTuyen.Accounts.TimeCode.StepAt(house.Clock.GetUtcNow()))));
        done.Main.ShouldContain("Đã bật xác thực hai bước");
        house.Faults.Kept.ShouldBeEmpty();
    }
}
