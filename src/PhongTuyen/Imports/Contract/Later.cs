using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports.Contract;

/// <summary>What came after an import and depends on what it made.</summary>
/// <param name="What">In words of the audit: <c>stay</c>, <c>transfer</c> … (texts <c>depends.</c>).</param>
/// <param name="Persons">About whom, the first of them; empty where it is about nobody, or nobody who may be named.</param>
/// <param name="Units">The facilities that it is about, the first of them.</param>
public sealed record Later(string What, int Many, IReadOnlyList<PersonId> Persons, IReadOnlyList<UnitId> Units)
{
    /// <summary>So many of one kind are named; all are counted.</summary>
    public const int Named = 20;

    /// <summary>Asks for each kind. Those of which there is nothing are left out.</summary>
    /// <param name="kinds">With a query of the import $1 that answers one column, <c>person</c>: a line for each dependent.</param>
    public static async Task<List<Later>> OfAsync(ImportContext context, CancellationToken ct, params (string What, string Sql)[] kinds)
    {
        var found = new List<Later>();
        foreach (var (what, sql) in kinds)
        {
            var (many, persons) = await context.Db.Connection.RowAsync($"SELECT count(*)::int, coalesce((array_agg(DISTINCT person))[1:{Named}], '{{}}') FROM ({sql}) later(person)", r => (r.GetInt32(0), r.GetFieldValue<Guid[]>(1)), ct, context.Id.Value);
            if (many > 0) found.Add(new Later(what, many, [.. persons.Select(person => new PersonId(person))], []));
        }
        return found;
    }
}
