using System.Globalization;
using System.Xml;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Walks over the XML of one sheet, row by row. Rows and cells may lack their references: then they follow the one before.</summary>
internal sealed class XlsxRowReader(XmlReader xml, string sheet, XlsxCells reader)
{
    private const int LastRow = 1_048_576;
    /// <summary>Ranges of one row matter in the header alone; below it only those that reach over several rows, of which lists of households have thousands.</summary>
    private const int LastRowOfHeader = 200;
    private const int MostMerges = 200_000;
    private readonly List<CellValue> cells = [];
    private int number;

    /// <summary>The next row that holds anything; null at the end.</summary>
    /// <exception cref="SheetRefusedException">Something stands beyond the last column allowed, or a text is too long.</exception>
    public SheetRow? Next(int width)
    {
        while (xml.Step())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "sheetData") return null;
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "row") continue;
            number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is > 0 and <= LastRow ? given : number + 1;
            cells.Clear();
            if (!xml.IsEmptyElement) ReadCells();
            if (cells.TrueForAll(cell => cell.Blank)) continue;
            var row = new CellValue[width > 0 ? width : cells.Count];
            cells.CopyTo(0, row, 0, Math.Min(row.Length, cells.Count));
            return new SheetRow(number, row);
        }
        return null;
    }

    /// <summary>The merged ranges, which stand behind the rows.</summary>
    /// <exception cref="SheetRefusedException">More than any list has.</exception>
    public void ReadMerges(List<MergedCells> merges)
    {
        while (xml.Step())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "mergeCell") continue;
            var corners = (xml.GetAttribute("ref") ?? "").Split(':');
            if (corners.Length != 2) continue;
            var (first, last) = (CellName.Parse(corners[0]), CellName.Parse(corners[1]));
            if (first.Row == 0 || last.Row < first.Row || first.Column == 0 || last.Column < first.Column) continue;
            if (first.Row > LastRowOfHeader && last.Row == first.Row) continue;
            if (merges.Count == MostMerges) throw new SheetRefusedException(SheetProblems.UnpacksTooLarge());
            merges.Add(new MergedCells(first.Row, first.Column, last.Row, last.Column));
        }
    }

    private void ReadCells()
    {
        var depth = xml.Depth;
        var column = 0;
        while (xml.Step() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c") continue;
            var given = CellName.Parse(xml.GetAttribute("r")).Column;
            column = given > 0 ? given : column + 1;
            var cell = reader.Read(xml);
            if (cell.Blank && (column > SheetLimits.Columns || (cell.Text.Length == 0 && cell.Marks == CellMarks.None))) continue;
            if (column > SheetLimits.Columns) throw new SheetRefusedException(SheetProblems.TooManyColumns(sheet));
            if (cell.Text.Length > SheetLimits.CellCharacters) throw new SheetRefusedException(SheetProblems.CellTooLong(sheet, CellName.Of(number, column)));
            while (cells.Count < column) cells.Add(default);
            cells[column - 1] = cell;
        }
    }
}
