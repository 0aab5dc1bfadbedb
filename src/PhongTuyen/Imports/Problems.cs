using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

public static class Problems
{
    public static Problem NoColumns() => new("import.no-columns", 422, "No column is matched to a field that the program knows. Match at least the name or the patient code.");
    public static Problem UnknownField(string field) => new Problem("import.unknown-field", 422, "There is no field {field}.").With("field", field);
    public static Problem UnknownMapping(string name) => new Problem("import.unknown-mapping", 422, "There is no mapping {name}.").With("name", name);
    public static Problem FieldTwice(string field) => new Problem("import.field-twice", 422, "Two columns are matched to {field}.").With("field", field);
    public static Problem NotNow() => new("import.not-now", 409, "This import is being worked on, or it is finished already.");
    public static Problem DependedOn(string what) => new Problem("import.depended-on", 409, "The import cannot be undone any more: later entries depend on it ({what}).").With("what", what);
    public static Problem RowFailed() => new("import.row-failed", 422, "The database refused this row.");
    public static Problem WordUnknown(string field, string word) => new Problem("import.word-unknown", 422, "«{word}» is none of the answers of this field.").With("word", word.Length > 40 ? word[..40] : word).At(field);
    public static Problem AgeForm(string field) => new Problem("import.age-form", 422, "An age is a whole number from 0 to 130.").At(field);
    public static Problem NothingToTakeIn() => new("import.nothing-to-take-in", 422, "Every row is a duplicate or has to be mended: there is nothing to take in.");
}
