using Npgsql;

namespace PhongTuyen.Bench.Province;

/// <summary>Rows on their way into one table by binary COPY, on a connection of their own, so that the server takes several tables in at once.</summary>
internal sealed class TableCopy : IDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBinaryImporter importer;

    public TableCopy(ProvinceLoader loader, string table, string columns)
    {
        connection = loader.Open();
        importer = connection.BeginBinaryImport($"COPY pt.{table} ({columns}) FROM STDIN (FORMAT binary)");
    }

    public void Row(params object?[] values)
    {
        importer.StartRow();
        foreach (var value in values)
            if (value is null) importer.WriteNull();
            else importer.Write(value);
    }

    public void Complete() => importer.Complete();

    public void Dispose()
    {
        importer.Dispose();
        connection.Dispose();
    }
}
