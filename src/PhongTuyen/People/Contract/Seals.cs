using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Contract;

/// <summary>Sealed records (hồ sơ niêm phong): those who are named for one see the person, nobody else.</summary>
public static class Seals
{
    /// <summary>SQL of what a list shows of a person joined as <c>p</c>: name, else code; empty where the record is sealed, for then the join finds nobody.</summary>
    public const string Shown = "CASE WHEN p.id IS NULL THEN '' ELSE coalesce(p.name, p.code, '?') END";

    /// <summary>Whether the person's record is sealed and the visitor not named for it.</summary>
    public static Task<bool> SealedAsync(this Db db, PersonId person, CancellationToken ct) => db.Connection.ValueAsync<bool>("SELECT pt.sealed_to_me($1)", ct, person.Value);

    public static Problem Problem() => new("person.sealed", 409, "This record is sealed: only those who are named for it may act on it. Ask whoever sealed it, or open it in an emergency.");
}
