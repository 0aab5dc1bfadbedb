using PhongTuyen.Kernel;

namespace PhongTuyen.Audit;

/// <summary>An account opened more persons within an hour than is usual, and is stopped before the next one.</summary>
/// <param name="Shown">How many were shown within the hour, at most.</param>
public sealed record LooksStopped(AccountId Account, int Shown) : IEvent
{
    public static string Act => "account.looks-stopped";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("account", Account.ToString());
}
