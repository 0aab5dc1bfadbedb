using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>A file that was recognised. Its bytes are in memory; each reading opens them anew.</summary>
internal abstract class SheetSource
{
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Old fonts that are used somewhere in the file, where no cell tells its own.</summary>
    public virtual IReadOnlySet<LegacyLetters> Fonts => new HashSet<LegacyLetters>();

    /// <summary>Whether the texts are bytes of an unknown alphabet, shown as if they were Western: without a decision they mean nothing.</summary>
    public virtual bool EightBit => false;

    /// <summary>All rows that hold anything, title rows and header included.</summary>
    /// <param name="width">Each row has exactly so many cells; 0 leaves the rows as long as they are.</param>
    /// <param name="merges">Where given, the merged ranges are added to it once the rows have been read.</param>
    /// <exception cref="SheetRefusedException">A limit is exceeded, or the file is damaged.</exception>
    public abstract IEnumerable<SheetRow> Rows(string name, int width, List<MergedCells>? merges = null);
}

/// <summary>A range that is shown as one cell. Rows and columns from 1, as Excel counts them.</summary>
internal readonly record struct MergedCells(int FirstRow, int FirstColumn, int LastRow, int LastColumn)
{
    public int Columns => LastColumn - FirstColumn + 1;
}

/// <summary>
/// Carries a refusal out of the depth of a stream or an iterator, which can return none. Caught in <see cref="SheetReader"/>
/// alone, within the first reading; the readings after it meet the same bytes and so cannot meet it.
/// </summary>
internal sealed class SheetRefusedException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem => problem;
}
