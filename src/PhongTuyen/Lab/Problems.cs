using PhongTuyen.Kernel;

namespace PhongTuyen.Lab;

public static class Problems
{
    public static Problem CtRange() => new Problem("result.ct-range", 422, "A Ct value lies between 0 and 50.").At("ct");
    public static Problem AlreadyWithdrawn() => new("result.already-withdrawn", 409, "This result is withdrawn already.");
    public static Problem SameResult() => new("result.same", 409, "This result of that day is recorded already.");
}
