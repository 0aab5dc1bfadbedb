using PhongTuyen.Corrections;

namespace PhongTuyen.Web.Corrections;

/// <summary>How the states of a request look.</summary>
public static class CorrectionLook
{
    public static (string Kind, string Icon) Of(CorrectionState state) => state switch
    {
        CorrectionState.Open => ("info", "clock"),
        CorrectionState.AskedBack => ("watch", "help"),
        CorrectionState.Approved => ("ok", "check"),
        CorrectionState.Refused => ("urgent", "x"),
        _ => ("info", "undo"),
    };
}
