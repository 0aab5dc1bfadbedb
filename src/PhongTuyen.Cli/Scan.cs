using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen scan [--json]</c>: reads one scanned text a line on standard input and answers one line each, in their order: what the card says, or why it is none. Needs no database.
/// For trying out a hand scanner, and for other programs. Exit codes: 0 all were cards, 1 some were not.
/// </summary>
public static class Scan
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static Command Verb(TimeProvider clock)
    {
        var json = new Option<bool>("--json") { Description = "Mỗi dòng một đối tượng JSON. / One JSON object a line." };
        var lang = Verbs.Lang();
        var verb = new Command("scan", "Đọc mã quét từ thẻ căn cước, thẻ bảo hiểm y tế, mã QR cá nhân, mỗi dòng một mã. / Reads scanned cards, one a line.") { json, lang };
        verb.SetAction(async (parsed, ct) =>
        {
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
            return await RunAsync(input, output, parsed.GetValue(json), OpenHouse.LanguageOf(parsed.GetValue(lang)), clock.Today(), ct);
        });
        return verb;
    }

    public static async Task<int> RunAsync(TextReader input, TextWriter output, bool json, Language language, DateOnly today, CancellationToken ct)
    {
        var words = new Words(typeof(CardReader).Assembly);
        var all = true;
        while (await LineAsync(input, ct) is { } line)
        {
            var read = CardReader.Read(line, today);
            all &= read.Done;
            var said = read.Done ? null : words.Say(language, read.Problem);
            await output.WriteLineAsync((json
                ? JsonSerializer.Serialize(read.Done ? Fields(read.Value) : new { error = read.Problem.Code, message = said }, Json)
                : read.Done ? Row(read.Value) : $"{read.Problem.Code}: {said}").AsMemory(), ct);
        }
        return all ? Verbs.Done : Verbs.Found;
    }

    /// <summary>A line without its end. Of one that is longer than any card only so much is kept as tells that it is.</summary>
    private static async Task<string?> LineAsync(TextReader input, CancellationToken ct)
    {
        var line = new StringBuilder();
        var one = new char[1];
        for (var any = false; ; any = true)
        {
            if (await input.ReadAsync(one.AsMemory(), ct) == 0) return any ? line.ToString() : null;
            if (one[0] == '\n') return line.ToString();
            if (line.Length <= CardReader.Most) line.Append(one[0]);
        }
    }

    private static object Fields(ScannedCard card) => new
    {
        Kind = KindOf(card.Kind), card.Number, card.NumberEnd, card.OldNumber, card.Name, NameWithoutAccents = card.NameWithoutAccents ? true : (bool?)null, Birth = Birth(card.Birth), Sex = card.Male switch { true => "male", false => "female", null => null }, card.Address,
        card.IssuedOn, card.ValidFrom, card.ValidTo, card.Facility, card.PersonalId, ByProxy = card.ByProxy ? true : (bool?)null, card.DeclaredBy, card.InsuranceNumber, card.Telephone,
    };

    private static string Row(ScannedCard card) => string.Join(" | ", new[] { KindOf(card.Kind), card.Number ?? (card.NumberEnd is { } end ? "…" + end : ""), card.Name, card.Birth.ToString(), card.Male switch { true => "Nam", false => "Nữ", null => "" }, card.Address ?? "" });

    private static string KindOf(CardKind kind) => kind switch { CardKind.IdentityCard => "identity-card", CardKind.InsuranceCard => "insurance-card", _ => "personal-code" };

    /// <summary>1987-01-18, 1987-01 or 1987.</summary>
    private static string? Birth(BirthDate birth) => birth.From?.ToString(birth.Precision switch { BirthPrecision.Day => "yyyy-MM-dd", BirthPrecision.Month => "yyyy-MM", _ => "yyyy" }, CultureInfo.InvariantCulture);
}
