using System.Globalization;
using PhongTuyen.Formats.Sheets;

namespace PhongTuyen.Imports;

/// <summary>Names by which the columns of one file are told apart: a column without a name is called by its place, the second of the same name gets a number.</summary>
internal static class HeaderNames
{
    public static string[] Of(IReadOnlyList<string> header)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new string[header.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var name = header[i].Length > 0 ? header[i] : $"({CellName.ColumnOf(i + 1)})";
            names[i] = name;
            for (var n = 2; !used.Add(names[i]); n++) names[i] = string.Create(CultureInfo.InvariantCulture, $"{name} ({n})");
        }
        return names;
    }
}
