namespace PhongTuyen.Web.Accounts;

/// <summary>What a manager hands over on paper: who, account, first password, where to sign in. Lives in one answer only.</summary>
/// <param name="Password">Null where the form was sent a second time: it was shown then.</param>
public sealed record Slip(string DisplayName, string UserName, string? Password, string UnitName, string Address, string By, DateOnly On)
{
    /// <summary>Handed over today by whoever looks, who reached the program at this address.</summary>
    public static Slip Of(string displayName, string userName, string? password, string unitName, HttpRequest request, Screen screen) =>
        new(displayName, userName, password, unitName, $"{request.Scheme}://{request.Host}", screen.Visitor!.DisplayName, screen.Today);
}
