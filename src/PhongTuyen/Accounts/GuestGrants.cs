using PhongTuyen.Policies;

namespace PhongTuyen.Accounts;

/// <summary>For how long at most a role may be given to somebody of another organisation (quyền của người đơn vị khác): one edition.</summary>
public sealed record GuestGrants : Policy, IPolicyKind
{
    public static string Kind => "guest-grants";

    public required IReadOnlyList<Term> Roles { get; init; }

    /// <param name="Days">Counted from the day on which it is given or prolonged. 1 to 3660.</param>
    public sealed record Term(Role Role, int Days);

    /// <summary>Null: such a role is given to nobody of another organisation.</summary>
    public int? DaysOf(Role role) => Roles.FirstOrDefault(term => term.Role == role)?.Days;

    protected override IEnumerable<string> OwnFaults()
    {
        if (Roles.Count == 0) yield return "'roles' names no role.";
        foreach (var term in Roles)
        {
            if (!Accounts.Roles.OfGuests.Contains(term.Role)) yield return $"{term.Role} is no role for somebody of another organisation.";
            if (term.Days is < 1 or > 3660) yield return $"{term.Role}: 1 to 3660 days, not {term.Days}.";
        }
    }
}
