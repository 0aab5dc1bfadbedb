using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Why a file is not taken as a list. Each sentence says how to save it anew.</summary>
public static class SheetProblems
{
    public static Problem Empty() => new("sheet.empty", 422,
        "There is nothing in this file. Check that it is the right one, and that the list was saved before sending.");

    public static Problem NotASheet() => new("sheet.not-a-sheet", 422,
        "This file is not a list that can be read. Open it in Excel or LibreOffice and save it as “Excel workbook (.xlsx)”.");

    /// <param name="rows">All that the old format can hold: 65,536, or 16,384 before 1997.</param>
    public static Problem CutOff(string sheet, int rows) => new Problem("sheet.cut-off", 422,
        "The sheet “{sheet}” has exactly {rows} rows, the most that an old .xls file can hold, so that its end was probably cut off. Nothing was read. In the program that made the list choose “Excel workbook (.xlsx)” or CSV, and split it into files of at most {most} rows.")
        .With("sheet", sheet).With("rows", rows).With("most", SheetLimits.Rows);

    public static Problem BinaryFormat() => new("sheet.binary-format", 422,
        "This is a binary workbook (.xlsb). Open it in Excel, choose “Save as”, type “Excel workbook (.xlsx)”, and send that file.");

    public static Problem Macros() => new("sheet.macros", 422,
        "This workbook holds macros, which are never taken. Save it as “Excel workbook (.xlsx)” without macros, and send that file.");

    public static Problem Encrypted() => new("sheet.encrypted", 422,
        "This file is locked with a password. Open it, remove the password (File, Info, Protect workbook), save it and send it again.");

    public static Problem WebPage() => new("sheet.web-page", 422,
        "This is a web page or an XML file under the name of a spreadsheet. Open it in Excel, save it as “Excel workbook (.xlsx)”, and send that file.");

    public static Problem Encoding() => new("sheet.encoding", 422,
        "The letters of this text file are not in UTF-8, and it cannot be told whether they are TCVN3 (ABC), VNI or Windows-1258, so that Vietnamese names would be damaged. Choose the alphabet when you send it, or in Excel choose “Save as”, type “CSV UTF-8”, or better “Excel workbook (.xlsx)”.");

    public static Problem Damaged() => new("sheet.damaged", 422,
        "This file is damaged and cannot be read. Open it in Excel or LibreOffice, save it under a new name and send that file; if it does not open there, ask the sender for it again.");

    /// <summary>An XML part declares a DTD, which no spreadsheet program writes and which attacks use.</summary>
    public static Problem Declarations() => new("sheet.declarations", 422,
        "This workbook holds declarations (DTD) that no spreadsheet program writes, and was not opened. Copy the list into a new workbook and send that.");

    public static Problem ExternalLinks() => new("sheet.external-links", 422,
        "This workbook takes values from other files. In Excel choose Data, Edit links, Break link, save it and send it again.");

    public static Problem TooLarge() => new Problem("sheet.too-large", 413,
        "This file is larger than {most} MB. Remove pictures and other sheets, or split the list into several files.")
        .With("most", SheetLimits.FileBytes / (1024 * 1024));

    public static Problem UnpacksTooLarge() => new("sheet.unpacks-too-large", 422,
        "This file unpacks to far more than a list needs and was not opened. Copy the list alone into a new workbook and send that.");

    public static Problem TooManyRows(string sheet) => new Problem("sheet.too-many-rows", 422,
        "The sheet “{sheet}” has more than {most} rows. Nothing was read. Split the list into several files.")
        .With("sheet", sheet).With("most", SheetLimits.Rows);

    public static Problem TooManyColumns(string sheet) => new Problem("sheet.too-many-columns", 422,
        "The sheet “{sheet}” has more than {most} columns. Delete the columns that are not needed, save it and send it again.")
        .With("sheet", sheet).With("most", SheetLimits.Columns);

    /// <param name="cell">The place as Excel shows it: B17.</param>
    public static Problem CellTooLong(string sheet, string cell) => new Problem("sheet.cell-too-long", 422,
        "The cell {cell} of the sheet “{sheet}” holds more than {most} characters. In a CSV file a quotation mark may be missing. Shorten it, save the file and send it again.")
        .With("sheet", sheet).With("cell", cell).With("most", SheetLimits.CellCharacters);

    /// <param name="cell">Where the quotation mark was opened.</param>
    public static Problem QuoteNotClosed(string cell) => new Problem("sheet.quote-not-closed", 422,
        "In this CSV file a quotation mark is opened in cell {cell} and never closed, so that the rows after it cannot be told apart. Mend it, or better save the list as “Excel workbook (.xlsx)”.")
        .With("cell", cell);

    public static Problem NoSuchSheet(string sheet) => new Problem("sheet.no-such-sheet", 422,
        "The workbook has no sheet “{sheet}”. Choose one of its sheets.").With("sheet", sheet);
}
