using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Outbox;

/// <summary>A mail on its way.</summary>
public sealed record Letter(string To, string Subject, string Text);

/// <summary>Puts mail into the outbox, in the transaction of its cause: once per intent, however often it is asked for. It is sealed there.</summary>
public sealed class Letters(Db db, FieldCipher cipher, TimeProvider clock) : ISealedTables
{
    /// <param name="intent">Names the intent: a second letter of the same name is not written.</param>
    /// <param name="alert">An alert whose acceptance is unknown is sent again with the same key; other mail is not.</param>
    public Task PostAsync(string intent, Letter letter, bool alert, CancellationToken ct) => PostAsync(db.Connection, cipher, clock, intent, letter, alert, ct);

    public IEnumerable<SealedTable> Tables() => [new("outbox_message", [("id", "uuid")], ["content"], [], row => [cipher.Anew(row.Sealed[0], "outbox_message", row.Id(0), "content")])];

    /// <summary>The name of the intent to write to one address for one cause.</summary>
    public static string Intent(string cause, string address) => $"{cause}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..16]}";

    /// <summary>The same for work in the background, which has no visitor.</summary>
    public static Task PostAsync(NpgsqlConnection connection, FieldCipher cipher, TimeProvider clock, string intent, Letter letter, bool alert, CancellationToken ct)
    {
        var id = clock.NewGuid();
        letter = letter with { To = letter.To.Trim(), Subject = VietnameseText.Clean(letter.Subject) ?? "" }; // one line: no header of its own
        // No conflict target: naming one would ask for the right to read what waits.
        return connection.RunAsync("""
            INSERT INTO pt.outbox_message (id, intent, channel, alert, content, created_at, due_at) VALUES ($1, $2, 1, $3, $4, $5, $5) ON CONFLICT DO NOTHING
            """, ct, id, intent, alert, cipher.Seal(JsonSerializer.Serialize(letter), "outbox_message", id, "content"), clock.GetUtcNow());
    }
}
