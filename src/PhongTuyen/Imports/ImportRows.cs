using System.Globalization;
using System.Text.Json;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>The rows of a file in the database, sealed: they hold document numbers and telephones.</summary>
public sealed class ImportRows(Db db, FieldCipher cipher)
{
    private const int Batch = 2000;

    /// <summary>One row as stored.</summary>
    /// <param name="Cells">As many as the file has headers.</param>
    public sealed record Stored(int Number, string[] Cells, RowVerdict Verdict, string Problems, PersonId? Person)
    {
        /// <summary>Column → what the file holds there, where that is of an alphabet from before Unicode.</summary>
        public IReadOnlyDictionary<int, string> Typed { get; init; } = NothingTyped;
    }

    private static readonly Dictionary<int, string> NothingTyped = [];

    /// <summary>Says what was made of the texts.</summary>
    public async Task<FileReading> StoreAsync(ImportId import, UnitId unit, AreaKeys area, Sheet sheet, CancellationToken ct)
    {
        var (converted, above) = (new Dictionary<LegacyLetters, int>(), 0);
        foreach (var batch in sheet.Rows.Chunk(Batch))
        {
            foreach (var cell in batch.SelectMany(row => row.Cells).Where(cell => cell.Has(CellMarks.Converted | CellMarks.FromAbove)))
            {
                var letters = cell.Has(CellMarks.Tcvn3Font) ? LegacyLetters.Tcvn3 : cell.Has(CellMarks.VniFont) ? LegacyLetters.Vni : sheet.Letters;
                if (cell.Has(CellMarks.Converted)) converted[letters] = converted.GetValueOrDefault(letters) + 1;
                if (cell.Has(CellMarks.FromAbove)) above++;
            }
            await db.Connection.RunAsync("""
                INSERT INTO pt.import_row (import_id, number, unit_id, province_id, district_id, commune_id, cells, row_key)
                SELECT $1, n, $2, $3, $4, $5, c, '' FROM unnest($6::int[], $7::bytea[]) x(n, c)
                """, ct, import.Value, unit.Value, area.Province.Value, area.District.Value, area.Commune.Value,
                batch.Select(row => row.Number).ToArray(), batch.Select(row => Seal(import, row.Number, [.. row.Cells.Select(Text)])).ToArray());
        }
        if (sheet.RowCount > Batch) await db.Connection.RunAsync("SELECT pt.count_import_rows()", ct);
        return new FileReading(converted.Count == 0 ? sheet.Letters : converted.MaxBy(pair => pair.Value).Key, converted.Values.Sum(), above) { TypedHeaders = sheet.TypedHeader };
    }

    /// <summary>The same rows, their old texts read in another alphabet: what the file holds is kept beside what was made of it.</summary>
    public async Task ReadAsAsync(ImportId import, LegacyLetters letters, CancellationToken ct)
    {
        for (var after = 0; ;)
        {
            var batch = await db.Connection.RowsAsync("SELECT number, cells FROM pt.import_row WHERE import_id = $1 AND number > $2 ORDER BY number LIMIT $3",
                r => (Number: r.GetInt32(0), Cells: OpenAll(import, r.GetInt32(0), r.GetFieldValue<byte[]>(1))), ct, import.Value, after, Batch);
            if (batch.Count == 0) return;
            after = batch[^1].Number;
            var old = batch.FindAll(row => row.Cells.Any(cell => cell.StartsWith(TypedMark)));
            await db.Connection.RunAsync("UPDATE pt.import_row r SET cells = x.c, verdict = 0, problems = '[]', row_key = '', person_id = NULL FROM unnest($2::int[], $3::bytea[]) x(n, c) WHERE r.import_id = $1 AND r.number = x.n", ct,
                import.Value, old.Select(row => row.Number).ToArray(), old.Select(row => Seal(import, row.Number, [.. row.Cells.Select(cell => cell.StartsWith(TypedMark) ? Typed(TypedOf(cell), LegacyText.Read(TypedOf(cell), letters)) : cell)])).ToArray());
        }
    }

    /// <summary>Stands before what the spreadsheet held as a number: a document number has lost its leading zeros then.</summary>
    internal const char NumberMark = '\uE000';

    /// <summary>Stands before and behind what the file holds, where that was put into Unicode; the Unicode follows.</summary>
    private const char TypedMark = '\uE001';

    private static string Typed(string typed, string read) => $"{TypedMark}{typed}{TypedMark}{VietnameseText.Clean(read)}";

    private static string TypedOf(string cell) => cell[1..cell.IndexOf(TypedMark, 1)];

    private static string Text(CellValue cell)
    {
        if (cell.Typed is { } typed) return Typed(typed.Replace(TypedMark.ToString(), "", StringComparison.Ordinal), cell.Text);
        var text = (VietnameseText.Clean(cell.Text) ?? "").TrimStart(TypedMark);
        return cell.Has(CellMarks.NumberStoredAsNumber) && text.All(char.IsAsciiDigit) ? NumberMark + text : text;
    }

    /// <summary>A cell as people see it.</summary>
    public static string Shown(string cell) => cell.TrimStart(NumberMark);

    /// <summary>Whether the spreadsheet held it as a number.</summary>
    public static bool WasNumber(string cell) => cell.StartsWith(NumberMark);

    /// <summary>Rows in the order of the file, behind a number.</summary>
    /// <param name="verdict">Null: all.</param>
    public Task<List<Stored>> ReadAsync(ImportId import, int after, int most, RowVerdict? verdict, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT number, cells, verdict, problems, person_id FROM pt.import_row
        WHERE import_id = $1 AND number > $2 AND ($4::smallint IS NULL OR verdict = $4) ORDER BY number LIMIT $3
        """, r => Read(import, r), ct, import.Value, after, most, (short?)verdict);

    /// <summary>Single rows by their numbers.</summary>
    public async Task<List<Stored>> NumberedAsync(ImportId import, IReadOnlyCollection<int> numbers, CancellationToken ct) => numbers.Count == 0 ? []
        : await db.Connection.RowsAsync("SELECT number, cells, verdict, problems, person_id FROM pt.import_row WHERE import_id = $1 AND number = ANY ($2)", r => Read(import, r), ct, import.Value, numbers.ToArray());

    /// <summary>The same for rows r of a condition, with its values from $2 on.</summary>
    internal Task<List<Stored>> WhereAsync(ImportId import, int after, int most, string condition, CancellationToken ct, params NpgsqlParameter[] values) => db.Connection.RowsAsync(
        string.Create(CultureInfo.InvariantCulture, $"SELECT r.number, r.cells, r.verdict, r.problems, r.person_id FROM pt.import_row r WHERE r.import_id = $1{condition} AND r.number > {after} ORDER BY r.number LIMIT {most}"),
        r => Read(import, r), ct, [import.Value, .. values]);

    private Stored Read(ImportId import, NpgsqlDataReader r) => Opened(import, r.GetInt32(0), r.GetFieldValue<byte[]>(1)) with
    {
        Verdict = (RowVerdict)r.GetInt16(2), Problems = r.GetString(3), Person = r.Maybe<Guid>(4) is { } person ? new PersonId(person) : null,
    };

    /// <summary>The cells alone.</summary>
    internal Stored Opened(ImportId import, int number, byte[] sealedCells)
    {
        var cells = OpenAll(import, number, sealedCells);
        Dictionary<int, string>? typed = null;
        for (var i = 0; i < cells.Length; i++)
        {
            if (!cells[i].StartsWith(TypedMark)) continue;
            (typed ??= [])[i] = TypedOf(cells[i]);
            cells[i] = cells[i][(cells[i].IndexOf(TypedMark, 1) + 1)..];
        }
        return new Stored(number, cells, RowVerdict.Ready, "[]", null) { Typed = typed ?? NothingTyped };
    }

    /// <summary>Writes what was found out about many rows.</summary>
    public Task WriteAsync(ImportId import, IReadOnlyList<ImportedRow> rows, CancellationToken ct) => db.Connection.RunAsync("""
        UPDATE pt.import_row r SET verdict = x.v, problems = x.p, row_key = x.k, person_id = x.person
        FROM unnest($2::int[], $3::smallint[], $4::text[], $5::bytea[], $6::uuid[]) x(n, v, p, k, person) WHERE r.import_id = $1 AND r.number = x.n
        """, ct, import.Value, rows.Select(row => row.Number).ToArray(), rows.Select(row => (short)row.Verdict).ToArray(), rows.Select(ProblemsOf).ToArray(),
        rows.Select(row => row.Keys[0]).ToArray(), rows.Select(row => row.Person.Value == Guid.Empty ? (Guid?)null : row.Person.Value).ToArray());

    /// <summary>An accepted row of another file.</summary>
    public sealed record Known(string FileName, DateOnly Day, int Number, PersonId? Person);

    /// <summary>Of these keys, those that an accepted row of another file has.</summary>
    public async Task<Dictionary<byte[], Known>> KnownAsync(ImportId import, IEnumerable<byte[]> keys, CancellationToken ct) => (await db.Connection.RowsAsync("""
        SELECT DISTINCT ON (r.row_key) r.row_key, i.file_name, i.created_at, r.number, r.person_id
        FROM pt.import_row r JOIN pt.import_run i ON i.id = r.import_id WHERE r.row_key = ANY ($2) AND r.verdict = 1 AND r.import_id <> $1 ORDER BY r.row_key, i.created_at
        """, r => (Key: r.GetFieldValue<byte[]>(0), Row: new Known(r.GetString(1), r.GetFieldValue<DateTimeOffset>(2).LocalDay(), r.GetInt32(3), r.Maybe<Guid>(4) is { } person ? new PersonId(person) : null)), ct, import.Value, keys.ToArray()))
        .ToDictionary(found => found.Key, found => found.Row, ByteArrays.Comparer);

    /// <summary>Who was taken in with the next rows behind a number, up to the first that still waits; with the number of the last of these rows.</summary>
    public async Task<(int? Last, IReadOnlyList<PersonId> Persons)> TakenAsync(ImportId import, int after, int most, CancellationToken ct)
    {
        var settled = (await db.Connection.RowsAsync("SELECT number, verdict, person_id FROM pt.import_row WHERE import_id = $1 AND number > $2 ORDER BY number LIMIT $3",
            r => (Number: r.GetInt32(0), Verdict: (RowVerdict)r.GetInt16(1), Person: r.Maybe<Guid>(2)), ct, import.Value, after, most)).TakeWhile(row => row.Verdict != RowVerdict.Ready).ToList();
        return (settled.Count == 0 ? null : settled[^1].Number, [.. settled.Where(row => row is { Verdict: RowVerdict.Accepted, Person: not null }).Select(row => new PersonId(row.Person!.Value)).Distinct()]);
    }

    /// <summary>The next rows behind a number that were taken in, and whom they are about.</summary>
    public Task<List<(int Number, PersonId Person)>> TakenInAsync(ImportId import, int after, int most, CancellationToken ct) =>
        db.Connection.RowsAsync("SELECT number, person_id FROM pt.import_row WHERE import_id = $1 AND number > $2 AND verdict = 1 ORDER BY number LIMIT $3", r => (r.GetInt32(0), new PersonId(r.GetGuid(1))), ct, import.Value, after, most);

    /// <summary>All as if they had never been judged.</summary>
    public async Task ForgetAsync(ImportId import, CancellationToken ct)
    {
        var last = await db.Connection.ValueAsync<int?>("SELECT max(number) FROM pt.import_row WHERE import_id = $1", ct, import.Value) ?? 0;
        for (var after = 0; after < last; after += 10 * Batch)
            await db.Connection.RunAsync("UPDATE pt.import_row SET verdict = 0, problems = '[]', row_key = '', person_id = NULL WHERE import_id = $1 AND number > $2 AND number <= $3 AND (verdict <> 0 OR problems <> '[]')", ct, import.Value, after, after + 10 * Batch);
    }

    public sealed record Counts(int Read, int Ready, int Accepted, int Duplicate, int Rejected);

    public async Task<Counts> CountAsync(ImportId import, CancellationToken ct) => (await db.Connection.RowAsync("""
        SELECT count(*)::int, count(*) FILTER (WHERE verdict = 0)::int, count(*) FILTER (WHERE verdict = 1)::int, count(*) FILTER (WHERE verdict = 2)::int, count(*) FILTER (WHERE verdict = 3)::int
        FROM pt.import_row WHERE import_id = $1
        """, r => new Counts(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), ct, import.Value))!;

    private static string ProblemsOf(ImportedRow row) => row.Problems.Count == 0 ? "[]"
        : JsonSerializer.Serialize(row.Problems.Select(problem => new StoredProblem(problem.Code, problem.Status, problem.Sentence, problem.Field, problem.Details)));

    private sealed record StoredProblem(string Code, int Status, string Sentence, string? Field, IReadOnlyDictionary<string, string> Details);

    public static IReadOnlyList<Problem> ReadProblems(string stored) =>
        [.. JsonSerializer.Deserialize<List<StoredProblem>>(stored)!.Select(p => new Problem(p.Code, p.Status, p.Sentence) { Field = p.Field, Details = p.Details })];

    private byte[] Seal(ImportId import, int number, string[] cells) => cipher.Seal(JsonSerializer.Serialize(cells), "import_row", $"{import}/{number}", "cells");

    private string[] OpenAll(ImportId import, int number, byte[] cells) => JsonSerializer.Deserialize<string[]>(cipher.Open(cells, "import_row", $"{import}/{number}", "cells"))!;
}
