using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Mends what was entered wrongly about a stay. What was there before stays in the audit.</summary>
public sealed class CorrectModel(Db db, StayView view, CorrectStay correct) : HousePage(db)
{
    public sealed class CorrectForm
    {
        public int BaseVersion { get; set; }
        public StayClass Class { get; set; }
        public short Tier { get; set; }
        public Severity Severity { get; set; }
        public DateTimeOffset? ArrivedAt { get; set; }
        public StayReason Reason { get; set; }
        public string? ReasonNote { get; set; }
        public string Disease { get; set; } = Diseases.Covid19;
        public Protection Protection { get; set; }
        public DateOnly? OriginOn { get; set; }
        public string? Note { get; set; }
    }

    [BindProperty]
    public CorrectForm Form { get; set; } = new();

    public StayView.Full Full { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(StayId id)
    {
        if (await view.OfAsync(id, Ct) is not { UnitMine: true } full) return await NotHereAsync("stay", id);
        NewIntent();
        Full = full;
        Shows(full.Stay.PersonId);
        var stay = full.Stay;
        Form = new() { BaseVersion = stay.Version, Class = stay.Class, Tier = stay.Tier, Severity = stay.Severity, ArrivedAt = stay.ArrivedAt, Reason = stay.Reason, ReasonNote = stay.ReasonNote, Disease = stay.Disease, Protection = stay.Protection, OriginOn = stay.Origin is StayOrigin.Arrival or StayOrigin.Unknown ? null : stay.OriginOn, Note = stay.Note };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(StayId id)
    {
        if (await view.OfAsync(id, Ct) is not { UnitMine: true } full) return await NotHereAsync("stay", id);
        Full = full;
        Shows(full.Stay.PersonId);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await correct.RunAsync(new(Intent, id, Form.BaseVersion, Form.Class, Form.Tier, Form.Severity, Form.ArrivedAt, Form.Reason, Form.ReasonNote, Form.Protection, Form.OriginOn, Form.Disease, Form.Note), Ct);
        return outcome.Done ? Done(Links.Stay(id), "stay.is-corrected", ("name", full.Person.Shown)) : Refuse(outcome.Problems);
    }
}
