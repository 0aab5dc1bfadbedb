using PhongTuyen.Kernel;

namespace PhongTuyen.Imports.Contract;

/// <summary>Rows of an import are taken away again: one audit row for each batch, all in one transaction. Heard while what it made of them is still there, so that others put back what they had changed because of it.</summary>
public sealed record ImportWasUndone(ImportId Import, int Rows, IReadOnlyList<PersonId> Persons) : IEvent
{
    public static string Act => "import.undone";
    public (string, string) Subject => ("import", Import.ToString());
}
