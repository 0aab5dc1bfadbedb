using PhongTuyen.Kernel;

namespace PhongTuyen.Audit;

public static class Problems
{
    /// <summary>No row, no act: it is no fault of what was sent, and the same may be sent again with the same id.</summary>
    public static Problem Unavailable() => new("audit.unavailable", 503, "The audit cannot be written at the moment, so no person is shown and nothing is kept. What you sent is not lost on your side: send the same again a little later.");
}
