using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Audit;

/// <summary>
/// Writes the audit rows of a change in its own transaction: no row, no act. A row holds ids, field names and salted hashes; the values
/// before and after stand in a side table, so that erasing a person does not break the chain of seals.
/// </summary>
internal static class AuditTrail
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Harmless = new();

    public static async Task WriteAsync(Db db, AuditStore store, Visitor visitor, IReadOnlyList<Telling> acts, IReadOnlyList<EntityEntry> changed, CancellationToken ct)
    {
        if (acts.Count == 0) return;
        // What changed stands with its act; what is tracked, with the first act of a save: the others were consequences that listeners told.
        var rows = acts.Select((act, i) => (Act: act, Id: db.Clock.NewGuid(), i)).Select(row => (row.Act, row.Id, Changes: row.Act.Changes.SelectMany(change => ChangedValue.Of(row.Id, change)).Concat(row.i == 0 ? ChangedValue.Of(row.Id, changed) : []).ToList())).ToList();
        object?[] values = [db.Clock.GetUtcNow(), visitor.Account.Value, visitor.Session, visitor.Unit.Value,
            rows.Select(row => row.Id).ToArray(), rows.Select(row => row.Act.Act).ToArray(), rows.Select(row => row.Act.Event.Subject.Kind).ToArray(), rows.Select(row => Bounded(row.Act.Event.Subject.Id)).ToArray(),
            rows.Select(row => $"{{{string.Join(',', row.Act.Event.Persons.Select(person => person.Value).Distinct())}}}").ToArray(), rows.Select(row => row.Act.Purpose).ToArray(), rows.Select(row => Detail(row.Act.Event, row.Changes)).ToArray()];
        // Work that is done later in a name is not somebody at a screen.
        if (visitor.Session is not null && db.Looks is { } limit && acts.Any(act => act.Event is ISight)) await LookAsync(db, store, acts, values, limit.PersonsAnHour(visitor.Roles), ct);
        // However many: a list that is taken in tells of a thousand persons at once.
        else await store.WriteAsync(db.Connection, AuditStore.Events, """
            INSERT INTO pt.audit_event (id, at, account_id, session_id, unit_id, act, subject_kind, subject_id, persons, purpose, detail)
            SELECT x.id, $1, $2, $3, $4, x.act, x.kind, x.subject, x.persons::uuid[], x.purpose, x.detail
            FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]) x(id, act, kind, subject, persons, purpose, detail)
            """, ct, values);
        await ChangedValue.InsertAsync(db, store, [.. rows.SelectMany(row => row.Changes)], ct);
    }

    /// <summary>The same where persons were seen: who is opened is counted in the one statement, and where the account is stopped it says that they were asked for and not shown. Whom an opening in an emergency shows is marked with it.</summary>
    private static async Task LookAsync(Db db, AuditStore store, IReadOnlyList<Telling> acts, object?[] values, int most, CancellationToken ct)
    {
        Guid[] Persons(bool all) => [.. acts.Where(act => act.Event is ISight sight && (all || sight.Opens)).SelectMany(act => act.Event.Persons).Select(person => person.Value).Distinct()];
        var stopped = (int)(await store.WriteAsync(db.Connection, AuditStore.Events, """
            WITH looked AS MATERIALIZED (SELECT pt.look($13, $14, $1) AS stop, pt.opening_of($15) AS opening),
            written AS (
              INSERT INTO pt.audit_event (id, at, account_id, session_id, unit_id, act, subject_kind, subject_id, persons, purpose, detail)
              SELECT x.id, $1, $2, $3, $4, CASE WHEN hidden THEN 'asked.not-shown' ELSE x.act END, x.kind, x.subject, CASE WHEN hidden THEN '{}' ELSE x.persons::uuid[] END, x.purpose,
                CASE WHEN x.sight AND opening IS NOT NULL THEN (x.detail::jsonb || jsonb_build_object('Opening', opening))::text ELSE x.detail END
              FROM looked, unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::boolean[]) x(id, act, kind, subject, persons, purpose, detail, sight), LATERAL (SELECT x.sight AND stop > 0) h(hidden))
            SELECT stop FROM looked
            """, ct, [.. values, acts.Select(act => act.Event is ISight).ToArray(), Persons(false), most, Persons(true)]))!;
        db.LooksStopped |= stopped > 0;
        if (stopped == ToStop) db.Tell(new LooksStopped(db.Visitor!.Account, most));
    }

    // pt.look: the account is not stopped yet, and is to be now.
    private const int ToStop = 2;

    /// <summary>
    /// What it was about, of a size that its index takes whatever was asked for: a choice of many is its first ids, how many there are, and a hash by which the same choice is known again.
    /// </summary>
    internal static string Bounded(string subject)
    {
        if (subject.Length <= SubjectMost) return subject;
        var parts = subject.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Create(CultureInfo.InvariantCulture, $"{VietnameseText.Cut(string.Join(' ', parts.Take(3)), SubjectBegins)} … {parts.Length} #{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..16]}");
    }

    // Characters; three ids are 110.
    private const int SubjectMost = 200, SubjectBegins = 120;

    /// <summary>Ids, days, numbers and choices of the event; no text that somebody typed.</summary>
    private static string Detail(IEvent told, IReadOnlyList<ChangedValue> changes)
    {
        var detail = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in Harmless.GetOrAdd(told.GetType(), HarmlessOf))
            if (property.GetValue(told) is { } value) detail[property.Name] = value is Enum choice ? choice.ToString() : value;
        if (changes.Count > 0) detail["changed"] = changes.Select(change => change.Named).ToArray();
        return JsonSerializer.Serialize(detail);
    }

    private static PropertyInfo[] HarmlessOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name is not (nameof(IEvent.Persons) or nameof(IEvent.Subject)) && IsHarmless(property.PropertyType))];

    private static bool IsHarmless(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum || type == typeof(int) || type == typeof(bool) || type == typeof(Guid) || type == typeof(DateOnly) || type == typeof(DateTimeOffset)
            || type.GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IGuidId<>) || i.GetGenericTypeDefinition() == typeof(IIntId<>)));
    }
}

/// <summary>One field of one row that was changed, with what it was before.</summary>
internal sealed record ChangedValue(Guid Audit, string Entity, string EntityId, string Field, Guid? Person, byte[] Salt, string? Before, string? After)
{
    /// <summary>What the audit row keeps of it: it proves the side table's values without telling them.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData([.. Salt, .. Encoding.UTF8.GetBytes($"{Before}\u0001{After}")]))[..32];

    /// <summary>As it stands in the audit row: of which field of which row and person, and the hash.</summary>
    internal string[] Named => [Entity, EntityId, Field, Hash, Person?.ToString() ?? ""];

    /// <summary>Whether the audit row, by its detail, tells of this very value. The first rows did not name the person.</summary>
    public bool StandsIn(string detail)
    {
        try
        {
            using var json = JsonDocument.Parse(detail);
            return json.RootElement.TryGetProperty("changed", out var changed) && changed.EnumerateArray().Any(one => one.EnumerateArray().Select(part => part.GetString()).ToArray() is { Length: 4 or 5 } parts && parts.SequenceEqual(Named.Take(parts.Length)));
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    public static List<ChangedValue> Of(Guid audit, IReadOnlyList<EntityEntry> changed)
    {
        var values = new List<ChangedValue>();
        foreach (var entry in changed.Where(entry => entry.State == EntityState.Modified))
        {
            var key = string.Join(',', entry.Metadata.FindPrimaryKey()!.Properties.Select(property => entry.Property(property.Name).OriginalValue));
            var person = entry.Metadata.FindProperty("PersonId") is { } of ? (entry.Property(of.Name).CurrentValue as PersonId?)?.Value : entry.Metadata.FindProperty("Id") is { } id && entry.Property(id.Name).CurrentValue is PersonId self ? self.Value : (Guid?)null;
            foreach (var property in entry.Properties.Where(property => property.IsModified && property.Metadata.Name != "Version" && !Equals(property.OriginalValue, property.CurrentValue)))
                values.Add(new(audit, entry.Metadata.GetTableName()!, key, property.Metadata.GetColumnName(), person, RandomNumberGenerator.GetBytes(16), Text(property.OriginalValue), Text(property.CurrentValue)));
        }
        return values;
    }

    /// <summary>Of a row that plain SQL wrote.</summary>
    public static IEnumerable<ChangedValue> Of(Guid audit, RowChange change) =>
        change.Fields.Where(field => !Equals(field.Before, field.After)).Select(field => new ChangedValue(audit, change.Table, change.Key, field.Column, change.Person.Value, RandomNumberGenerator.GetBytes(16), Text(field.Before), Text(field.After)));

    public static async Task InsertAsync(Db db, AuditStore store, IReadOnlyList<ChangedValue> values, CancellationToken ct)
    {
        if (values.Count == 0) return;
        await store.WriteAsync(db.Connection, AuditStore.Values, """
            INSERT INTO pt.audit_value (audit_id, entity, entity_id, field, person_id, salt, before, after)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::bytea[], $7::text[], $8::text[])
            """, ct, values.Select(value => value.Audit).ToArray(), values.Select(value => value.Entity).ToArray(), values.Select(value => value.EntityId).ToArray(), values.Select(value => value.Field).ToArray(),
            values.Select(value => value.Person).ToArray(), values.Select(value => value.Salt).ToArray(), values.Select(value => value.Before).ToArray(), values.Select(value => value.After).ToArray());
    }

    /// <summary>Sealed fields stay sealed here too.</summary>
    private static string? Text(object? value) => value switch
    {
        null => null,
        byte[] sealedValue => Convert.ToBase64String(sealedValue),
        string[] many => string.Join(' ', many),
        Enum choice => choice.ToString(),
        _ => Words.Show(value),
    };
}
