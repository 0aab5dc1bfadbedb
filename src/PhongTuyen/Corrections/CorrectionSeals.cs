using System.Text.Json;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Corrections;

/// <summary>Seals and opens what was asked for, what an approval changed, and the files.</summary>
public sealed class CorrectionSeals(FieldCipher cipher, BlindIndex index)
{
    private const string Requests = "correction_request", Files = "correction_evidence";

    public byte[] Seal(Guid id, CorrectionContent content) => cipher.Seal(JsonSerializer.Serialize(content), Requests, id, "content");

    public CorrectionContent Open(Guid id, byte[] content) => JsonSerializer.Deserialize<CorrectionContent>(cipher.Open(content, Requests, id, "content"))!;

    internal byte[] Seal(Guid id, IReadOnlyList<AppliedField> applied) => cipher.Seal(JsonSerializer.Serialize(applied), Requests, id, "applied");

    internal List<AppliedField> OpenApplied(Guid id, byte[] applied) => JsonSerializer.Deserialize<List<AppliedField>>(cipher.Open(applied, Requests, id, "applied"))!;

    public byte[] SealFile(Guid id, byte[] file) => cipher.SealBytes(file, Files, id, "content");

    public byte[] OpenFile(Guid id, byte[] file) => cipher.OpenBytes(file, Files, id, "content");

    /// <summary>What is asked for, as a keyed hash by which the same request is found: two while keys are being rotated, the current one first.</summary>
    public byte[][] Prints(PersonId person, IEnumerable<FieldCorrection> fields) =>
        index.Any("correction", $"{person}\n" + string.Join('\n', fields.Select(field => $"{(int)field.Field}|{field.Part}|{field.After}|{field.Line}").Order(StringComparer.Ordinal)));
}
