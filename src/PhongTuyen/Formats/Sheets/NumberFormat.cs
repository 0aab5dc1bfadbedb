using System.Text;
using System.Text.RegularExpressions;

namespace PhongTuyen.Formats.Sheets;

/// <summary>What a number format makes of a number, as far as it changes its meaning: a day, a time, or leading zeros.</summary>
/// <param name="Day">Shows a day, month or year.</param>
/// <param name="Time">Shows hours or seconds.</param>
/// <param name="Elapsed">Counts hours beyond 24: [h]:mm.</param>
/// <param name="Lead">Zeros that always stand in front: "0"######### for telephone numbers.</param>
/// <param name="Digits">Whole numbers are filled up with zeros to so many digits: 000000000000 for the CCCD.</param>
internal sealed partial record NumberFormat(bool Day, bool Time, bool Elapsed, string Lead, int Digits)
{
    public static readonly NumberFormat General = new(false, false, false, "", 0);

    public bool IsDate => Day || Time || Elapsed;

    /// <summary>The formats that have a number instead of a code; those from 27 to 58 and from 71 to 81 are East Asian and Thai dates.</summary>
    public static NumberFormat BuiltIn(int id) => id switch
    {
        >= 14 and <= 17 or >= 27 and <= 31 or 36 or >= 50 and <= 58 or >= 71 and <= 74 => General with { Day = true },
        22 or 77 => General with { Day = true, Time = true },
        >= 18 and <= 21 or >= 32 and <= 35 or 45 or 47 or 75 or 76 or 78 or 80 => General with { Time = true },
        81 => General with { Day = true },
        46 or 79 => General with { Elapsed = true },
        _ => General,
    };

    public static NumberFormat Of(string code)
    {
        if (Zeros().Match(code) is { Success: true } zeros)
            return General with { Lead = zeros.Groups["lead"].Value, Digits = zeros.Groups["digits"].Length };
        var (bare, elapsed) = Bare(code);
        // Digits stand in no date but behind the seconds.
        if (Fraction().Replace(bare, "s").AsSpan().ContainsAny("0#?")) return General;
        var time = bare.AsSpan().ContainsAny("hs");
        var day = bare.AsSpan().ContainsAny("yd") || (!time && !elapsed && bare.Contains('m'));
        return General with { Day = day, Time = time, Elapsed = elapsed && !day };
    }

    /// <summary>The first section in lower case, without quoted texts, escaped characters, colours, conditions and languages.</summary>
    private static (string Bare, bool Elapsed) Bare(string code)
    {
        var bare = new StringBuilder(code.Length);
        var elapsed = false;
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = code.IndexOf('"', i + 1) is var end and > 0 ? end : code.Length;
                    break;
                case '[':
                    var close = code.IndexOf(']', i);
                    if (close < 0) return ("", false);
                    elapsed |= ElapsedUnit().IsMatch(code.AsSpan(i, close - i + 1));
                    i = close;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                default:
                    bare.Append(char.ToLowerInvariant(code[i]));
                    break;
            }
        }
        return (bare.Replace("general", "").Replace("am/pm", "").Replace("a/p", "").ToString(), elapsed);
    }

    [GeneratedRegex(@"^\[(h+|m+|s+)\]$", RegexOptions.IgnoreCase)]
    private static partial Regex ElapsedUnit();

    [GeneratedRegex(@"s[.,]0+")]
    private static partial Regex Fraction();

    // 0000, "0"####, \0####, "0"0000; one zero alone is the ordinary whole number.
    [GeneratedRegex("""^(?:(?<digits>0{2,30})|(?:"(?<lead>0+)"|\\(?<lead>0))(?:#*(?<digits>0{0,30})))$""")]
    private static partial Regex Zeros();
}
