namespace PhongTuyen.Data;
public static class DatabaseSafety { public static System.Threading.Tasks.Task CheckAsync(Npgsql.NpgsqlConnection c, System.Threading.CancellationToken ct) => System.Threading.Tasks.Task.CompletedTask; }
