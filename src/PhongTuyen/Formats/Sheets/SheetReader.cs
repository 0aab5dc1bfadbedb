using System.Security.Cryptography;
using System.Text;
using System.Xml;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Reads lists that people send: .xlsx, .xls and .csv, recognised by content and never by name.</summary>
public static class SheetReader
{
    /// <summary>Reads the file to its end, checks it whole and finds its header. The stream is not closed.</summary>
    /// <param name="fileName">For messages and for the name of a CSV's only sheet.</param>
    /// <param name="sheetName">A sheet by name; null takes the first visible one that is not empty.</param>
    /// <returns>The sheet, or one of <see cref="SheetProblems"/>. Only the stream itself can throw.</returns>
    public static Outcome<Sheet> Open(Stream stream, string fileName, string? sheetName = null, SheetHints? hints = null)
    {
        if (ReadAll(stream) is not { } bytes) return SheetProblems.TooLarge();
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var recognised = Guarded(() => SheetRecognition.Recognise(bytes, fileName));
        return recognised.Done ? Survey(recognised.Value, fileName, fingerprint, sheetName, hints ?? new SheetHints()) : recognised.As<Sheet>();
    }

    internal static Outcome<Sheet> Survey(SheetSource source, string fileName, string fingerprint, string? name, SheetHints hints) => Guarded<Sheet>(() =>
    {
        if (name is not null && !source.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) return SheetProblems.NoSuchSheet(name);
        foreach (var one in name is null ? source.Names : source.Names.Where(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(1))
            if (SheetSurvey.Of(source, one, hints) is { } survey) return new Sheet(source, survey, fileName, fingerprint, hints);
        return SheetProblems.Empty();
    });

    /// <summary>What the parsers throw at damaged input becomes a refusal; anything else is a bug and passes.</summary>
    private static Outcome<T> Guarded<T>(Func<Outcome<T>> read)
    {
        try
        {
            return read();
        }
        catch (SheetRefusedException refused)
        {
            return refused.Problem;
        }
        catch (DecoderFallbackException)
        {
            return SheetProblems.Encoding();
        }
        catch (XmlException e)
        {
            // The reader has no code for it, only this word in a message that is never translated.
            return e.Message.Contains("DTD", StringComparison.Ordinal) ? SheetProblems.Declarations() : SheetProblems.Damaged();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            return SheetProblems.Damaged();
        }
    }

    private static byte[]? ReadAll(Stream stream)
    {
        if (stream.CanSeek)
        {
            if (stream.Length - stream.Position > SheetLimits.FileBytes) return null;
            var whole = new byte[stream.Length - stream.Position];
            stream.ReadExactly(whole);
            return whole;
        }
        using var memory = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            if (memory.Length + read > SheetLimits.FileBytes) return null;
            memory.Write(buffer, 0, read);
        }
        return memory.ToArray();
    }
}
