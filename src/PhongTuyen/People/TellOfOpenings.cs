using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;

namespace PhongTuyen.People;

/// <summary>Whoever manages an account is told at once when it opens a person in an emergency.</summary>
public sealed class TellOfOpenings(Db db, INotify notify) : IHear<PersonOpened>
{
    public Task HearAsync(PersonOpened told, CancellationToken ct) =>
        notify.MyManagersAsync("notice.person-opened", new Dictionary<string, string> { ["name"] = db.Visitor!.DisplayName, ["until"] = Words.Show(told.EndsAt), ["due"] = Words.Show(told.ReviewBy) }, "/desk/people/openings", $"opening/{told.Opening}", ct);
}
