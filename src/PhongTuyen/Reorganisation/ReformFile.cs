using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>
/// Reads what a reform needs from .xlsx or .csv: the lines of a resolution (địa bàn nào thành địa bàn nào), and what becomes of units (phân công lại). Several codes in one cell stand with spaces or commas between.
/// </summary>
public static class ReformFile
{
    public static readonly IReadOnlyList<FieldName> LineColumns =
    [
        new("code", "Mã địa bàn", "Mã", "code"), new("level", "Cấp", "level"), new("name", "Tên", "Tên địa bàn", "name"), new("parent", "Thuộc", "Mã cấp trên", "parent"), new("into", "Nhập vào", "Mã địa bàn mới", "into"),
    ];

    public static readonly IReadOnlyList<FieldName> StepColumns =
    [
        new("code", "Mã đơn vị", "Mã", "code"), new("act", "Việc", "Nội dung", "act"), new("into", "Vào đơn vị", "Đơn vị tiếp nhận", "Cấp trên mới", "into"), new("name", "Tên mới", "name"), new("areas", "Địa bàn phụ trách", "Địa bàn", "areas"),
        new("newCode", "Mã đơn vị mới", "Mã mới", "new_code", "new code"),
    ];

    private static readonly Dictionary<string, ActKind?> Acts = new(StringComparer.Ordinal)
    {
        [""] = null, ["keep"] = null, ["giu nguyen"] = null, ["make"] = ActKind.Make, ["thanh lap"] = ActKind.Make, ["move"] = ActKind.Move, ["chuyen"] = ActKind.Move, ["rename"] = ActKind.Rename, ["doi ten"] = ActKind.Rename,
        ["merge"] = ActKind.Merge, ["sap nhap"] = ActKind.Merge, ["close"] = ActKind.Close, ["giai the"] = ActKind.Close,
    };

    private static readonly Dictionary<string, AreaLevel> Levels = new(StringComparer.Ordinal)
    {
        ["province"] = AreaLevel.Province, ["tinh"] = AreaLevel.Province, ["1"] = AreaLevel.Province, ["district"] = AreaLevel.District, ["huyen"] = AreaLevel.District, ["2"] = AreaLevel.District,
        ["commune"] = AreaLevel.Commune, ["xa"] = AreaLevel.Commune, ["3"] = AreaLevel.Commune,
    };

    public static Outcome<List<ReformLine>> Lines(Stream file, string name) => Read(file, name, LineColumns, ["code", "level"], cell => Levels.TryGetValue(VietnameseText.Fold(cell("level") ?? ""), out var level) && cell("code") is { } code
        ? new ReformLine(code, level, cell("name"), cell("parent"), Codes(cell("into"))) : null);

    public static Outcome<List<ReformStep>> Steps(Stream file, string name) => Read(file, name, StepColumns, ["code"], cell => Acts.TryGetValue(VietnameseText.Fold(cell("act") ?? ""), out var act) && cell("code") is { } code
        ? new ReformStep(code, act, cell("into"), cell("name"), null, Codes(cell("areas"))) { NewCode = cell("newCode") } : null);

    private static Outcome<List<T>> Read<T>(Stream file, string name, IReadOnlyList<FieldName> fields, IReadOnlyList<string> needed, Func<Func<string, string?>, T?> row) where T : class
    {
        var opened = SheetReader.Open(file, name);
        if (!opened.Done) return opened.As<List<T>>();
        var columns = HeaderMatch.Suggest(opened.Value.Header, fields).Where(match => match is { Column: not null, Certainty: MatchCertainty.Exact }).ToDictionary(match => match.Key, match => match.Column!.Value);
        if (needed.Where(key => !columns.ContainsKey(key)).ToList() is { Count: > 0 } lacking) return Problems.FileLacks(name, string.Join(", ", fields.Where(field => lacking.Contains(field.Key)).Select(field => "“" + field.Synonyms[0] + "”")));
        var (rows, faults) = (new List<T>(), new List<Problem>());
        foreach (var one in opened.Value.Rows)
        {
            if (row(key => columns.TryGetValue(key, out var column) ? VietnameseText.Clean(one.Cells[column].Text) : null) is { } read) rows.Add(read);
            else faults.Add(Problems.StepUnreadable(one.Number, string.Join(", ", one.Cells.Select(cell => cell.Text))));
        }
        return faults.Count > 0 ? faults : rows;
    }

    private static string[] Codes(string? cell) => (cell ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
}
