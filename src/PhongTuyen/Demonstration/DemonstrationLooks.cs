using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Demonstration;

/// <summary>Three weeks of looks at the people of a camp: ordinary ones, and one night on which its clerk opened far more than ever. What supervision is there to show.</summary>
internal sealed class DemonstrationLooks(DemonstrationProvince province, IServiceProvider services, TimeProvider clock)
{
    private const int Days = 20;

    /// <summary>Whose last night stands out.</summary>
    public const string Curious = "nhap-lieu";

    public async Task MakeAsync(CancellationToken ct)
    {
        foreach (var (name, unit, usual) in new[] { (Curious, "KCL-HS", 14), ("quan-ly-khu", "KCL-HS", 9), ("nhap-lieu-st", "KCL-ST", 12) })
        {
            var looks = new List<(DateTimeOffset At, int Person)>();
            for (var back = Days; back >= 1; back--)
                for (var i = 0; i < usual + back % 4; i++) looks.Add((clock.Today().AddDays(-back).AtLocal().AddHours(7 + i % 9).AddMinutes(3 * i), back + i));
            if (name == Curious)
            {
                for (var i = 0; i < 62; i++) looks.Add((clock.Today().AddDays(-1).AtLocal().AddHours(1).AddMinutes(i), i));
                for (var i = 0; i < 12; i++) looks.Add((clock.Today().AddDays(-1).AtLocal().AddHours(2.5).AddMinutes(i), 7));
            }
            await SeenAsync(name, province.Unit(unit), looks, ct);
        }
    }

    private async Task SeenAsync(string account, UnitId unit, List<(DateTimeOffset At, int Person)> looks, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(province.Account(account), Roles.With(Permission.SeePersons), Roles.Faceless, ct) is null) throw new InvalidOperationException($"No account {account}.");
        var persons = await db.Connection.RowsAsync("SELECT DISTINCT person_id FROM pt.quarantine_stay WHERE unit_id = $1 ORDER BY person_id", r => r.GetGuid(0), ct, unit.Value);
        // Ids begin with their time, as those of every row of the audit.
        await db.Connection.RunAsync("""
            INSERT INTO pt.audit_event (id, at, account_id, unit_id, act, subject_kind, subject_id, persons)
            SELECT x.id, x.at, $3, $4, 'person.seen', 'person', x.person::text, ARRAY[x.person] FROM unnest($1::uuid[], $2::timestamptz[], $5::uuid[]) x(id, at, person)
            """, ct, looks.Select(look => Guid.CreateVersion7(look.At)).ToArray(), looks.Select(look => look.At).ToArray(), province.Account(account).Value, unit.Value, looks.Select(look => persons[look.Person % persons.Count]).ToArray());
        await db.CommitAsync(ct);
    }
}
