using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>A dated act on the trees was planned, done, withdrawn, undone, or met something that stood in its way.</summary>
/// <param name="Gained">Accounts that see more since.</param>
/// <param name="Lost">Accounts that see less since.</param>
public sealed record TreesChanged(Guid Reorganisation, ActKind Kind, ActState State, UnitId Unit, UnitId? Into, DateOnly EffectiveOn, int Gained, int Lost) : IEvent
{
    public static string Act => "tree.changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("reorganisation", Reorganisation.ToString());
}
