using PhongTuyen.Cases;

namespace PhongTuyen.Web.Cases;

/// <summary>Colour and sign of a case's class.</summary>
public static class CaseLook
{
    public static (string Kind, string Icon) Of(CaseClass of) => of switch { CaseClass.Confirmed => ("urgent", "virus"), CaseClass.Discarded => ("ok", "check"), _ => ("watch", "clock") };
}
