using PhongTuyen.Kernel;

namespace PhongTuyen.Supervision;

public static class Problems
{
    public static Problem NoteToClear() => new Problem("supervision.note-to-clear", 422, "Write what has to be made clear, and with whom.").At("note");
    public static Problem OwnDay() => new("supervision.own-day", 422, "Nobody looks after their own days: whoever stands above does.");
}
