using System.Text.Json;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Corrections;

/// <summary>Seals and opens what was asked for, what an approval changed, and the files.</summary>
public sealed class CorrectionSeals(FieldCipher cipher, BlindIndex index) : ISealedTables
{
    private readonly PersonSeals numbers = new(cipher, index);

    private const string Requests = "correction_request", Files = "correction_evidence";

    public byte[] Seal(Guid id, CorrectionContent content) => cipher.Seal(JsonSerializer.Serialize(content), Requests, id, "content");

    public CorrectionContent Open(Guid id, byte[] content) => JsonSerializer.Deserialize<CorrectionContent>(cipher.Open(content, Requests, id, "content"))!;

    /// <summary>The numbers that went are sealed in it once more; they are under the same key as the whole, so that none of them is forgotten when keys change.</summary>
    internal byte[] Seal(Guid id, IReadOnlyList<AppliedField> applied)
    {
        while (true)
        {
            var key = cipher.Current;
            var whole = cipher.Seal(JsonSerializer.Serialize(applied.Select(Anew)), Requests, id, "applied");
            if (cipher.Current == key) return whole;
        }
    }

    private AppliedField Anew(AppliedField one) => one with { DocumentGone = one.DocumentGone is { } document ? numbers.Anew(document) : null, PhoneGone = one.PhoneGone is { } phone ? numbers.Anew(phone) : null };

    internal List<AppliedField> OpenApplied(Guid id, byte[] applied) => JsonSerializer.Deserialize<List<AppliedField>>(cipher.Open(applied, Requests, id, "applied"))!;

    public byte[] SealFile(Guid id, byte[] file) => cipher.SealBytes(file, Files, id, "content");

    public byte[] OpenFile(Guid id, byte[] file) => cipher.OpenBytes(file, Files, id, "content");

    /// <summary>What of corrections is sealed, for a change of the keys.</summary>
    public IEnumerable<SealedTable> Tables() =>
    [
        new(Requests, [("person_id", "uuid"), ("id", "uuid")], ["content", "applied"], ["print"], row =>
            [cipher.Anew(row.Sealed[0], Requests, row.Id(1), "content"), row.Sealed[1] is { } applied ? Seal(row.Id(1), OpenApplied(row.Id(1), applied)) : null, Prints(new PersonId(row.Id(0)), Open(row.Id(1), row.Sealed[0]!).Fields)[0]]),
        new(Files, [("person_id", "uuid"), ("request_id", "uuid"), ("id", "uuid")], ["content"], [], row => [cipher.Anew(row.Sealed[0], Files, row.Id(2), "content")]) { RowsMost = 10 },
    ];

    /// <summary>What is asked for, as a keyed hash by which the same request is found: two while keys are being rotated, the current one first.</summary>
    public byte[][] Prints(PersonId person, IEnumerable<FieldCorrection> fields) =>
        index.Any("correction", $"{person}\n" + string.Join('\n', fields.Select(field => $"{(int)field.Field}|{field.Part}|{field.After}|{field.Line}").Order(StringComparer.Ordinal)));
}
