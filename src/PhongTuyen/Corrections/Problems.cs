using PhongTuyen.Kernel;

namespace PhongTuyen.Corrections;

public static class Problems
{
    public static Problem NothingAsked() => new("correction.nothing-asked", 422, "Say what is wrong: nothing in this form differs from the record.");
    public static Problem EvidenceNeeded() => new Problem("correction.evidence-needed", 422, "Describe the paper that proves it, or add a picture of it.").At("paper");
    public static Problem TooManyFiles(int most) => new Problem("correction.too-many-files", 422, "At most {most} files.").With("most", most).At("files");
    /// <summary>Still open.</summary>
    public static Problem Same(Guid id, string unit, DateTimeOffset at) => new Problem("correction.same", 409, "The same was asked for already, by {unit} at {at}, and is not decided yet.").With("unit", unit).With("at", at).With("id", id);
    public static Problem NobodyAnswers() => new("correction.nobody-answers", 422, "No unit is answerable for this person.");
    public static Problem Decided() => new("correction.decided", 409, "This request was decided or withdrawn already.");
    public static Problem OwnRequest() => new("correction.own-request", 403, "Whoever asks does not decide. Who may change the record corrects it on its own page.");
    public static Problem Conflict() => new("correction.conflict", 409, "The record was changed since this was asked for. Compare the values, and decide again.");
    public static Problem NotInBulk() => new("correction.not-in-bulk", 409, "An address changes who sees the person, and other words are mended by hand: look at it by itself.");
    public static Problem OnceEach() => new("correction.once-each", 409, "Another request of the same person is decided in this act: decide this one after it.");
    public static Problem NotAsked() => new("correction.not-asked", 409, "Nothing was asked back.");
    public static Problem StaysHere() => new("correction.stays-here", 409, "Your unit is answerable for this person: there is nowhere to send it.");
    public static Problem NotDecided() => new("correction.not-decided", 409, "There is no decision to take back.");
    public static Problem ChangedAgain(string field) => new Problem("correction.changed-again", 409, "{field} was changed again since.").With("field", field);
    public static Problem AskedAnew() => new("correction.asked-anew", 409, "The same was asked for again since, and that request is open.");
    public static Problem StillOther() => new Problem("correction.still-other", 422, "Mend it in the record first, then tick that it is done.").At("mended");
    public static Problem PartGone(string field) => new Problem("correction.part-gone", 409, "This number is not in the record any more.").At(field);
}
