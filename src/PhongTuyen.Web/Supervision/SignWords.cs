using PhongTuyen.People;
using PhongTuyen.Supervision;

namespace PhongTuyen.Web.Supervision;

/// <summary>What is out of the ordinary, and what somebody did, in words.</summary>
public static class SignWords
{
    public static string Of(Screen s, Sign sign) => sign.Kind switch
    {
        SignKind.Again or SignKind.Stops or SignKind.Emergencies or SignKind.NotShown => s.Say($"sign.{sign.Kind}", ("n", sign.N)),
        SignKind.Elsewhere => s.Say("sign.Elsewhere", ("n", sign.N), ("of", sign.Of)),
        SignKind.OddHours => s.Say("sign.OddHours", ("n", sign.N), ("hours", string.Join(", ", sign.Hours?.Select(hour => $"{hour}h") ?? []))),
        _ => s.Say($"sign.{sign.Kind}", ("n", sign.N)) + "; " + Usual(s, sign.Usual, sign.Median),
    };

    /// <summary>What stands beside a number.</summary>
    public static string Usual(Screen s, int? usual, int? median) => (usual, median) switch
    {
        (null, null) => s["supervision.usual-unknown"],
        (null, { } of) => s.Say("supervision.usual-unit", ("median", of)),
        ({ } own, null) => s.Say("supervision.usual-own", ("usual", own)),
        ({ } own, { } of) => s.Say("supervision.usual-both", ("usual", own), ("median", of)),
    };

    public static string Did(Screen s, OperatorActs.Act act) => act switch
    {
        { Did: "person.unmasked", Field: { } field } when Enum.TryParse<UnmaskedField>(field, out var which) => s.Say("look.person.unmasked-field", ("field", s.Word(which))),
        { Did: "person.listed" } => s.Say("supervision.did-listed", ("list", s["looked-list." + act.Subject])),
        { Did: "list.taken" } => s.Say("look.list.taken", ("list", s["looked-list." + act.Subject])),
        _ => s["act." + act.Did],
    };
}
