using PhongTuyen.Data;
using PhongTuyen.Formats.Files;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>The files of a batch, for its unit and for who types from them; and one of them, opened.</summary>
public sealed class PaperFilesList(Db db, PaperSeals seals)
{
    /// <param name="Papers">Typed from it.</param>
    /// <param name="Forgotten">What was in it is gone.</param>
    public sealed record Row(Guid Id, FileKind Kind, int Bytes, int Papers, DateTimeOffset EnteredAt, bool Forgotten);

    /// <param name="Persons">Those who were made of papers that were typed from it, as far as the visitor sees the papers.</param>
    public sealed record Opened(Guid Batch, Guid Id, FileKind Kind, byte[] Content, IReadOnlyList<PersonId> Persons);

    /// <summary>In the order in which they were sent. A batch has at most <see cref="PaperSettings.FilesMost"/>.</summary>
    public Task<List<Row>> OfBatchAsync(Guid batch, CancellationToken ct) => db.Connection.RowsAsync("SELECT id, kind, bytes, papers, entered_at, print IS NULL FROM pt.paper_file WHERE batch_id = $1 ORDER BY no",
        r => new Row(r.GetGuid(0), (FileKind)r.GetInt16(1), r.GetInt32(2), r.GetInt32(3), r.GetFieldValue<DateTimeOffset>(4), r.GetBoolean(5)), ct, batch);

    /// <summary>How many there are, and from how many nobody typed.</summary>
    public Task<(int All, int Left)> CountAsync(Guid batch, CancellationToken ct) => db.Connection.RowAsync("SELECT count(*)::int, count(*) FILTER (WHERE papers = 0 AND print IS NOT NULL)::int FROM pt.paper_file WHERE batch_id = $1", r => (r.GetInt32(0), r.GetInt32(1)), ct, batch);

    /// <summary>Null: not there, forgotten, or not the visitor's.</summary>
    public async Task<Opened?> OpenAsync(Guid batch, Guid file, CancellationToken ct)
    {
        var persons = await db.Connection.RowsAsync("SELECT DISTINCT person_id FROM pt.paper_entry WHERE file_id = $1 AND person_id IS NOT NULL", r => new PersonId(r.GetGuid(0)), ct, file);
        return Open(await db.Connection.RowAsync("SELECT id, batch_id, kind, content FROM pt.paper_file WHERE id = $1 AND batch_id = $2", r => new Opened(r.GetGuid(1), r.GetGuid(0), (FileKind)r.GetInt16(2), r.GetFieldValue<byte[]>(3), persons), ct, file, batch));
    }

    /// <summary>Of a paper that the visitor is to type again, and as long as it waits for them.</summary>
    public async Task<Opened?> OpenAgainAsync(Guid batch, Guid entry, CancellationToken ct) =>
        Open(await db.Connection.RowAsync("SELECT f.id, f.batch_id, f.kind, f.content FROM pt.paper_again_file($1) f WHERE f.batch_id = $2", r => new Opened(r.GetGuid(1), r.GetGuid(0), (FileKind)r.GetInt16(2), r.GetFieldValue<byte[]>(3), []), ct, entry, batch));

    private Opened? Open(Opened? found) => found is { Content.Length: > 0 } ? found with { Content = seals.OpenFile(found.Id, found.Content) } : null;

    /// <summary>The next one to be typed: behind this one the first from which nobody typed, else the first of all such; null: all are typed.</summary>
    public static Guid? Next(IReadOnlyList<Row> files, Guid? behind)
    {
        var at = behind is { } id ? files.ToList().FindIndex(row => row.Id == id) : -1;
        return files.Skip(at + 1).Concat(files.Take(at + 1)).FirstOrDefault(row => row is { Papers: 0, Forgotten: false })?.Id;
    }
}
