using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>What was made of the texts of a file, so that a person sees it and can decide otherwise.</summary>
/// <param name="Letters">The alphabet in which most of the converted cells were read; none: they are taken as they stand.</param>
/// <param name="Converted">Cells that are typed in an alphabet from before Unicode.</param>
/// <param name="FromAbove">Cells that have the value of a merged cell that begins above them.</param>
public sealed record FileReading(LegacyLetters Letters = LegacyLetters.None, int Converted = 0, int FromAbove = 0)
{
    /// <summary>The headers as typed; null where they are Unicode.</summary>
    public IReadOnlyList<string>? TypedHeaders { get; init; }

    /// <summary>What the headers are in another alphabet.</summary>
    internal string[]? HeadersIn(LegacyLetters letters) => TypedHeaders is null ? null : HeaderNames.Of([.. TypedHeaders.Select(name => VietnameseText.Clean(LegacyText.Read(name, letters)) ?? "")]);
}
