using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists;

/// <summary>Work was given to somebody, or handed back; or that was taken back. One row for all of it.</summary>
/// <param name="To">Null: handed back, nobody has it.</param>
public sealed record WorkGiven(Guid Bulk, AccountId? To, int Items, bool Undone, IReadOnlyList<PersonId> Persons) : IEvent
{
    public static string Act => "work.given";
    public (string, string) Subject => ("work-act", Bulk.ToString());
}

/// <summary>Many items were decided alike, or that was taken back. One row for all of it, with every value that it changed.</summary>
public sealed record WorkDecided(Guid Bulk, int Items, bool Undone, IReadOnlyList<PersonId> Persons) : IEvent
{
    public static string Act => "work.decided";
    public (string, string) Subject => ("work-act", Bulk.ToString());
}
