using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Supervision;
using PhongTuyen.Tests.House;

namespace PhongTuyen.Tests.Supervision;

/// <summary>Rows of the audit as looks leave them, on whatever day and hour a test needs.</summary>
public static class Looks
{
    /// <param name="At">When, in Viet Nam.</param>
    /// <param name="Rows">Of a file.</param>
    public sealed record Look(AccountId By, UnitId Unit, string Act, DateTime At, PersonId? Person = null, int Persons = 0, int? Rows = null);

    public static async Task PlantAsync(this TestHouse house, IReadOnlyCollection<Look> looks)
    {
        await using var connection = await house.Direct.OpenConnectionAsync();
        await connection.RunAsync("""
            INSERT INTO pt.audit_event (id, at, account_id, unit_id, act, subject_kind, subject_id, persons, detail)
            SELECT x.id, x.at AT TIME ZONE 'Asia/Ho_Chi_Minh', x.account, x.unit, x.act, CASE WHEN x.person IS NULL THEN 'list' ELSE 'person' END, coalesce(x.person::text, 'stays'),
              CASE WHEN x.person IS NULL THEN coalesce((SELECT array_agg(gen_random_uuid()) FROM generate_series(1, x.persons)), '{}') ELSE ARRAY[x.person] END, CASE WHEN x.n IS NULL THEN '{}' ELSE '{"Rows":' || x.n || '}' END
            FROM unnest($1::uuid[], $2::timestamp[], $3::uuid[], $4::int[], $5::text[], $6::uuid[], $7::int[], $8::int[]) x(id, at, account, unit, act, person, persons, n)
            """, CancellationToken.None, looks.Select(_ => house.Clock.NewGuid()).ToArray(), looks.Select(look => look.At).ToArray(), looks.Select(look => look.By.Value).ToArray(), looks.Select(look => look.Unit.Value).ToArray(), looks.Select(look => look.Act).ToArray(),
            looks.Select(look => look.Person?.Value).ToArray(), looks.Select(look => look.Persons).ToArray(), looks.Select(look => look.Rows).ToArray());
    }

    /// <summary>So many records opened on a day, each of somebody else, from 9 o'clock on.</summary>
    public static IEnumerable<Look> Opened(AccountId by, UnitId unit, DateOnly day, int n, int hour = 9) =>
        Enumerable.Range(0, n).Select(i => new Look(by, unit, "person.seen", day.ToDateTime(new TimeOnly(hour, i % 60)), new PersonId(Guid.CreateVersion7())));

    /// <summary>Seals what is there, counts it and judges the days.</summary>
    public static async Task CountAsync(this TestHouse house)
    {
        await house.SealAllAsync();
        await house.Get<SupervisionWorker>().RunAsync(CancellationToken.None);
    }
}
