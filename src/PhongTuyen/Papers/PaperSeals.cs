using System.Text.Json;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Papers;

/// <summary>Seals and opens what was typed of a paper, and the files from which it is typed.</summary>
public sealed class PaperSeals(FieldCipher cipher, BlindIndex index) : ISealedTables
{
    private const string Files = "paper_file";

    public byte[] Seal(Guid entry, PaperContent content) => cipher.Seal(JsonSerializer.Serialize(content), "paper_entry", entry, "content");

    public PaperContent Open(PaperEntry entry) => Open(entry.Id, entry.Content);

    /// <summary>Nothing, where it was forgotten.</summary>
    public PaperContent Open(Guid entry, byte[] content) => content.Length == 0 ? new PaperContent() : JsonSerializer.Deserialize<PaperContent>(cipher.Open(content, "paper_entry", entry, "content"))!;

    /// <summary>What a second one typed of the same paper.</summary>
    public byte[] SealAgain(Guid entry, PaperContent content) => cipher.Seal(JsonSerializer.Serialize(content), "paper_double", entry, "content");

    public PaperContent OpenAgain(Guid entry, byte[] content) => content.Length == 0 ? new PaperContent() : JsonSerializer.Deserialize<PaperContent>(cipher.Open(content, "paper_double", entry, "content"))!;

    /// <summary>To find the number again within the batch; null where there is none. Of two batches it is never the same.</summary>
    public byte[]? NumberIndex(Guid batch, string? number) => Normal(number) is { } normal ? index.Of(Purpose(batch), normal) : null;

    /// <summary>What to look for: two while keys are being rotated.</summary>
    public byte[][] AnyNumberIndex(Guid batch, string? number) => Normal(number) is { } normal ? index.Any(Purpose(batch), normal) : [];

    public byte[] SealFile(Guid file, byte[] content) => cipher.SealBytes(content, Files, file, "content");

    public byte[] OpenFile(Guid file, byte[] content) => cipher.OpenBytes(content, Files, file, "content");

    /// <summary>To find the same file again within the batch, by the digest of its bytes.</summary>
    public byte[] FilePrint(Guid batch, string digest) => index.Of(FilePurpose(batch), digest);

    /// <summary>What to look for: two while keys are being rotated.</summary>
    public byte[][] AnyFilePrint(Guid batch, string digest) => index.Any(FilePurpose(batch), digest);

    /// <summary>What of papers is sealed, for a change of the keys.</summary>
    public IEnumerable<SealedTable> Tables() =>
    [
        new("paper_entry", [("id", "uuid")], ["content"], ["number_index"], row => [cipher.Anew(row.Sealed[0], "paper_entry", row.Id(0), "content"), NumberIndex((Guid)row.Beside[0]!, Open(row.Id(0), row.Sealed[0]!).Number)]) { Beside = ["t.batch_id"] },
        new("paper_double", [("entry_id", "uuid")], ["first_content", "content"], [], row => [cipher.Anew(row.Sealed[0], "paper_entry", row.Id(0), "content"), cipher.Anew(row.Sealed[1], "paper_double", row.Id(0), "content")]),
        new(Files, [("id", "uuid")], ["content"], ["print"], row => [cipher.Anew(row.Sealed[0], Files, row.Id(0), "content"), FilePrint((Guid)row.Beside[0]!, AddPaperFiles.DigestOf(OpenFile(row.Id(0), row.Sealed[0]!)))]) { Beside = ["t.batch_id"], RowsMost = 10 },
    ];

    private static string FilePurpose(Guid batch) => $"paper-file/{batch}";

    private static string Purpose(Guid batch) => $"paper/{batch}";

    private static string? Normal(string? number) => VietnameseText.Clean(number) is { } typed && DocumentRules.Normal(typed) is { Length: > 0 } normal ? normal : null;
}
