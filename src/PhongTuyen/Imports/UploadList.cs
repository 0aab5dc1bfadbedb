using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>Reads a file in, keeps its rows sealed, and suggests a mapping: a shipped or saved one that fits its headers, else one by the names of the headers.</summary>
public sealed class UploadList(Db db, ImportRows rows, IEnumerable<IImportTarget> targets, TimeProvider clock)
{
    /// <param name="Unit">In whose name it is done.</param>
    public sealed record Input(ImportId Id, string FileName, UnitId Unit, string? Sheet);

    public async Task<Outcome<ImportId>> RunAsync(Input input, Stream file, CancellationToken ct)
    {
        if (SheetReader.Open(file, input.FileName) is var opened && !opened.Done) return opened.As<ImportId>();
        var sheet = opened.Value;
        if (input.Sheet is { } name && sheet.Choose(name) is var chosen)
        {
            if (!chosen.Done) return chosen.As<ImportId>();
            sheet = chosen.Value;
        }
        return await db.OnceAsync(input.Id.Value, "import.upload", new { input, sheet.Fingerprint }, () => KeepAsync(input, sheet, ct), ct);
    }

    private async Task<Outcome<ImportId>> KeepAsync(Input input, Sheet sheet, CancellationToken ct)
    {
        if (!db.Scope.Units.Contains(input.Unit)) return Refusals.NotFound();
        var area = await db.Connection.RowAsync("SELECT province_id, district_id, commune_id FROM pt.unit WHERE id = $1", r => new AreaKeys(new(r.GetInt32(0)), new(r.GetInt32(1)), new(r.GetInt32(2))), ct, input.Unit.Value);
        var mapping = await SuggestAsync(input.Unit, sheet.Header, ct);
        db.Add(new ImportRun
        {
            Id = input.Id, UnitId = input.Unit, ProvinceId = area.Province, DistrictId = area.District, CommuneId = area.Commune, AccountId = db.Visitor!.Account,
            FileName = Path.GetFileName(VietnameseText.Clean(input.FileName) ?? "?"), Fingerprint = Convert.FromHexString(sheet.Fingerprint), Headers = [.. sheet.Header],
            Mapping = JsonSerializer.Serialize(mapping, Mapping.Json), Profile = mapping.Name.Length > 0 ? mapping.Name : null, Read = sheet.RowCount, CreatedAt = clock.GetUtcNow(),
        });
        db.Tell(new ImportUploaded(input.Id, sheet.RowCount));
        await db.SaveChangesAsync(ct);
        await rows.StoreAsync(input.Id, input.Unit, area, sheet, ct);
        return input.Id;
    }

    private async Task<Mapping> SuggestAsync(UnitId unit, IReadOnlyList<string> header, CancellationToken ct)
    {
        if (ShippedMappings.For(header) is { } shipped) return shipped.Mapping with { Columns = shipped.Mapping.Columns.Where(pair => header.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary() };
        var saved = await db.Connection.RowAsync("SELECT mapping FROM pt.import_profile WHERE unit_id = $1 AND headers = $2 ORDER BY saved_at DESC LIMIT 1", r => r.GetString(0), ct, unit.Value, header.ToArray());
        if (saved is not null) return JsonSerializer.Deserialize<Mapping>(saved, Mapping.Json)!;
        var fields = targets.OrderBy(target => target.Order).SelectMany(target => target.Fields).Select(field => new FieldName(field.Key, field.Synonyms)).ToList();
        var columns = HeaderMatch.Suggest(header, fields).Where(match => match.Column is not null).ToDictionary(match => header[match.Column!.Value], match => match.Key);
        return new Mapping { List = "unit-" + unit, Columns = columns };
    }
}
