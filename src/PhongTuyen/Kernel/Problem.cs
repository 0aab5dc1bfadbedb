namespace PhongTuyen.Kernel;

/// <summary>
/// A refusal that a user can meet. Each stands once in a module's <c>Problems.cs</c>; <c>docs/problems.md</c> is generated from them.
/// </summary>
/// <param name="Code">For machines: <c>area.what</c>, in lower case. The Vietnamese sentence stands in the module's text file under <c>problem.</c> + this code.</param>
/// <param name="Status">The HTTP status that goes with it.</param>
/// <param name="Sentence">English, with <c>{names}</c> that <see cref="Details"/> fills.</param>
public sealed record Problem(string Code, int Status, string Sentence)
{
    /// <summary>What fills the names of the sentence. Never a document number or a telephone number of a person.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>The input that has to be mended, by the name of its field; null where the fault lies in no single one.</summary>
    public string? Field { get; init; }

    public Problem With(string name, object? value) =>
        this with { Details = new Dictionary<string, string>(Details) { [name] = Words.Show(value) } };

    public Problem At(string? field) => this with { Field = field };
}

/// <summary>Refusals that belong to no module.</summary>
public static class Refusals
{
    /// <summary>Also the answer for what exists but lies outside of the asker's area: the two cannot be told apart.</summary>
    public static Problem NotFound() => new("kernel.not-found", 404, "There is nothing here, or it is not within your area.");
    public static Problem DoorClosed() => new("kernel.door-closed", 403, "Your role does not open this page.");
    public static Problem SignInFirst() => new("kernel.sign-in-first", 401, "Please sign in first.");
    /// <summary>The same client id with other content: the first one stands, since a repeated id means that the answer was lost.</summary>
    public static Problem SentDifferently() => new("kernel.sent-differently", 422, "This form was already sent with other content. Open the page again to start a new one.");
    public static Problem ClientIdMissing() => new("kernel.client-id-missing", 422, "A write needs an id made by the sender (UUID version 7).");
    public static Problem Changed() => new("kernel.changed", 409, "Somebody else changed this record meanwhile. Nothing was overwritten: look at the newer values and send again.");
    /// <summary>No JSON, or a part of it that is not of its kind.</summary>
    public static Problem Unreadable(string where) => new Problem("kernel.unreadable", 400, "The message cannot be read at {where}: it is no JSON, or this part is not of the kind that the description of the API asks for.").With("where", where);
    public static Problem NoSuchRequest() => new("kernel.no-such-request", 400, "This address does not answer such a request. See the description of the API.");
    public static Problem TooMany() => new("kernel.too-many", 429, "Too many requests in one minute. Wait a little, then send again.");
    public static Problem TooLarge(int megabytes) => new Problem("kernel.too-large", 413, "What was sent is larger than {megabytes} MB. Nothing was kept.").With("megabytes", megabytes);
    public static Problem Required(string field) => new Problem("kernel.required", 422, "Please fill in this field.").At(field);
    public static Problem TooLong(string field, int most) => new Problem("kernel.too-long", 422, "At most {most} characters.").With("most", most).At(field);
    public static Problem NotADate(string field) => new Problem("kernel.not-a-date", 422, "This is not a date. Write day, month, year, for example 05/08/2021.").At(field);
    public static Problem NotANumber(string field) => new Problem("kernel.not-a-number", 422, "This is not a number.").At(field);
    /// <summary>Neither a number nor one of the choices, whichever was asked for.</summary>
    public static Problem NotReadable(string field) => new Problem("kernel.not-readable", 422, "This cannot be read here. Look at what was entered.").At(field);
    /// <summary>Part of an address. A list without it would pass for the one that was asked for.</summary>
    public static Problem FilterUnreadable(string name) => new Problem("kernel.filter-unreadable", 400, "The address asks for “{name}” in a way that cannot be read: no list is shown, so that it is not taken for another one.").With("name", name);
    public static Problem NotOneOf(string field) => new Problem("kernel.not-one-of", 422, "Please choose one of the answers offered.").At(field);
    public static Problem InFuture(string field) => new Problem("kernel.in-future", 422, "This time lies in the future.").At(field);
    /// <summary>Of an act that cannot be taken back any more. What depends on it follows, each with the id of its record as <see cref="Problem.Field"/>.</summary>
    public static Problem DependsOn(int n) => new Problem("kernel.depends-on", 409, "It cannot be taken back: {n} lines have gone on since. They are listed here.").With("n", n);
    public static Problem ChangedSince() => new("kernel.changed-since", 409, "Changed since by somebody.");
    public static Problem ReasonNeeded(string field) => new Problem("kernel.reason-needed", 422, "Please give the reason.").At(field);
}
