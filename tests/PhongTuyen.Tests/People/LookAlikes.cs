using System.Globalization;
using System.Text;

namespace PhongTuyen.Tests.People;

/// <summary>
/// Two lists of invented persons whose truth is known: the second holds persons of the first as another clerk writes them, each with one kind of mistake, and others who only look like them. Names are
/// put together from the frequencies of real ones; no number belongs to anybody. The column of the occupation holds the label: who it is, whatever else the row says. Each person of the first list stands
/// for one row of the second, and each kind takes only such whom it changes: nobody's day and month change places who was born on the 20th, or of whom the year alone is known.
/// </summary>
internal sealed class LookAlikes
{
    /// <summary>The same person, whom another clerk writes as they were, but for the numbers and half of the telephones.</summary>
    public const string AsItWas = "as-it-was";

    /// <summary>The same person, as another clerk writes them.</summary>
    public static readonly IReadOnlyList<string> Same = [AsItWas, "marks-lost", "tone-moved", "order-changed", "middle-lost", "letter-typo", "wrong-mark", "year-typo", "day-month-swapped", "year-only", "moved", "other-phone", "old-number", "number-typo", "number-same"];

    /// <summary>Somebody else who looks like it.</summary>
    public static readonly IReadOnlyList<string> Others = ["stranger", "twin", "twin-by-mark", "sibling", "shared-phone", "namesake-of-the-year", "namesake-of-the-day", "number-of-another"];

    public const string Header = "Họ và tên,Ngày sinh,Giới tính,CCCD,CMND,Điện thoại,Xã/phường,Quận/huyện,Tỉnh/thành phố,Nghề nghiệp";

    private static readonly string[] Communes = ["Phường Phúc Xá", "Phường Trúc Bạch", "Phường Vĩnh Phúc", "Phường Cống Vị", "Phường Liễu Giai", "Phường Quán Thánh", "Phường Ngọc Hà", "Phường Điện Biên", "Phường Đội Cấn", "Phường Ngọc Khánh", "Phường Kim Mã", "Phường Giảng Võ", "Phường Thành Công"];

    /// <param name="Label">Who it is.</param>
    /// <param name="Kind">Of the second list: what was done to the row.</param>
    public sealed record Row(string Label, string Kind, string Name, DateOnly Birth, bool YearOnly, bool Man, string? Card, string? OldCard, string? Phone, int Commune)
    {
        /// <summary>Of the second list: whom of the first it is, or looks like.</summary>
        public Row? Of { get; init; }


        public string BirthText => Birth.ToString(YearOnly ? "yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture);

        public string Line => string.Join(',', Name, BirthText, Man ? "Nam" : "Nữ", Card, OldCard, Phone, Communes[Commune], "Quận Ba Đình", "Thành phố Hà Nội", "Nhãn " + Label);
    }

    private readonly Random random;
    private readonly (string Word, int Sum)[] families, middles, men, women;
    private readonly HashSet<string> given = new(StringComparer.Ordinal);
    private int count;

    public IReadOnlyList<Row> First { get; }
    public IReadOnlyList<Row> Second { get; }

    /// <param name="names">The folder of the frequencies of names.</param>
    public LookAlikes(string names, int first, int second, int seed = 2021)
    {
        random = new Random(seed);
        families = Read(Path.Combine(names, "surname_counts.csv"));
        middles = Read(Path.Combine(names, "middle_counts.csv"));
        (men, women) = (Given(Path.Combine(names, "boy.txt")), Given(Path.Combine(names, "girl.txt")));
        First = [.. Enumerable.Range(0, first).Select(_ => Somebody())];
        string[] kinds = [.. Same, .. Others];
        var order = First.ToArray();
        var (each, taken, rows) = (Math.Min(second, first) / kinds.Length, new HashSet<string>(StringComparer.Ordinal), new List<Row>());
        // Few names can be written with the tone on another letter: they are chosen first. Each kind looks in an order of its own: those whom the kinds before passed over would else all come to the next.
        foreach (var kind in kinds.OrderBy(kind => kind != "tone-moved"))
        {
            random.Shuffle(order);
            var of = order.Where(row => !taken.Contains(row.Label)).Select(row => Changed(row, kind) is { } changed ? changed with { Kind = kind, Of = row } : null).OfType<Row>().Where(Changes).Take(each).ToList();
            if (of.Count < each) throw new InvalidOperationException($"Of the {first} rows of the first list only {of.Count} can become {each} of the kind {kind}.");
            taken.UnionWith(of.Select(row => row.Of!.Label));
            rows.AddRange(of);
        }
        var shuffled = rows.ToArray();
        random.Shuffle(shuffled);
        Second = shuffled;
    }

    /// <summary>What its kind is about, as the list writes it.</summary>
    public static string? About(Row row, string kind) => kind switch
    {
        "marks-lost" or "tone-moved" or "order-changed" or "middle-lost" or "letter-typo" or "wrong-mark" or "number-same" or "twin" or "twin-by-mark" or "sibling" => row.Name,
        "year-typo" or "day-month-swapped" or "year-only" or "namesake-of-the-year" => row.BirthText,
        "moved" => Communes[row.Commune],
        "other-phone" => row.Phone,
        "old-number" => row.OldCard,
        "number-typo" or "namesake-of-the-day" => row.Card,
        _ => null,
    };

    /// <summary>Whether the row says something else than its source where its kind says so; one as it was says the same.</summary>
    public static bool Changes(Row row) => row.Kind switch
    {
        AsItWas => (row.Name, row.BirthText, row.Commune) == (row.Of!.Name, row.Of.BirthText, row.Of.Commune),
        "stranger" or "shared-phone" or "number-of-another" => row.Name != row.Of!.Name,
        _ => About(row, row.Kind) != About(row.Of!, row.Kind),
    };

    public static string List(IEnumerable<Row> rows) => new StringBuilder(Header).Append('\n').AppendJoin('\n', rows.Select(row => row.Line)).Append('\n').ToString();

    private Row Somebody()
    {
        var man = random.Next(2) == 0;
        var birth = new DateOnly(1935, 1, 1).AddDays(random.Next(85 * 365));
        var middle = man ? Pick(middles, word => word != "Thị") : random.Next(2) == 0 ? "Thị" : Pick(middles, word => word != "Văn");
        return new Row(Label(), "", $"{Pick(families)} {middle} {Pick(man ? men : women)}", birth, birth.Year < 1965 && random.Next(4) == 0, man,
            random.Next(10) < 6 ? Number(birth, man) : null, random.Next(10) < 3 ? $"0{random.Next(100_000_000):00000000}" : null, random.Next(10) < 8 ? Phone() : null, random.Next(Communes.Length));
    }

    /// <summary>Without numbers, but where the kind is about them: with the same number nothing else would be asked. Null where the row has nothing that such a mistake could be made in.</summary>
    private Row? Changed(Row of, string kind)
    {
        var bare = of with { Card = null, OldCard = null, Phone = random.Next(2) == 0 ? of.Phone : null };
        var words = of.Name.Split(' ');
        return kind switch
        {
            AsItWas => bare,
            "marks-lost" => bare with { Name = Plain(of.Name) },
            "tone-moved" => bare with { Name = string.Join(' ', words.Select(ToneMoved)) },
            "order-changed" => bare with { Name = string.Join(' ', [words[^1], .. words[..^1]]) },
            "middle-lost" => bare with { Name = $"{words[0]} {words[^1]}" },
            "letter-typo" => bare with { Name = Typo(words) },
            "wrong-mark" => bare with { Name = Remarked(of.Name) },
            "year-typo" when of.Birth is not { Month: 2, Day: 29 } => bare with { Birth = new DateOnly(of.Birth.Year / 10 * 10 + (of.Birth.Year + 1 + random.Next(8)) % 10, of.Birth.Month, of.Birth.Day) },
            "day-month-swapped" when of.Birth.Day <= 12 => bare with { Birth = new DateOnly(of.Birth.Year, of.Birth.Day, of.Birth.Month) },
            "year-only" => bare with { YearOnly = true },
            "moved" => bare with { Commune = (of.Commune + 1) % Communes.Length },
            "other-phone" when of.Phone is not null => bare with { Phone = Phone() },
            "old-number" when of.OldCard is null => bare with { OldCard = $"0{random.Next(100_000_000):00000000}" },
            "number-typo" when of.Card is { } card => bare with { Card = card[..^2] + card[^1] + card[^2] },
            "number-same" when (of.Card ?? of.OldCard) is not null => bare with { Card = of.Card, OldCard = of.OldCard, Name = Plain(of.Name) },
            // From here on somebody else.
            "stranger" => Somebody(),
            "twin" => bare with { Label = Label(), Name = $"{words[0]} {words[1]} {Other(of, words[^1])}", Phone = of.Phone },
            "twin-by-mark" => bare with { Label = Label(), Name = Remarked(of.Name), Phone = of.Phone },
            "sibling" => bare with { Label = Label(), Name = $"{words[0]} {words[1]} {Other(of, words[^1])}", Phone = of.Phone, Birth = of.Birth.AddDays(500 + random.Next(2000)) },
            "shared-phone" when of.Phone is not null => Somebody() with { Phone = of.Phone, Commune = of.Commune },
            "namesake-of-the-year" => bare with { Label = Label(), YearOnly = true, Phone = Phone(), Commune = (of.Commune + 5) % Communes.Length },
            "namesake-of-the-day" when !of.YearOnly => bare with { Label = Label(), Phone = Phone(), Commune = (of.Commune + 5) % Communes.Length, Card = Number(of.Birth, of.Man) },
            "number-of-another" when of.Card is not null => Somebody() with { Card = of.Card },
            _ => null,
        };
    }

    private string Label()
    {
        var label = new StringBuilder();
        for (var n = ++count; n > 0; n /= 26) label.Append((char)('a' + n % 26));
        return label.ToString();
    }

    private string Number(DateOnly birth, bool man)
    {
        while (true)
            if ($"000{(birth.Year >= 2000 ? 2 : 0) + (man ? 0 : 1)}{birth.Year % 100:00}{random.Next(1_000_000):000000}" is var number && given.Add(number)) return number;
    }

    private string Phone() => $"09{random.Next(100_000_000):00000000}";

    private string Other(Row of, string given)
    {
        while (true)
            if (Pick(of.Man ? men : women) is var other && Plain(other) != Plain(given)) return other;
    }

    private string Typo(string[] words)
    {
        // In the family or a middle name; a letter of the given name makes another child of it.
        var (at, copy) = (random.Next(words.Length - 1), (string[])words.Clone());
        var word = copy[at];
        copy[at] = word.Length < 3 ? word + word[^1] : word[..1] + word[2] + word[1] + word[3..];
        return string.Join(' ', copy);
    }

    private const string Tones = "\u0300\u0301\u0303\u0309\u0323";

    /// <summary>Another tone on the given name.</summary>
    private static string Remarked(string name)
    {
        var words = name.Split(' ');
        var bare = words[^1].Normalize(NormalizationForm.FormD);
        var toned = bare.Any(Tones.Contains) ? string.Concat(bare.Where(c => !Tones.Contains(c))) : Acute(bare);
        return string.Join(' ', [.. words[..^1], toned.Normalize(NormalizationForm.FormC)]);
    }

    /// <summary>Behind what makes â of a: before it the two would be no letter of this alphabet.</summary>
    private static string Acute(string bare)
    {
        var at = bare.IndexOfAny(['a', 'e', 'i', 'o', 'u', 'y', 'A', 'E', 'I', 'O', 'U', 'Y']) + 1;
        while (at < bare.Length && CharUnicodeInfo.GetUnicodeCategory(bare[at]) == UnicodeCategory.NonSpacingMark) at++;
        return bare.Insert(at, "\u0301");
    }

    /// <summary>Both are right: Hoà and Hòa, Thuý and Thúy; of Quý only one is.</summary>
    private static string ToneMoved(string word)
    {
        var toned = word.Normalize(NormalizationForm.FormD);
        var at = toned.IndexOfAny([.. Tones]);
        if (at < 0 || toned.Remove(at, 1) is not { Length: > 1 } bare || bare[^2..].ToUpperInvariant() is not ("OA" or "OE" or "UY") || bare.StartsWith("qu", StringComparison.OrdinalIgnoreCase)) return word;
        return (at == toned.Length - 1 ? bare.Insert(bare.Length - 1, toned[at..]) : bare + toned[at]).Normalize(NormalizationForm.FormC);
    }

    private static string Plain(string name) => string.Concat(name.Replace('đ', 'd').Replace('Đ', 'D').Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));

    private static (string, int)[] Read(string path)
    {
        var sum = 0;
        return [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Where(parts => parts.Length == 2 && parts[0].All(char.IsLetter)).Select(parts => (parts[0], sum += int.Parse(parts[1], CultureInfo.InvariantCulture)))];
    }

    /// <summary>Each as often as another; the lists write a middle name before some.</summary>
    private static (string, int)[] Given(string path)
    {
        var sum = 0;
        return [.. File.ReadLines(path).Select(line => line.Trim().Split(' ')[^1]).Where(word => word.Length > 1 && word.All(char.IsLetter)).Select(word => (word, ++sum))];
    }

    private string Pick((string Word, int Sum)[] from, Func<string, bool>? fits = null)
    {
        while (true)
        {
            var at = random.Next(from[^1].Sum);
            var index = Array.FindIndex(from, one => one.Sum > at);
            if (fits is null || fits(from[index].Word)) return from[index].Word;
        }
    }
}
