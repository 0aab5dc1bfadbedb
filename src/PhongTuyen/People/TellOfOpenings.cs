using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;

namespace PhongTuyen.People;

/// <summary>Whoever manages an account is told at once when it opens a person in an emergency, or asks for a sealed record.</summary>
public sealed class TellOfOpenings(Db db, INotify notify) : IHear<PersonOpened>, IHear<OpeningAsked>
{
    public Task HearAsync(PersonOpened told, CancellationToken ct) =>
        TellAsync("notice.person-opened", told.Opening, new() { ["name"] = db.Visitor!.DisplayName, ["until"] = Words.Show(told.EndsAt), ["due"] = Words.Show(told.ReviewBy) }, ct);

    public Task HearAsync(OpeningAsked told, CancellationToken ct) => TellAsync("notice.opening-asked", told.Opening, new() { ["name"] = db.Visitor!.DisplayName }, ct);

    private Task TellAsync(string text, Guid opening, Dictionary<string, string> details, CancellationToken ct) => notify.MyManagersAsync(text, details, "/desk/people/openings", $"opening/{opening}", ct);
}
