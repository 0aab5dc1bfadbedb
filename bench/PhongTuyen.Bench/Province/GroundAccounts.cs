using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Bench.Province;

/// <summary>
/// An account of every role: a clerk for each facility and station (<c>nl-CODE</c>), a head for each facility (<c>ql-CODE</c>), an officer
/// for each district (<c>huyen-CODE</c>), and <c>bd-tinh</c>, <c>bd-lanh-dao</c>, <c>bd-ban-chi-dao</c>, <c>bd-quan-tri</c>; besides, clerks of many houses and stations, each with a role of its own
/// (<c>bd-20</c>, <c>bd-700</c>: all there are). One password for all: they exist only here.
/// </summary>
internal static class GroundAccounts
{
    public const string Password = "chi-de-do-tren-ban-do";

    public static async Task MakeAsync(ProvinceLoader loader, NpgsqlConnection connection, IReadOnlyList<GroundUnit> units, CancellationToken ct)
    {
        using (var accounts = new TableCopy(loader, "account", "id, user_name, display_name, unit_id, must_change_password, issued, created_at"))
        using (var secrets = new TableCopy(loader, "account_secret", "account_id, password_hash, security_stamp"))
        using (var grants = new TableCopy(loader, "account_grant", "id, account_id, role, unit_id, area_id, since, given_at"))
        {
            var (now, hash) = (loader.Clock.GetUtcNow(), Passwords.Hash(Password));
            void Account(Guid id, string name, GroundUnit unit, Role role, bool overUnit, int? area)
            {
                accounts.Row(id, name.ToLowerInvariant(), $"{role} {unit.Code}", unit.Id, false, true, now);
                secrets.Row(id, hash, loader.Clock.NewGuid().ToString("N"));
                if (overUnit) grants.Row(loader.Clock.NewGuid(), id, (short)role, unit.Id, null, now.AddDays(-400), now);
                if (area is { } over) grants.Row(loader.Clock.NewGuid(), id, (short)role, null, over, now.AddDays(-400), now);
            }
            foreach (var unit in units)
            {
                var (clerk, other) = (unit.Clerk, loader.Clock.NewGuid());
                switch (unit.Kind)
                {
                    case UnitKind.HealthDepartment:
                        Account(clerk, "bd-tinh", unit, Role.ProvinceOfficer, true, unit.Area.Province.Value);
                        Account(other, "bd-lanh-dao", unit, Role.Leader, false, unit.Area.Province.Value);
                        Account(loader.Clock.NewGuid(), "bd-quan-tri", unit, Role.Administrator, true, unit.Area.Province.Value);
                        break;
                    case UnitKind.SteeringCommittee: Account(clerk, "bd-ban-chi-dao", unit, Role.SteeringCommittee, false, unit.Area.Province.Value); break;
                    case UnitKind.DistrictHealthCentre: Account(clerk, $"huyen-{unit.Code}", unit, Role.DistrictOfficer, true, unit.Area.District.Value); break;
                    case UnitKind.HealthStation: Account(clerk, $"nl-{unit.Code}", unit, Role.Clerk, true, unit.Area.Commune.Value); break;
                    default:
                        Account(clerk, $"nl-{unit.Code}", unit, Role.Clerk, true, null);
                        Account(other, $"ql-{unit.Code}", unit, Role.UnitHead, true, null);
                        break;
                }
            }
            // Roles over single units, as mergers and teams leave them: as many subtrees as roles.
            var single = units.Where(unit => unit.Kind is not (UnitKind.HealthDepartment or UnitKind.SteeringCommittee)).ToList();
            foreach (var (name, many) in new[] { ("bd-20", 20), ("bd-700", single.Count) })
            {
                var id = loader.Clock.NewGuid();
                Account(id, name, single[0], Role.Clerk, false, null);
                foreach (var unit in single.Where((_, i) => i % (single.Count / many) == 0).Take(many)) grants.Row(loader.Clock.NewGuid(), id, (short)Role.Clerk, unit.Id, null, now.AddDays(-400), now);
            }
            accounts.Complete();
            secrets.Complete();
            grants.Complete();
        }
        await connection.RunAsync("SELECT pt.write_rights(NULL)", ct);
    }
}
