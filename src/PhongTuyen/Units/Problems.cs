using PhongTuyen.Kernel;

namespace PhongTuyen.Units;

public static class Problems
{
    public static Problem CodeTaken(string code) => new Problem("unit.code-taken", 409, "The code {code} is taken.").With("code", code).At("code");
    public static Problem CodeForm() => new Problem("unit.code-form", 422, "2 to 20 letters, digits or hyphens, without marks.").At("code");
    public static Problem ParentClosed() => new("unit.parent-closed", 409, "The unit above is closed. Open that one first.");
    /// <summary>What was typed names no unit of the visitor's, or several.</summary>
    public static Problem NotOne(string field) => new Problem("unit.not-one", 422, "No single unit of yours bears this name. Choose one from the list, or write its full name or its code.").At(field);
    public static Problem StillInUse(string what) => new Problem("unit.still-in-use", 409, "The unit cannot be closed: {what} would be left without one.").With("what", what);
}
