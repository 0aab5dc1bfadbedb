using PhongTuyen.Policies;

namespace PhongTuyen.Accounts;

/// <summary>For how long at most a role may be given to somebody of another organisation (quyền của người đơn vị khác): one edition.</summary>
public sealed record GuestGrants : IPolicyKind
{
    public static string Kind => "guest-grants";

    public required DateOnly From { get; init; }
    public required string Area { get; init; }
    public required string? Disease { get; init; }
    public required string Paper { get; init; }
    /// <summary>False: not compared with the paper's text.</summary>
    public bool Sure { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<Term> Roles { get; init; }

    /// <param name="Days">Counted from the day on which it is given or prolonged. 1 to 3660.</param>
    public sealed record Term(Role Role, int Days);

    /// <summary>Null: such a role is given to nobody of another organisation.</summary>
    public int? DaysOf(Role role) => Roles.FirstOrDefault(term => term.Role == role)?.Days;

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Paper)) yield return "the number of the paper is missing.";
        if (Roles.Count == 0) yield return "'roles' names no role.";
        foreach (var term in Roles)
        {
            if (!Accounts.Roles.OfGuests.Contains(term.Role)) yield return $"{term.Role} is no role for somebody of another organisation.";
            if (term.Days is < 1 or > 3660) yield return $"{term.Role}: 1 to 3660 days, not {term.Days}.";
        }
    }
}
