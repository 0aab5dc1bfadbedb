using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Tests.House;

namespace PhongTuyen.Tests.Support;

/// <summary>IT teams, and what is reported to them.</summary>
public static class Team
{
    /// <summary>An account that answers reports over a unit with those below it and over an area; with further roles over its own unit.</summary>
    public static Task<AccountId> MakeAsync(TestHouse house, string name, UnitId unit, AreaId area, params Role[] more) =>
        house.AccountAsync(name, unit, [(Role.TechnologyTeam, unit, null), (Role.TechnologyTeam, null, area), .. more.Select(role => (role, (UnitId?)unit, (AreaId?)null))]);

    public static Task<Outcome<Guid>> ReportAsync(this TestHouse house, AccountId by, string? what = "Bấm Lưu thì trang trắng.", Guid? id = null, string? screen = "Quarantine/Desk/Stay") =>
        house.RunAsync<SendReport, Guid>(by, use => use.RunAsync(new(id ?? house.Clock.NewGuid(), what, screen, "4bf92f3577b3"), new("0.1", "Chrome, Android"), CancellationToken.None), Permission.SignedIn);

    public static Task<Outcome<Nothing>> AnswerAsync(this TestHouse house, AccountId by, Guid report, string? text = "Đã sửa, hãy mở lại trang.", bool close = false, Guid? id = null) =>
        house.RunAsync<AnswerReport, Nothing>(by, use => use.AnswerAsync(new(id ?? house.Clock.NewGuid(), report, text, close), CancellationToken.None), Permission.AnswerReports);
}
