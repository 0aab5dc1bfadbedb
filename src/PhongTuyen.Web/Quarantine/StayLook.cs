using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Web.Quarantine;

/// <summary>Colour and sign of a stay's state; a list draws one a row, so it is no view of its own.</summary>
public static class StayLook
{
    public static (string Kind, string Icon) Of(StayState state, StayEnd? end) => state switch
    {
        StayState.InHouse => ("info", "bed"),
        StayState.Expected => ("info", "clock"),
        StayState.Absent => ("urgent", "alert"),
        StayState.OnTheWay => ("watch", "transfer"),
        StayState.Withdrawn => ("info", "x"),
        _ => end is StayEnd.Died or StayEnd.Lost ? ("urgent", "x") : ("ok", "check"),
    };

    /// <summary>How it ended, or how it stands.</summary>
    public static string Word(Screen s, StayState state, StayEnd? end) => end is { } known ? s.Word(known) : s.Word(state);
}
