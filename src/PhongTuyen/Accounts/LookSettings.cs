using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>
/// How many different persons one account may open within an hour (mở hồ sơ). At the next one it is stopped and whoever manages it is told. Lists are not counted.
/// Above 199 an account is no longer stopped before its 200th person.
/// </summary>
public sealed record LookSettings : ISettings
{
    public static string Section => "Looks";

    /// <summary>Of somebody who enters data: a nurse with 300 people at home opens some forty an hour. 1 to 1000000.</summary>
    public int Clerk { get; set; } = 150;

    /// <summary>Of the head of a unit. 1 to 1000000.</summary>
    public int UnitHead { get; set; } = 150;

    /// <summary>Of an officer of a district, who works with lists and figures. 1 to 1000000.</summary>
    public int DistrictOfficer { get; set; } = 120;

    /// <summary>Of an officer of a province or the ministry. 1 to 1000000.</summary>
    public int ProvinceOfficer { get; set; } = 100;

    /// <summary>Of an inspector, who looks at samples. 1 to 1000000.</summary>
    public int Inspector { get; set; } = 100;

    public IEnumerable<string> Faults()
    {
        foreach (var (name, value) in new[] { (nameof(Clerk), Clerk), (nameof(UnitHead), UnitHead), (nameof(DistrictOfficer), DistrictOfficer), (nameof(ProvinceOfficer), ProvinceOfficer), (nameof(Inspector), Inspector) })
            if (value is < 1 or > 1_000_000) yield return $"Looks:{name} must be 1 to 1000000, not {value}.";
    }
}

/// <summary>Of several roles the one that may open most.</summary>
public sealed class LookLimit(LookSettings settings) : ILookLimit
{
    public int PersonsAnHour(IReadOnlyList<int> roles) => roles.Select(role => (Role)role switch
    {
        Role.Clerk => settings.Clerk,
        Role.UnitHead => settings.UnitHead,
        Role.DistrictOfficer => settings.DistrictOfficer,
        Role.ProvinceOfficer => settings.ProvinceOfficer,
        Role.Inspector => settings.Inspector,
        _ => 0,
    }).DefaultIfEmpty(0).Max();
}
