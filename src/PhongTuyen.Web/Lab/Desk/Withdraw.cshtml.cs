using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Lab.Desk;

/// <summary>Takes back a result that was wrong or another person's. It stays in the course, struck out, with the reason.</summary>
public sealed class WithdrawModel(Db db, WithdrawResult withdraw, PersonHeads heads) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public ResultId Id { get; set; }

    public TestResult Result { get; private set; } = null!;
    public PersonHead Head { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("result", Id);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("result", Id);
        var outcome = await withdraw.RunAsync(Id, Form.Reason, Ct);
        return outcome.Done ? Done(Links.Person(Result.PersonId), "result.withdrawn", ("name", Head.Shown)) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await Db.Set<TestResult>().AsNoTracking().FirstOrDefaultAsync(result => result.Id == Id, Ct) is not { } result || await heads.OfAsync(result.PersonId, Ct) is not { } head) return false;
        (Result, Head) = (result, head);
        Shows(Result.PersonId);
        return true;
    }
}
