using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

public static class Problems
{
    public static Problem NoColumns() => new("import.no-columns", 422, "No column is matched to a field that the program knows. Match at least the name or the patient code.");
    public static Problem UnknownField(string field) => new Problem("import.unknown-field", 422, "There is no field {field}.").With("field", field);
    public static Problem UnknownMapping(string name) => new Problem("import.unknown-mapping", 422, "There is no mapping {name}.").With("name", name);
    public static Problem FieldTwice(string field) => new Problem("import.field-twice", 422, "Two columns are matched to {field}.").With("field", field);
    public static Problem NotNow() => new("import.not-now", 409, "This import is being worked on, or it is finished already.");
    /// <param name="what">What it is, in words.</param>
    /// <param name="about">Id of the person or facility that it is about.</param>
    public static Problem LaterEntry(string what, string about) => new Problem("import.later", 409, "Later and dependent on it: {what} ({about}).").With("what", what).With("about", about).At(about);
    public static Problem NotUndone() => new("import.not-undone", 409, "The import could not be undone; nothing of it was taken away. Try again.");
    public static Problem DependedOn(string what) => new Problem("import.depended-on", 409, "The import cannot be undone any more: later entries depend on it ({what}).").With("what", what);
    public static Problem RowFailed() => new("import.row-failed", 422, "The database refused this row.");
    public static Problem WordUnknown(string field, string word) => new Problem("import.word-unknown", 422, "«{word}» is none of the answers of this field.").With("word", VietnameseText.Cut(word, 40)).At(field);
    public static Problem AgeForm(string field) => new Problem("import.age-form", 422, "An age is a whole number of years from 0 to 130, or of months: 8 tháng.").At(field);
    public static Problem SameRow(int row) => new Problem("import.same-row", 409, "The same as row {row} of this file.").With("row", Plain(row));
    public static Problem TakenInBefore(string file, DateOnly day, int row) => new Problem("import.taken-in-before", 409, "Taken in on {day} from «{file}», row {row}.").With("day", day).With("file", file).With("row", Plain(row));
    public static Problem PersonKnown() => new("import.person-known", 409, "This person is recorded already, by the number on the paper.");
    public static Problem NumberTwice(int row) => new Problem("import.number-twice", 422, "Row {row} of this file has the same number and is about the same person.").With("row", Plain(row));
    public static Problem WrongUnit() => new Problem("import.wrong-unit", 404, "Choose a unit of your own.").At("unit");
    public static Problem NoFile() => new Problem("import.no-file", 422, "Choose a file first.").At("file");
    public static Problem NoRows() => new("import.no-rows", 422, "The list has a header and no rows below it. Check that it was filled in and saved.");
    public static Problem NothingToTakeIn() => new("import.nothing-to-take-in", 422, "Every row is a duplicate or has to be mended: there is nothing to take in.");

    private static string Plain(int row) => row.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
