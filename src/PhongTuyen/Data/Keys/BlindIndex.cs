using System.Security.Cryptography;
using System.Text;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// Finds an exact number among sealed ones: a keyed hash (HMAC-SHA-256) of its purpose and its normal form. It answers no masked and no
/// partial number. Document numbers and telephones can be counted through by whoever has the key; that is why the key is not in the database.
/// </summary>
public sealed class BlindIndex(KeyRing ring)
{
    /// <summary>The value to store, by the current key.</summary>
    public byte[] Of(string purpose, string normal) => Hash(ring.IndexKeys.First(), purpose, normal);

    /// <summary>The values to look for: two while keys are being rotated.</summary>
    public byte[][] Any(string purpose, string normal) => [.. ring.IndexKeys.Select(key => Hash(key, purpose, normal))];

    /// <summary>Two keys are in use.</summary>
    public bool Rotating => ring.Rotating;

    private static byte[] Hash(byte[] key, string purpose, string normal) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose + '\n' + normal));
}
