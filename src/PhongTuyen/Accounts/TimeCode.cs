using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PhongTuyen.Accounts;

/// <summary>
/// Codes of an authenticator app: TOTP (RFC 6238) with HMAC-SHA-1, 30 seconds, 6 digits, as all such apps understand. Own code, because
/// the framework's accepts a code twice: here a step that was used, and every earlier one, is spent.
/// </summary>
public static class TimeCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(20);

    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / 30;

    public static string At(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // HMAC-SHA-1 is what RFC 6238 and the authenticator apps use; its weakness is not one of HMAC.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 0xf)..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, one step of clock error either way; null when wrong or already spent.</summary>
    /// <param name="lastStep">The newest step that was used before.</param>
    public static long? Check(byte[] key, string code, DateTimeOffset now, long lastStep)
    {
        var digits = new string([.. code.Where(char.IsAsciiDigit)]);
        long? found = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(key, step)), Encoding.ASCII.GetBytes(digits))) found = step;
        return found;
    }

    /// <summary>The key as people type it.</summary>
    public static string Text(byte[] key)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < key.Length * 8; bit += 5)
        {
            var value = 0;
            for (var i = bit; i < bit + 5; i++) value = value << 1 | (i < key.Length * 8 ? key[i / 8] >> (7 - i % 8) & 1 : 0);
            text.Append(Base32[value]);
        }
        return text.ToString();
    }

    /// <summary>The address behind the QR code that an authenticator app scans.</summary>
    public static string Address(byte[] key, string userName) =>
        $"otpauth://totp/{Uri.EscapeDataString("Phòng Tuyến:" + userName)}?secret={Text(key)}&issuer={Uri.EscapeDataString("Phòng Tuyến")}";
}
