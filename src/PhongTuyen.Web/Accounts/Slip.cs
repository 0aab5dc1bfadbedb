namespace PhongTuyen.Web.Accounts;

/// <summary>What a manager hands over on paper: who, account, first password, where to sign in. Lives in one answer only.</summary>
/// <param name="Password">Null where the form was sent a second time: it was shown then.</param>
public sealed record Slip(string DisplayName, string UserName, string? Password, string UnitName, string Address, string By, DateOnly On);
