using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports.Contract;

/// <summary>What one module takes out of a row. The targets work in a fixed order: persons, stays, cases, results.</summary>
public interface IImportTarget
{
    /// <summary>Place in the order.</summary>
    int Order { get; }

    IReadOnlyList<ImportField> Fields { get; }

    /// <summary>The figures of what it made, each of which opens to its rows.</summary>
    IReadOnlyList<ImportCut> Cuts => [];

    /// <summary>Reads and checks one row, alone: no database. Adds to its problems, findings and identity.</summary>
    void Read(ImportContext context, ImportedRow row);

    /// <summary>Compares many rows with what is known: finds persons, rejects clashes, and says of each row whether it brings something new. A few queries for all rows.</summary>
    Task CompareAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct);

    /// <summary>For the preview alone: tells what a person should look at in rows that bring something new. Of rows before them others may be judged meanwhile.</summary>
    Task ShowAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Writes what is new in many rows with a few statements, in the transaction of the batch.</summary>
    Task WriteAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct);

    /// <summary>After persons were taken in, and once they stand for all to see: while the next are written. Before the import is said to be done it has followed on all.</summary>
    Task FollowAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Locks what the import made of these persons, before it is asked what depends on it: whoever writes about it at this moment is waited for, and whoever comes later waits and finds it gone.</summary>
    Task LockAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct);

    /// <summary>What came later and depends on what the import made; empty when it may be undone.</summary>
    Task<IReadOnlyList<Later>> DependsAsync(ImportContext context, CancellationToken ct);

    /// <summary>Takes away again what the import made of these persons. Called in the reverse order, for some persons after the other.</summary>
    Task UndoAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct);

    /// <summary>Takes away what it made besides, when nothing of any person is left.</summary>
    Task UndoRestAsync(ImportContext context, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>A breakdown of what an import made: patients by outcome, stays by facility.</summary>
/// <param name="Key">For addresses; the word on the screen stands in the texts under <c>cut.</c> + this.</param>
/// <param name="Sql">Over the target's own table: the columns <c>person</c> and <c>value</c> (a text) of the import $1.</param>
/// <param name="Word">Key of the text of a value; null where the value is a name.</param>
public sealed record ImportCut(string Key, string Sql, Func<string, string>? Word = null);

/// <summary>One run: who, into which unit, with which mapping.</summary>
/// <param name="Unit">In whose name it is done.</param>
/// <param name="UnitArea">Where that unit stands.</param>
/// <param name="AsOf">The day of the list: ages are reckoned from it, names of areas read as of it.</param>
public sealed record ImportContext(Db Db, ImportId Id, UnitId Unit, AreaKeys UnitArea, DateOnly AsOf, DateOnly Today, string List)
{
    /// <summary>True: what is compared now is written in the same transaction; false: it is only looked at.</summary>
    public bool Writes { get; init; }

    /// <summary>What the file brought with it and the database did not have: facilities, made by the write.</summary>
    public Dictionary<string, UnitId> Facilities { get; } = new(StringComparer.Ordinal);

    /// <summary>The persons whom the rows of this file have named so far, by the numbers on their papers.</summary>
    public NumberOwners Owners { get; init; } = new();

    /// <summary>Earlier rows of this file by their numbers, read anew as the targets read them: a list of a million rows is not kept in memory.</summary>
    public required Func<IReadOnlyCollection<int>, CancellationToken, Task<IReadOnlyList<ImportedRow>>> Earlier { get; init; }
}
