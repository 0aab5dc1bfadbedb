using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Imports;

/// <summary>What the sender says that a list is about.</summary>
public enum ListAbout
{
    /// <summary>The columns tell it.</summary>
    Recognised = 0,
    /// <summary>People who come into the unit that takes the list in.</summary>
    Arrivals = 1,
    Cases = 2,
    /// <summary>Persons and nothing else.</summary>
    Persons = 3,
}

/// <summary>Reads a file in, keeps its rows sealed, and suggests a mapping: a shipped or saved one that fits its headers, else one by the names of the headers.</summary>
public sealed class UploadList(Db db, ImportRows rows, ImportAnswers answers, TimeProvider clock)
{
    /// <param name="Unit">In whose name it is done.</param>
    /// <param name="Sheet">Null: the first that holds anything.</param>
    public sealed record Input(ImportId Id, string FileName, UnitId Unit, string? Sheet)
    {
        public ListAbout About { get; init; }
        /// <summary>A shipped or saved mapping by its name; null: whichever fits.</summary>
        public string? Mapping { get; init; }
        /// <summary>In which alphabet the texts are typed; null: found out.</summary>
        public LegacyLetters? Letters { get; init; }
    }

    /// <summary>Bytes from which on a file waits for its turn: its content is in memory while it is read in.</summary>
    private const int Big = 20 * 1024 * 1024;

    private static readonly SemaphoreSlim OneBig = new(1);

    public async Task<Outcome<ImportId>> RunAsync(Input input, Stream file, CancellationToken ct)
    {
        if (file.CanSeek && file.Length <= Big) return await ReadAsync(input, file, ct);
        await OneBig.WaitAsync(ct);
        try
        {
            return await ReadAsync(input, file, ct);
        }
        finally
        {
            OneBig.Release();
        }
    }

    private async Task<Outcome<ImportId>> ReadAsync(Input input, Stream file, CancellationToken ct)
    {
        var hints = new SheetHints { Letters = input.Letters, Fields = [.. answers.Fields.Select(field => new FieldName(field.Key, field.Synonyms))] };
        if (SheetReader.Open(file, input.FileName, hints: hints) is var opened && !opened.Done) return opened.As<ImportId>();
        var sheet = opened.Value;
        if (VietnameseText.Clean(input.Sheet) is { } name && sheet.Choose(name) is var chosen)
        {
            if (!chosen.Done) return chosen.As<ImportId>();
            sheet = chosen.Value;
        }
        if (sheet.RowCount == 0) return Problems.NoRows();
        return await db.OnceAsync(input.Id.Value, "import.upload", new { input, sheet.Fingerprint }, () => KeepAsync(input, sheet, ct), ct);
    }

    private async Task<Outcome<ImportId>> KeepAsync(Input input, Sheet sheet, CancellationToken ct)
    {
        if (!db.Scope.Units.Contains(input.Unit)) return Problems.WrongUnit();
        var area = (await db.AreaOfAsync(input.Unit, ct)).GetValueOrDefault();
        var headers = HeaderNames.Of(sheet.Header);
        var suggested = await SuggestAsync(input, headers, ct);
        if (!suggested.Done) return suggested.As<ImportId>();
        var run = new ImportRun
        {
            Id = input.Id, UnitId = input.Unit, ProvinceId = area.Province, DistrictId = area.District, CommuneId = area.Commune, AccountId = db.Visitor!.Account,
            FileName = Path.GetFileName(VietnameseText.Clean(input.FileName) ?? "?"), Fingerprint = Convert.FromHexString(sheet.Fingerprint), Headers = headers,
            Mapping = suggested.Value.Write(), Profile = suggested.Value.Name.Length > 0 ? suggested.Value.Name : null, Read = sheet.RowCount, CreatedAt = clock.GetUtcNow(),
        };
        db.Add(run);
        db.Tell(new ImportUploaded(input.Id, sheet.RowCount));
        await db.SaveChangesAsync(ct);
        run.Reading = JsonSerializer.Serialize(await rows.StoreAsync(input.Id, input.Unit, area, sheet, ct));
        await db.SaveChangesAsync(ct);
        return input.Id;
    }

    private async Task<Outcome<Mapping>> SuggestAsync(Input input, string[] headers, CancellationToken ct)
    {
        if (input.Mapping is { } name)
            return await KnownMappings.NamedAsync(db, input.Unit, name, ct) is { } named ? named.For(headers) : Problems.UnknownMapping(name);
        var mapping = ShippedMappings.For(headers)?.Mapping.For(headers);
        // Other columns may stand beside those of a saved mapping, as they do when a file of rejected rows comes back.
        if (mapping is null && await KnownMappings.ForAsync(db, input.Unit, headers, ct) is { } saved) return saved;
        return await AboutAsync(mapping ?? ByNames(headers) with { List = "unit-" + input.Unit }, input, mapping is not null, ct);
    }

    private Mapping ByNames(string[] headers)
    {
        var matches = HeaderMatch.Suggest(headers, [.. answers.Fields.Select(field => new FieldName(field.Key, field.Synonyms))]);
        return new Mapping { Columns = matches.Where(match => match.Column is not null).ToDictionary(match => headers[match.Column!.Value], match => match.Key) };
    }

    /// <summary>What the sender said of the list, as values for every row, where the columns do not say it.</summary>
    private async Task<Mapping> AboutAsync(Mapping mapping, Input input, bool shipped, CancellationToken ct)
    {
        var constants = new Dictionary<string, string>(mapping.Constants, StringComparer.Ordinal);
        var columns = new Dictionary<string, string>(mapping.Columns, StringComparer.Ordinal);
        void Drop(params string[] prefixes)
        {
            foreach (var (header, field) in mapping.Columns.Where(pair => prefixes.Any(prefix => pair.Value.StartsWith(prefix, StringComparison.Ordinal)))) columns.Remove(header);
            foreach (var field in mapping.Constants.Keys.Where(field => prefixes.Any(prefix => field.StartsWith(prefix, StringComparison.Ordinal)))) constants.Remove(field);
        }
        if (input.About == ListAbout.Persons) Drop("stay.", "case.", "result.");
        if (input.About == ListAbout.Arrivals) Drop("case.");
        // A camp's own list of who came names no facility: it is the camp. Nobody's stay gets lost because the sender did not say so.
        var arrivals = input.About == ListAbout.Arrivals || input.About == ListAbout.Recognised && !shipped && columns.Values.Any(field => field.StartsWith("stay.", StringComparison.Ordinal))
            && await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.quarantine_facility WHERE unit_id = $1)", ct, input.Unit.Value);
        if (arrivals && !columns.ContainsValue("stay.facility")) constants["stay.here"] = "yes";
        // The template says «under observation»; a hospital that takes patients only takes them for treatment.
        if (constants.ContainsKey("stay.here") && !columns.ContainsValue("stay.class"))
            constants["stay.class"] = await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.quarantine_facility WHERE unit_id = $1 AND treatment AND NOT observation)", ct, input.Unit.Value) ? "treatment" : "observation";
        if (input.About == ListAbout.Cases && !shipped)
        {
            if (!columns.ContainsValue("case.disease")) constants.TryAdd("case.disease", Diseases.Covid19);
            if (!columns.ContainsValue("case.classification")) constants.TryAdd("case.classification", "confirmed");
            if (!columns.ContainsValue("case.deciding")) constants.TryAdd("case.deciding", Path.GetFileName(VietnameseText.Clean(input.FileName) ?? "?"));
        }
        return mapping with { Columns = columns, Constants = constants };
    }
}
