using PhongTuyen.Data.Keys;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>
/// What of imports is sealed, for a change of the keys. What identifies a row is kept nowhere but in its cells: it is read out of them once more, by the mapping of its file, as another file with
/// the same row would be read today. Only of a row that was taken in is it asked for.
/// </summary>
internal sealed class ImportSeals(FieldCipher cipher, ImportEngine engine) : ISealedTables
{
    public IEnumerable<SealedTable> Tables() =>
    [
        new("import_row", [("import_id", "uuid"), ("number", "int")], ["cells"], ["row_key"], Anew)
        {
            Beside = ["t.verdict", "(SELECT i.mapping FROM pt.import_run i WHERE i.id = t.import_id)", "(SELECT i.headers FROM pt.import_run i WHERE i.id = t.import_id)", "(SELECT i.created_at FROM pt.import_run i WHERE i.id = t.import_id)"],
        },
    ];

    private IReadOnlyList<byte[]?> Anew(SealedRow row)
    {
        var (import, number) = (new ImportId(row.Id(0)), (int)row.Key[1]);
        var run = new ImportRun { Id = import, FileName = "", Mapping = (string)row.Beside[1]!, Headers = (string[])row.Beside[2]!, CreatedAt = new DateTimeOffset((DateTime)row.Beside[3]!, TimeSpan.Zero) };
        return [cipher.Anew(row.Sealed[0], "import_row", $"{import}/{number}", "cells"), (RowVerdict)(short)row.Beside[0]! == RowVerdict.Accepted ? engine.KeyOf(run, number, row.Sealed[0]!) : []];
    }
}
