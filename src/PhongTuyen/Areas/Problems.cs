using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>The refusals of this module.</summary>
public static class AreaProblems
{
    public static Problem CodeUnknown(string code) => new Problem("areas.code-unknown", 422, "No unit bears the code {code} on that day.").With("code", code);
    public static Problem ParentUnknown(string code, string parent) =>
        new Problem("areas.parent-unknown", 422, "The unit {code} is to lie in {parent}, which does not stand on that day.").With("code", code).With("parent", parent);
    public static Problem ChangedTwice(string code, DateOnly day) =>
        new Problem("areas.changed-twice", 422, "The unit {code} is changed twice on {day}, and not alike.").With("code", code).With("day", day);
    public static Problem LeftBehind(string code, DateOnly day) =>
        new Problem("areas.left-behind", 422, "The unit {code} lies in one that ends on {day}. Say where it goes.").With("code", code).With("day", day);
    public static Problem CommuneEnded() => new Problem("areas.commune-ended", 422, "This commune does not stand any more. Choose the one that it became.").At("commune");
    public static Problem HamletTaken(string name) => new Problem("areas.hamlet-taken", 409, "{name} is in the list of this commune already.").With("name", name).At("name");
    public static Problem NotAnOldCommune() => new Problem("areas.not-an-old-commune", 422, "Only a commune that stood on 30/06/2025 can have gone into another one.").At("olds");
    public static Problem NotANewCommune() => new Problem("areas.not-a-new-commune", 422, "Choose a commune that stands since 01/07/2025.").At("new");
    /// <summary>What was typed names no unit, or several.</summary>
    public static Problem NotOne(string field) => new Problem("areas.not-one", 422, "No single area is meant by this. Choose one from the list, or write it with what it lies in: commune, district, province.").At(field);
    public static Problem FileUnreadable(string why) => new Problem("areas.file-unreadable", 422, "The file cannot be read: {why}").With("why", why);
    public static Problem FileWithoutAreas() =>
        new("areas.file-without-areas", 422, "The file has no column named province, district or commune (tỉnh, huyện, xã).");
    public static Problem CountUnreadable(int line, string text) =>
        new Problem("areas.count-unreadable", 422, "Line {line}: '{text}' is not a whole number of cases.").With("line", line).With("text", text);
}
