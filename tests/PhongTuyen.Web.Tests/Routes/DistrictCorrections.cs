using PhongTuyen.Corrections;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.Corrections;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Worklists;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>Requests to correct records, asked for by the district's officer and decided by the camp.</summary>
public sealed partial class District
{
    /// <summary>Of somebody in the camp's house.</summary>
    /// <returns>With the version of the person's record.</returns>
    public async Task<(Guid Id, int Person)> CorrectionAsync()
    {
        var person = await PersonAsync();
        await House.StayAsync(Clerk, Camp, person);
        var id = await House.AskedAsync(Officer, person, new AskCorrection.Wish(CorrectedField.Sex, null, "Female"));
        return (id, (await House.PersonOfAsync(Clerk, person)).Version);
    }

    public async Task<Guid> WorkActAsync() => (await House.GiveAsync(Clerk, Clerk, (await CorrectionAsync()).Id)).Value.Act;

    public async Task<Guid> RefusedAsync()
    {
        var (id, _) = await CorrectionAsync();
        return (await House.DecideAsync(Clerk, id, approve: false)).Value;
    }

    public async Task<Guid> AskedBackAsync()
    {
        var (id, _) = await CorrectionAsync();
        return await DoAsync<DecideCorrection, Guid>(Clerk, use => use.AskBackAsync(House.Clock.NewGuid(), id, 1, "Giấy nào?", CancellationToken.None));
    }

    /// <summary>The person has left the camp since, and lives in a commune of the district.</summary>
    public async Task<Guid> GoneOnAsync()
    {
        var person = await PersonAsync();
        var stay = await House.StayAsync(Clerk, Camp, person);
        var id = await House.AskedAsync(Officer, person, new AskCorrection.Wish(CorrectedField.Sex, null, "Female"));
        await DoAsync<EndStay, StayId>(Clerk, use => use.RunAsync(new(House.Clock.NewGuid(), stay, StayEnd.Left, House.Clock.GetUtcNow(), null), CancellationToken.None));
        return id;
    }
}
