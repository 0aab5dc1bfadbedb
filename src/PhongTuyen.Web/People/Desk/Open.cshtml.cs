using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Break-glass: somebody of another area is needed now. What is asked for stands in the form only, and what comes of it is told to the manager.</summary>
public sealed class OpenModel(Db db, OpenPerson open, OpeningSettings settings) : HousePage(db)
{
    public sealed class Fields
    {
        /// <summary>A kind of document, or <c>Code</c>.</summary>
        public string? By { get; set; }
        public string? Number { get; set; }
        public string? Birth { get; set; }
        public string? Reason { get; set; }
    }

    /// <summary>Instead of a kind of document.</summary>
    private const string Code = "Code";

    [BindProperty]
    public Fields Form { get; set; } = new();

    public OpeningSettings Settings => settings;

    public IEnumerable<(string Value, string Word)> Ways => Enum.GetValues<DocumentKind>().Select(kind => (kind.ToString(), S.Word(kind))).Append((Code, S["open.by-code"]));

    public void OnGet()
    {
        NewIntent();
        Form.By = DocumentKind.CitizenCard.ToString();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        DocumentKind? kind = null;
        if (Form.By != Code)
        {
            if (!Enum.TryParse<DocumentKind>(Form.By, out var of) || !Enum.IsDefined(of)) return Refuse(Refusals.NotOneOf("by"));
            kind = of;
        }
        if (!DateInput.TryBirth(Form.Birth, S.Today, out var birth)) return Refuse(PhongTuyen.People.Problems.BirthForm());
        var outcome = await open.RunAsync(new OpenPerson.Input(Intent, kind, Form.Number ?? "", birth, Form.Reason ?? ""), Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        if (outcome.Value.Waits) return Done(Links.OpenPerson, "open.waits");
        return outcome.Value.Ends is { } ends ? Done(Links.Person(outcome.Value.Person), "open.done", ("until", ends)) : Done(Links.Person(outcome.Value.Person), "open.not-needed");
    }
}
