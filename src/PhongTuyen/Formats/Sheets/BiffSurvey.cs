using System.Buffers.Binary;
using System.Text;

namespace PhongTuyen.Formats.Sheets;

/// <summary>
/// One walk over the records of an old workbook, before the library reads it: what it holds that is refused (a password, macros, links), what
/// the library does not tell (merged cells, fonts), and whether reading it would cost more than an honest file of its size.
/// </summary>
internal sealed class BiffSurvey
{
    private const int MostSheets = 1_000;
    /// <summary>Rows are read in blocks of so many, each from its first cell to its last: where these lie apart, all between is read again.</summary>
    private const int RowsOfBlock = 32;
    private const int MostTimesRead = 8;
    private const ushort Ignored = 0x0FFF;
    private readonly Dictionary<int, Section> sections = [];
    private readonly List<Bound> bounds = [];

    public bool Encrypted { get; private set; }
    public bool Macros { get; private set; }
    public bool LinksToOthers { get; private set; }
    /// <summary>Old fonts that the workbook uses anywhere.</summary>
    public HashSet<LegacyLetters> Fonts { get; } = [];
    /// <summary>The last row that the version can hold.</summary>
    public int LastRow { get; private set; } = 16_384;

    /// <summary>Merged ranges of the n-th worksheet.</summary>
    public IReadOnlyList<MergedCells> Merges(int sheet) => SectionOf(sheet)?.Merges ?? [];

    /// <summary>Places of #N/A and its like, from 0: the library gives nothing for them.</summary>
    public IReadOnlySet<(int Row, int Column)> Errors(int sheet) => SectionOf(sheet)?.Errors ?? [];

    private Section? SectionOf(int sheet) => sections.GetValueOrDefault(bounds.Count == 0 ? 0 : sheet < bounds.Count ? bounds[sheet].Offset : -1);

    /// <param name="stream">Records that only tell how rows look are made harmless in it: some programs write all of them before the cells, for which the library reads a sheet a thousand times.</param>
    /// <exception cref="InvalidDataException">No workbook, or one that is made to keep its reader busy.</exception>
    public static BiffSurvey Of(byte[] stream)
    {
        var survey = new BiffSurvey();
        survey.Walk(stream);
        if (survey.Encrypted) return survey;
        if (survey.bounds.Count > MostSheets || survey.bounds.Select(bound => bound.Offset).Distinct().Count() < survey.bounds.Count) throw new InvalidDataException("Sheets lie in one another.");
        if (survey.bounds.Exists(bound => !survey.sections.ContainsKey(bound.Offset))) throw new InvalidDataException("A sheet is not there.");
        if (survey.sections.Values.Sum(section => section.Cost) > MostTimesRead * (long)stream.Length + 1_000_000) throw new InvalidDataException("Rows lie in one another.");
        return survey;
    }

    private void Walk(byte[] stream)
    {
        var depth = 0;
        Section? section = null;
        for (int at = 0, size; at + 4 <= stream.Length; at += 4 + size)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at));
            size = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at + 2));
            if (at + 4 + size > stream.Length) throw new InvalidDataException("The last record is cut.");
            var record = stream.AsSpan(at + 4, size);
            if (id is 0x0009 or 0x0209 or 0x0409 or 0x0809 && size >= 4)
            {
                if (depth++ > 0) continue;
                sections[at] = section = new Section();
                if (at == 0 && id == 0x0809 && BinaryPrimitives.ReadUInt16LittleEndian(record) == 0x0600) LastRow = 65_536;
                if (BinaryPrimitives.ReadUInt16LittleEndian(record[2..]) is 0x0006 or 0x0040) Macros = true; // a module, or a sheet of old macros
            }
            else if (id == 0x000A && depth > 0) depth--;
            else if (id is 0x0208 or 0x0008) BinaryPrimitives.WriteUInt16LittleEndian(stream.AsSpan(at), Ignored);
            else if (section is not null && depth == 1 && !Encrypted) Look(id, record, at, section);
        }
        // The rows that follow would be lost without a word.
        if (depth > 0) throw new InvalidDataException("The end is missing.");
    }

    private void Look(ushort id, ReadOnlySpan<byte> record, int at, Section section)
    {
        switch (id)
        {
            case 0x002F:
                Encrypted = true;
                break;
            case 0x0085 when record.Length > 6:
                Macros |= record[5] is 1 or 6;
                if (record[5] == 0) bounds.Add(new Bound((int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(record), int.MaxValue)));
                break;
            case 0x01AE when record.Length >= 4:
                // Two signs stand for the workbook itself and for functions; anything else is another file or program.
                LinksToOthers |= BinaryPrimitives.ReadUInt16LittleEndian(record[2..]) is not (0x0401 or 0x3A01);
                break;
            case 0x0031 when record.Length > 16:
                var name = LastRow == 65_536 && (record[15] & 1) == 1 ? Encoding.Unicode.GetString(record[16..Math.Min(record.Length, 16 + 2 * record[14])]) : Encoding.Latin1.GetString(record[(LastRow == 65_536 ? 16 : 15)..]);
                if (LegacyFonts.Of(name) is { Letters: not LegacyLetters.None } font) Fonts.Add(font.Letters);
                break;
            case 0x00FC when record.Length >= 8:
                if (BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) > SheetLimits.SharedTexts) throw new SheetRefusedException(SheetProblems.UnpacksTooLarge());
                break;
            case 0x00E5:
                for (var i = 2; i + 8 <= record.Length; i += 8) section.Add(record[i..]);
                break;
            case 0x0001 or 0x0002 or 0x0003 or 0x0004 or 0x0005 or 0x0006 or 0x0206 or 0x0406 or 0x0201 or 0x0203 or 0x0204 or 0x0205 or 0x00BD or 0x00BE or 0x00D6 or 0x00FD or 0x027E when record.Length >= 2:
                section.Cell(BinaryPrimitives.ReadUInt16LittleEndian(record), at);
                if (IsError(id, record)) section.Errors.Add((BinaryPrimitives.ReadUInt16LittleEndian(record), BinaryPrimitives.ReadUInt16LittleEndian(record[2..])));
                break;
        }
    }

    /// <summary>Of a value, or of the result of a formula.</summary>
    private static bool IsError(ushort id, ReadOnlySpan<byte> record) =>
        id == 0x0205 && record.Length >= 8 && record[7] == 1 || id is 0x0006 or 0x0206 or 0x0406 && record.Length >= 14 && record[6] == 2 && record[12] == 0xFF && record[13] == 0xFF;

    private readonly record struct Bound(int Offset);

    private sealed class Section
    {
        private readonly Dictionary<int, (int First, int Last)> blocks = [];

        public List<MergedCells> Merges { get; } = [];
        public HashSet<(int, int)> Errors { get; } = [];
        public long Cost => blocks.Values.Sum(block => (long)block.Last - block.First);

        public void Cell(int row, int at) => blocks[row / RowsOfBlock] = blocks.TryGetValue(row / RowsOfBlock, out var block) ? (block.First, at) : (at, at);

        public void Add(ReadOnlySpan<byte> range)
        {
            int Number(ReadOnlySpan<byte> from, int index) => BinaryPrimitives.ReadUInt16LittleEndian(from[(2 * index)..]) + 1;
            var (firstRow, lastRow, first, last) = (Number(range, 0), Number(range, 1), Number(range, 2), Number(range, 3));
            if (lastRow >= firstRow && last >= first) Merges.Add(new MergedCells(firstRow, first, lastRow, last));
        }
    }
}
