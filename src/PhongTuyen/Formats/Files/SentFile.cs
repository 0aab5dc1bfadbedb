using System.Buffers.Binary;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Files;

/// <summary>What a file that somebody sends to be kept may be.</summary>
public enum FileKind
{
    Pdf = 1,
    Jpeg = 2,
    Png = 3,
    Webp = 4,
}

/// <summary>Scans and photographs that are kept as they were sent: known by their bytes, whatever their name says, and never read further than that.</summary>
public static class SentFile
{
    /// <summary>For the field of a form.</summary>
    public const string Accept = ".pdf,.jpg,.jpeg,.png,.webp";

    /// <summary>By its first and last bytes; null: none of those that are taken, or cut off.</summary>
    public static FileKind? KindOf(ReadOnlySpan<byte> file)
    {
        var end = file[^Math.Min(file.Length, 1024)..];
        if (file.StartsWith("%PDF-"u8)) return end.IndexOf("%%EOF"u8) >= 0 ? FileKind.Pdf : null;
        if (file.Length > 4 && file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return end.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0 ? FileKind.Jpeg : null;
        if (file.Length > 24 && file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return file[12..16].SequenceEqual("IHDR"u8) ? FileKind.Png : null;
        return file.Length > 16 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8) && BinaryPrimitives.ReadUInt32LittleEndian(file[4..8]) <= file.Length - 8 ? FileKind.Webp : null;
    }

    /// <param name="megabytes">The most that is taken.</param>
    /// <returns>Why it is not taken; null: it is.</returns>
    public static Problem? Fault(ReadOnlySpan<byte> file, int megabytes) =>
        file.Length > megabytes * 1024 * 1024 ? FileProblems.TooLarge(megabytes) : KindOf(file) is null ? FileProblems.Kind() : null;

    public static string TypeOf(FileKind kind) => kind switch { FileKind.Pdf => "application/pdf", FileKind.Jpeg => "image/jpeg", FileKind.Png => "image/png", _ => "image/webp" };

    public static string Ending(FileKind kind) => kind switch { FileKind.Pdf => "pdf", FileKind.Jpeg => "jpg", FileKind.Png => "png", _ => "webp" };
}
