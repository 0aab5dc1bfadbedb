using Npgsql;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>How a database of an embedded cluster is reached, and whether what answers there is safe.</summary>
internal static class ClusterConnection
{
    /// <summary>By the socket, where nothing can listen between: without the two questions for encryption that Npgsql would ask first.</summary>
    public static string Text(string sockets, string database, string user, string password) => Builder(sockets, database, user, password).ConnectionString;

    public static string OfSuperuser(string sockets, string password, string database = EmbeddedPostgres.Superuser)
    {
        var builder = Builder(sockets, database, EmbeddedPostgres.Superuser, password);
        builder.Pooling = false;
        return builder.ConnectionString;
    }

    /// <returns>What <see cref="DatabaseSafety"/> refuses, unless a test has asked for a cluster that is not safe.</returns>
    public static async Task<Outcome<Nothing>> CheckAsync(string sockets, string password, ClusterOptions options, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(OfSuperuser(sockets, password));
        await connection.OpenAsync(cancel);
        return options.UnsafeForTests ? Nothing.Value : await DatabaseSafety.CheckAsync(connection, cancel);
    }

    private static NpgsqlConnectionStringBuilder Builder(string sockets, string database, string user, string password) => new()
    {
        Host = sockets,
        Port = 5432,
        Database = database,
        Username = user,
        Password = password,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    };
}
