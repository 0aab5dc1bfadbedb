namespace PhongTuyen.Accounts;

/// <summary>Role × permission, and who may give which role: the whole table, in one place. The people's side of it is <c>docs/decisions/0001-who-sees-what.md</c>.</summary>
public static class Roles
{
    private static readonly Dictionary<Role, Permission[]> Table = new()
    {
        [Role.Clerk] = [Permission.SeeFigures, Permission.SeePersons, Permission.EnterData, Permission.Import],
        [Role.UnitHead] = [Permission.SeeFigures, Permission.SeePersons, Permission.EnterData, Permission.Import, Permission.ManageFacility, Permission.SeeEntries, Permission.JudgeEntries, Permission.ManageAccounts],
        [Role.DistrictOfficer] = [Permission.SeeFigures, Permission.SeePersons, Permission.EnterData, Permission.Import, Permission.ManageFacility, Permission.SeeEntries, Permission.JudgeEntries, Permission.ManageAccounts, Permission.ManageAreas, Permission.SeeReports, Permission.SealPersons],
        [Role.ProvinceOfficer] = [Permission.SeeFigures, Permission.SeePersons, Permission.EnterData, Permission.Import, Permission.ManageFacility, Permission.SeeEntries, Permission.JudgeEntries, Permission.ManageAccounts, Permission.ManageUnits, Permission.ManageAreas, Permission.SeeReports, Permission.SealPersons],
        [Role.Leader] = [Permission.SeeFigures],
        [Role.SteeringCommittee] = [Permission.SeeFigures],
        [Role.Administrator] = [Permission.ManageAccounts, Permission.ManageUnits, Permission.ManageAreas, Permission.Operate, Permission.SeeReports, Permission.AnswerReports],
        [Role.TechnologyTeam] = [Permission.SeeReports, Permission.AnswerReports],
        [Role.Volunteer] = [Permission.TypePapers],
        [Role.Inspector] = [Permission.SeeFigures, Permission.SeePersons, Permission.SeeEntries],
    };

    private static readonly Dictionary<Role, Role[]> Gives = new()
    {
        [Role.UnitHead] = [Role.Clerk, Role.UnitHead, Role.Volunteer],
        [Role.DistrictOfficer] = [Role.Clerk, Role.UnitHead, Role.DistrictOfficer, Role.Leader, Role.SteeringCommittee, Role.TechnologyTeam, Role.Volunteer, Role.Inspector],
        [Role.ProvinceOfficer] = [Role.Clerk, Role.UnitHead, Role.DistrictOfficer, Role.ProvinceOfficer, Role.Leader, Role.SteeringCommittee, Role.TechnologyTeam, Role.Volunteer, Role.Inspector],
        [Role.Administrator] = [.. Enum.GetValues<Role>()],
    };

    /// <summary>Roles that an officer may give to somebody of another organisation: the IT team across agencies, and the inspector.</summary>
    public static readonly IReadOnlyList<Role> OfGuests = [Role.TechnologyTeam, Role.Inspector];

    /// <summary>Roles that show no person.</summary>
    public static readonly short[] Faceless = [(short)Role.Leader, (short)Role.SteeringCommittee, (short)Role.Administrator, (short)Role.TechnologyTeam, (short)Role.Volunteer];

    private static readonly Dictionary<Permission, short[]> ByPermission = Enum.GetValues<Permission>().ToDictionary(
        permission => permission,
        permission => permission is Permission.SignedIn or Permission.Anyone
            ? Enum.GetValues<Role>().Select(role => (short)role).ToArray()
            : permission is Permission.Staff ? [.. Enum.GetValues<Role>().Where(IsStaff).Select(role => (short)role)]
            : [.. Table.Where(row => row.Value.Contains(permission)).Select(row => (short)row.Key)]);

    /// <summary>The roles that open a door.</summary>
    public static short[] With(Permission permission) => ByPermission[permission];

    public static bool Opens(IEnumerable<int> roles, Permission permission) =>
        permission is Permission.SignedIn or Permission.Anyone || roles.Any(role => permission is Permission.Staff ? IsStaff((Role)role) : Table.TryGetValue((Role)role, out var may) && may.Contains(permission));

    private static bool IsStaff(Role role) => role != Role.Volunteer;

    /// <summary>The roles of those who could act on somebody with these roles: each alone manages accounts and could give all of them.</summary>
    public static short[] MayActOn(IReadOnlyList<int> held) =>
        [.. With(Permission.ManageAccounts).Where(role => held.All(of => Gives.GetValueOrDefault((Role)role, []).Contains((Role)of)))];

    /// <summary>The roles that somebody with these roles may give.</summary>
    public static IReadOnlyList<Role> MayGive(IEnumerable<int> roles) =>
        [.. roles.SelectMany(role => Gives.GetValueOrDefault((Role)role, [])).Distinct().Order()];
}
