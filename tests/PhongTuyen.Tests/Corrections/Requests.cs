using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Corrections;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;

namespace PhongTuyen.Tests.Corrections;

/// <summary>Requests to correct a record, asked for by the use-case itself.</summary>
public static class Requests
{
    public static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, .. "planted picture"u8, 0xFF, 0xD9];

    public static AskCorrection.Wish Name(string name) => new(CorrectedField.Name, null, name);

    public static AskCorrection.Input Request(this TestHouse house, PersonId person, params AskCorrection.Wish[] wishes) => new(house.Clock.NewGuid(), person, wishes, CorrectionHaste.None, "Đọc nhầm", "Giấy khai sinh số 12/2015", []);

    public static Task<Outcome<Guid>> AskAsync(this TestHouse house, AccountId by, AskCorrection.Input input) => house.RunAsync<AskCorrection, Guid>(by, use => use.RunAsync(input, CancellationToken.None));

    public static async Task<Guid> AskedAsync(this TestHouse house, AccountId by, PersonId person, params AskCorrection.Wish[] wishes) => (await house.AskAsync(by, house.Request(person, wishes))).Value;

    public static Task<CorrectionReader.Full?> CorrectionAsync(this TestHouse house, AccountId by, Guid id) => house.AsAsync(by, Permission.SeePersons, (services, _) => services.GetRequiredService<CorrectionReader>().OfAsync(id, CancellationToken.None));

    public static async Task<Outcome<Guid>> DecideAsync(this TestHouse house, AccountId by, Guid id, bool approve = true, bool despite = false, bool mended = false, string? reason = "Đã đối chiếu giấy tờ")
    {
        var full = await house.CorrectionAsync(by, id);
        return await house.RunAsync<DecideCorrection, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), id, full?.Correction.Version ?? 1, full?.PersonVersion ?? 1, approve, despite, mended, reason), CancellationToken.None));
    }

    public static Task<Person> PersonOfAsync(this TestHouse house, AccountId by, PersonId person) => house.AsAsync(by, Permission.SeePersons, async (services, _) => (await services.GetRequiredService<PersonView>().OfAsync(person, CancellationToken.None))!.Person);
}
