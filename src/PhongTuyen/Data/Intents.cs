using System.Security.Cryptography;
using System.Text.Json;

namespace PhongTuyen.Data;

/// <summary>The canonical form of what a client sent and of what it was answered.</summary>
internal static class Intents
{
    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = false };

    public static byte[] Hash(string kind, object content) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { kind, content }, Plain));

    public static string Answer<T>(T value) => JsonSerializer.Serialize(value, Plain);

    public static T Answer<T>(string stored) => JsonSerializer.Deserialize<T>(stored, Plain)!;
}
