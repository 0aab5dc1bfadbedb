using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

public static class Problems
{
    public static Problem CodeTaken(string code) => new Problem("unit.code-taken", 409, "The code {code} is taken.").With("code", code).At("code");
    public static Problem CodeForm() => new Problem("unit.code-form", 422, "2 to 20 letters, digits or hyphens, without marks.").At("code");
    public static Problem StillInUse(string what) => new Problem("unit.still-in-use", 409, "The unit cannot be closed: {what} would be left without one.").With("what", what);
}
