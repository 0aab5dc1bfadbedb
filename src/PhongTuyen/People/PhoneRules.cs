namespace PhongTuyen.People;

/// <summary>Vietnamese telephone numbers: stored as E.164, mobile prefixes renumbered as in 2018. The network cannot be told from the prefix, since numbers move along with their owners; one telephone often serves a household.</summary>
public static class PhoneRules
{
    // Eleven digits became ten on 15 September 2018 (plan of the Ministry of Information and Communications); the last seven stayed.
    private static readonly Dictionary<string, string> Renumbered = new(StringComparer.Ordinal)
    {
        ["162"] = "32", ["163"] = "33", ["164"] = "34", ["165"] = "35", ["166"] = "36", ["167"] = "37", ["168"] = "38", ["169"] = "39",
        ["120"] = "70", ["121"] = "79", ["122"] = "77", ["126"] = "76", ["128"] = "78",
        ["123"] = "83", ["124"] = "84", ["125"] = "85", ["127"] = "81", ["129"] = "82",
        ["186"] = "56", ["188"] = "58", ["199"] = "59",
    };

    /// <summary>+84912345678 for "0912 345 678", "+84.912.345.678" or "0162…"; foreign numbers with their +; null when it is no telephone number.</summary>
    public static string? Normal(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Any(c => !char.IsAsciiDigit(c) && c is not (' ' or '.' or '-' or '(' or ')' or '+' or '\u00a0' or '/'))) return null;
        var digits = new string([.. trimmed.Where(char.IsAsciiDigit)]);
        if (trimmed.StartsWith('+') && !digits.StartsWith("84", StringComparison.Ordinal)) return digits.Length is >= 8 and <= 15 ? "+" + digits : null;
        if (digits.StartsWith("0084", StringComparison.Ordinal)) digits = digits[4..];
        else if (digits.StartsWith("84", StringComparison.Ordinal) && digits.Length >= 11) digits = digits[2..];
        digits = digits.TrimStart('0');
        if (digits.Length == 10 && Renumbered.TryGetValue(digits[..3], out var prefix)) digits = prefix + digits[3..];
        var mobile = digits.Length == 9 && digits[0] is '3' or '5' or '7' or '8' or '9';
        var landline = digits.Length is 9 or 10 && digits[0] == '2';
        return (mobile && digits.Length == 9) || landline ? "+84" + digits : null;
    }

    /// <summary>0912 345 678.</summary>
    public static string Show(string e164) => e164 is ['+', '8', '4', .. { Length: 9 } rest] ? $"0{rest[..3]} {rest[3..6]} {rest[6..]}" : e164;

    public static string Mask(string e164) => new string('•', 6) + e164[^Math.Min(3, e164.Length)..];
}
