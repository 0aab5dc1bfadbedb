using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// Seals one field of one row: AES-256-GCM, bound to table, row and column, so that a value copied to another row or column does not
/// open. Layout: version (1 byte), key number (4), nonce (12), tag (16), text.
/// </summary>
public sealed class FieldCipher(KeyRing ring)
{
    private const byte Version = 1;
    private const int Head = 1 + 4 + 12 + 16;

    public byte[] Seal(string text, string table, object row, string column) => SealBytes(Encoding.UTF8.GetBytes(text), table, row, column);

    /// <summary>The same of a file.</summary>
    public byte[] SealBytes(ReadOnlySpan<byte> plain, string table, object row, string column)
    {
        var sealedText = new byte[Head + plain.Length];
        sealedText[0] = Version;
        var (id, key) = ring.Sealing;
        BinaryPrimitives.WriteInt32BigEndian(sealedText.AsSpan(1), id);
        RandomNumberGenerator.Fill(sealedText.AsSpan(5, 12));
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(sealedText.AsSpan(5, 12), plain, sealedText.AsSpan(Head), sealedText.AsSpan(17, 16), Place(table, row, column));
        return sealedText;
    }

    /// <exception cref="CryptographicException">The key is not on the ring, or the value was changed or belongs to another place.</exception>
    public string Open(byte[] sealedText, string table, object row, string column) => Encoding.UTF8.GetString(OpenBytes(sealedText, table, row, column));

    /// <inheritdoc cref="Open"/>
    public byte[] OpenBytes(byte[] sealedText, string table, object row, string column)
    {
        if (sealedText.Length < Head || sealedText[0] != Version) throw new CryptographicException("This is not a sealed field.");
        var id = BinaryPrimitives.ReadInt32BigEndian(sealedText.AsSpan(1));
        var key = ring.SealKey(id) ?? throw new CryptographicException($"The key ring has no key {id}.");
        var plain = new byte[sealedText.Length - Head];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(sealedText.AsSpan(5, 12), sealedText.AsSpan(Head), sealedText.AsSpan(17, 16), plain, Place(table, row, column));
        return plain;
    }

    public string? OpenMaybe(byte[]? sealedText, string table, object row, string column) =>
        sealedText is null ? null : Open(sealedText, table, row, column);

    /// <summary>The same under the current key; nothing stays nothing, and what was forgotten (no byte) stays forgotten.</summary>
    public byte[]? Anew(byte[]? sealedText, string table, object row, string column) =>
        sealedText is null or [] ? sealedText : SealBytes(OpenBytes(sealedText, table, row, column), table, row, column);

    /// <summary>The number of the key that seals now.</summary>
    public int Current => ring.Current;

    /// <summary>How a value begins that is sealed with this key.</summary>
    internal static byte[] HeadOf(int key)
    {
        var head = new byte[5];
        head[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), key);
        return head;
    }

    private static byte[] Place(string table, object row, string column) => Encoding.UTF8.GetBytes($"{table}/{row}/{column}");
}
