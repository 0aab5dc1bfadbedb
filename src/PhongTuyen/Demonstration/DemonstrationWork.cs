using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Worklists;

namespace PhongTuyen.Demonstration;

/// <summary>Work in the demonstration province: corrections that the district asks for of people in the camp, in every state.</summary>
internal sealed class DemonstrationWork(DemonstrationProvince province, IServiceProvider services, TimeProvider clock)
{
    /// <summary>A picture of one point: it stands for the photograph of a paper.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public async Task MakeAsync(CancellationToken ct)
    {
        var persons = await AsAsync("huyen", use => use.GetRequiredService<Db>().Connection.RowsAsync("SELECT person_id FROM pt.quarantine_stay WHERE unit_id = $1 AND state = 2 ORDER BY arrived_at DESC, id LIMIT 9", r => new PersonId(r.GetGuid(0)), ct, province.Unit("KCL-HS").Value), ct);
        AskCorrection.Wish[] wishes =
        [
            new(CorrectedField.Name, null, "Nguyễn Thị Thanh Hiền"), new(CorrectedField.Birth, null, "05/08/1987"), new(CorrectedField.Document, null, "B1234567") { Kind = DocumentKind.Passport }, new(CorrectedField.Nationality, null, "Lào"),
            new(CorrectedField.PresentAddress, null, "12 Trần Phú") { Area = province.Area("Xã Bến Nước") }, new(CorrectedField.Phone, null, "0912345678"), new(CorrectedField.Name, null, "Trần Văn Quý"), new(CorrectedField.Other, null, "Nghề nghiệp ghi nhầm: là giáo viên"), new(CorrectedField.Name, null, "Lê Hoàng Yến"),
        ];
        var asked = new List<Guid>();
        for (var i = 0; i < persons.Count; i++)
        {
            var input = new AskCorrection.Input(clock.NewGuid(), persons[i], [wishes[i]], i % 4 == 1 ? CorrectionHaste.Leaving : CorrectionHaste.None, "Gia đình gửi lại giấy tờ", "CCCD bản gốc, chụp ngày tiếp nhận", i % 3 == 0 ? [new(Picture)] : []);
            asked.Add(Must(await AsAsync("huyen", use => use.GetRequiredService<AskCorrection>().RunAsync(input, ct), ct)));
        }
        if (asked.Count < 9) return;
        async Task<DecideCorrection.Input> DecisionAsync(Guid id, bool approve, string? reason) => await AsAsync("nhap-lieu", async use => (await use.GetRequiredService<CorrectionReader>().OfAsync(id, ct))! is var full
            ? new DecideCorrection.Input(clock.NewGuid(), id, full.Correction.Version, full.PersonVersion, approve, false, false, reason) : throw new InvalidOperationException(), ct);
        var (approve, refuse) = (await DecisionAsync(asked[6], true, "Đã đối chiếu CCCD"), await DecisionAsync(asked[5], false, "Số này là của người thân"));
        Must(await AsAsync("nhap-lieu", use => use.GetRequiredService<DecideCorrection>().RunAsync(approve, ct), ct));
        Must(await AsAsync("nhap-lieu", use => use.GetRequiredService<DecideCorrection>().RunAsync(refuse, ct), ct));
        Must(await AsAsync("nhap-lieu", use => use.GetRequiredService<DecideCorrection>().AskBackAsync(clock.NewGuid(), asked[7], 1, "Trường nào, từ bao giờ?", ct), ct));
        foreach (var (to, id) in new[] { ("nhap-lieu", asked[3]), ("quan-ly-khu", asked[4]) })
            Must(await AsAsync("quan-ly-khu", use => use.GetRequiredService<ActOnWork>().RunAsync(new(clock.NewGuid(), AskCorrection.List, WorkActKind.Give, [new(id, 1)], province.Account(to), null, null), ct), ct));
        // One came a week ago and nobody took it.
        await AsAsync("quan-ly-khu", use => use.GetRequiredService<Db>().Connection.RunAsync("UPDATE pt.worklist_item SET posted_at = $2, due_at = $3, above_at = $4 WHERE id = $1", ct, asked[8], clock.GetUtcNow().AddDays(-7), clock.Today().AtLocal(), clock.Today().AddDays(1).AtLocal()), ct);
    }

    private async Task<T> AsAsync<T>(string account, Func<IServiceProvider, Task<T>> act, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(province.Account(account), Roles.With(Permission.EnterData), Roles.Faceless, ct) is null) throw new InvalidOperationException($"No account {account}.");
        var result = await act(scope.ServiceProvider);
        await db.CommitAsync(ct);
        return result;
    }

    private static T Must<T>(Outcome<T> outcome) => outcome.Value;
}
