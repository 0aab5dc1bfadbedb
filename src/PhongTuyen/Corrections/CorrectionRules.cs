using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Corrections;

/// <summary>How urgent a request is, and what a file is.</summary>
public static class CorrectionRules
{
    /// <returns>With the reason, a sentence of the texts under <c>worklist.reason-</c> + it.</returns>
    public static (Urgency Urgency, string Reason) Urgency(CorrectionHaste haste, IEnumerable<CorrectedField> fields) => haste switch
    {
        CorrectionHaste.Treatment => (Worklists.Contract.Urgency.Urgent, "correction-treatment"),
        CorrectionHaste.Leaving => (Worklists.Contract.Urgency.Urgent, "correction-leaving"),
        // By a wrong number or birth somebody is taken for somebody else.
        _ when fields.Any(field => field is CorrectedField.Document or CorrectedField.Birth) => (Worklists.Contract.Urgency.Soon, "correction-identity"),
        _ => (Worklists.Contract.Urgency.Ordinary, "correction-ordinary"),
    };

    /// <summary>By its first and last bytes, whatever its name says; null: none of those that are taken.</summary>
    public static EvidenceKind? KindOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("%PDF-"u8)) return file[^Math.Min(file.Length, 1024)..].IndexOf("%%EOF"u8) >= 0 ? EvidenceKind.Pdf : null;
        if (file.Length > 4 && file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return file[^Math.Min(file.Length, 1024)..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0 ? EvidenceKind.Jpeg : null;
        return file.Length > 24 && file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) && file[12..16].SequenceEqual("IHDR"u8) ? EvidenceKind.Png : null;
    }

    public static string TypeOf(EvidenceKind kind) => kind switch { EvidenceKind.Pdf => "application/pdf", EvidenceKind.Jpeg => "image/jpeg", _ => "image/png" };
}
