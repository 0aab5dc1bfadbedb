namespace PhongTuyen.Data.Keys;

/// <summary>
/// A table with sealed columns, as a change of keys goes through it. Each module names its own; a test compares them with the columns of the schema. A keyed hash has no number of its key in it,
/// so it is made anew together with the sealed value of its row, from which it comes.
/// </summary>
/// <param name="Name">Without its schema.</param>
/// <param name="Key">The columns of the primary key, each with its type.</param>
/// <param name="Sealed">Columns that <see cref="FieldCipher"/> has sealed.</param>
/// <param name="Hashed">Columns of <see cref="BlindIndex"/>.</param>
/// <param name="Anew">Of a row the sealed columns and then the hashed ones, under the current key.</param>
public sealed record SealedTable(string Name, IReadOnlyList<(string Name, string Type)> Key, IReadOnlyList<string> Sealed, IReadOnlyList<string> Hashed, Func<SealedRow, IReadOnlyList<byte[]?>> Anew)
{
    /// <summary>What else <see cref="Anew"/> has to know: expressions over the row <c>t</c>.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <summary>So many rows at once and no more, where one of them may be many megabytes.</summary>
    public int RowsMost { get; init; } = int.MaxValue;
}

/// <summary>What of a module is sealed.</summary>
public interface ISealedTables
{
    IEnumerable<SealedTable> Tables();
}

/// <summary>One row, as it is read.</summary>
public sealed record SealedRow(IReadOnlyList<object> Key, IReadOnlyList<byte[]?> Sealed, IReadOnlyList<object?> Beside)
{
    /// <summary>A part of the key that is an id.</summary>
    public Guid Id(int n) => (Guid)Key[n];
}
