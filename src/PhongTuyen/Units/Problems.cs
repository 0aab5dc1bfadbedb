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
    public static Problem NotMadeByImport() => new("unit.not-made-by-import", 409, "Only a unit that an import made and nobody has confirmed can be merged.");
    public static Problem MergeWithItself() => new Problem("unit.merge-with-itself", 422, "Choose another unit: this one cannot be merged with itself.").At("into");
    public static Problem MergeBelowItself() => new Problem("unit.merge-below-itself", 422, "Choose a unit that does not lie below this one.").At("into");
    public static Problem HasRooms() => new("unit.has-rooms", 409, "The unit has rooms or licensed places of its own. Close them first, or confirm the unit instead of merging it.");
    /// <summary>Of a record that a merge moved. <paramref name="entry"/>: its kind.</summary>
    public static Problem MovedOn(string entry) => new Problem("unit.moved-on", 409, "Changed since the merge: {entry}.").With("entry", entry);
    /// <summary>Of a record under one of the two units of a merge.</summary>
    public static Problem EnteredSince(string entry) => new Problem("unit.entered-since", 409, "Entered since the merge, so that nobody can say under which of the two units it belongs: {entry}.").With("entry", entry);
    public static Problem BuiltUpon(string entry) => new Problem("unit.built-upon", 409, "Came after the merge and is taken back first: {entry}.").With("entry", entry);
    public static Problem StandsClosed() => new("unit.stands-closed", 409, "This unit is closed. Open it first.");
    public static Problem WasMerged() => new("unit.was-merged", 409, "This unit was merged into another one and stays closed.");
}
