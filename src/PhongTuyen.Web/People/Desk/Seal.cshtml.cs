using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Seals the record of a person whom the visitor sees; who is named for it; and the end of the seal.</summary>
public sealed class SealModel(Db db, PersonHeads heads, SealPerson seal, SealsList seals) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Reason { get; set; }
        public List<Guid> Keys { get; set; } = [];
        public Guid? Account { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public PersonId Id { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public PersonHead Head { get; private set; } = null!;
    public SealsList.Seal? Seal { get; private set; }
    public IReadOnlyList<SealCandidate> Candidates { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        NewIntent();
        return await LoadAsync() ? Page() : await NotHereAsync("person", Id);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        var outcome = await seal.RunAsync(new(Intent, Id, Form.Reason, [.. Form.Keys.Select(key => new AccountId(key))]), Ct);
        return outcome.Done ? Done(Links.Person(Id), "seal.done") : Refuse(outcome.Problems);
    }

    public Task<IActionResult> OnPostGiveAsync() => ChangeAsync(of => seal.GiveAsync(of, new AccountId(Form.Account ?? default), Ct), Links.Seal(Id), "seal.was-given");

    public Task<IActionResult> OnPostEndAsync() => ChangeAsync(of => seal.EndAsync(of, new AccountId(Form.Account ?? default), Ct), Form.Account == Db.Visitor!.Account.Value ? Links.Seals : Links.Seal(Id), "seal.was-ended");

    public Task<IActionResult> OnPostLiftAsync() => ChangeAsync(of => seal.LiftAsync(of, Form.Reason, Ct), Links.Person(Id), "seal.was-lifted");

    private async Task<IActionResult> ChangeAsync(Func<Guid, Task<Outcome<Nothing>>> change, string then, string said)
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        var outcome = Seal is { } of ? await change(of.Id) : Refusals.Changed();
        return outcome.Done ? Done(then, said) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await heads.OfAsync(Id, Ct) is not { } head) return false;
        Head = head;
        Shows(Id);
        Seal = await seals.OfAsync(Id, Ct);
        Candidates = [.. (await Db.SealCandidatesAsync(Id, Ct)).Where(one => one.Id != Db.Visitor!.Account && (Seal?.Holders.All(holder => holder.Account != one.Id) ?? true))];
        return true;
    }
}
