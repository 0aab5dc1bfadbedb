using PhongTuyen.Accounts;

namespace PhongTuyen.Web.Accounts;

/// <summary>What a manager does with an account, together, so that its page asks for one thing.</summary>
public sealed record AccountActs(EditAccount Edit, GiveRole Give, RevokeRole Revoke, SuspendAccount Suspend, ReissueAccount Reissue, EndSession End, LetLooksOn LetOn, LookStops Stops, ExtendVolunteer Extend);
