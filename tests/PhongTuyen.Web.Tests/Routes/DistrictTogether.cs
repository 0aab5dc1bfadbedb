using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.People.Matching;
using PhongTuyen.People;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Units;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>What a clerk of the district did with many at one press: the intents with which it is taken back.</summary>
public sealed partial class District
{
    /// <summary>Of a pair that was decided to be two persons: the intent.</summary>
    public async Task<Guid> DifferentAsync()
    {
        var (match, intent) = ((await TwinsAsync()).Match, House.Clock.NewGuid());
        await DoAsync<DecideMatches, DecideMatches.Decided>(Clerk, use => use.RunAsync(new(intent, [match], true, null), CancellationToken.None));
        return intent;
    }

    /// <summary>Of a finding that was closed: the intent.</summary>
    public async Task<Guid> ClosedAsync()
    {
        var (finding, intent) = (await FindingAsync(of: await PersonAsync()), House.Clock.NewGuid());
        await DoAsync<CloseFindings, CloseFindings.Closed>(Clerk, use => use.RunAsync(new(intent, [finding], FindingState.Mended, "Đã bổ sung"), CancellationToken.None));
        return intent;
    }

    /// <summary>Of a list that was ended in one act: the intent.</summary>
    public async Task<Guid> EndedTogetherAsync()
    {
        var (stay, intent) = (await StayAsync(), House.Clock.NewGuid());
        await DoAsync<EndStay, EndStay.Many>(Clerk, use => use.RunManyAsync(intent, [stay], StayEnd.Left, House.Clock.GetUtcNow(), CancellationToken.None));
        return intent;
    }

    /// <summary>Of a list that got beds in one act: the intent.</summary>
    public async Task<Guid> BeddedAsync()
    {
        var (stay, intent) = (await StayAsync(), House.Clock.NewGuid());
        await DoAsync<AssignBed, AssignBed.Many>(Clerk, use => use.RunManyAsync(intent, [stay], CancellationToken.None));
        return intent;
    }

    /// <summary>Of rooms that the head of the camp (of the second: the district's officer) added: the intent.</summary>
    public async Task<Guid> RoomsAsync()
    {
        var intent = House.Clock.NewGuid();
        await DoAsync<RunFacility, RunFacility.Added>(first ? Place.HeadA : Officer, use => use.RunAsync(new RunFacility.AddRooms(intent, Camp, Unlike("Khu"), ["1"], 2, PlaceClasses.Observation, false, false, 0), CancellationToken.None), Permission.ManageFacility);
        return intent;
    }

    /// <summary>A batch of which all papers were taken at one press, and the intent.</summary>
    public async Task<(Guid Batch, Guid Intent)> TakenAsync()
    {
        var ((batch, _), intent) = (await PaperAsync(), House.Clock.NewGuid());
        await DoAsync<TakePaper, TakePaper.TakenAll>(Clerk, use => use.AllAsync(intent, batch, CancellationToken.None));
        return (batch, intent);
    }

    /// <summary>A unit that a list made, merged into another one by whoever is over the units of the district.</summary>
    public async Task<(UnitId Into, Guid Intent)> MergedAsync()
    {
        var (unit, into, intent) = (new UnitId(await UnitAsync(imported: true)), new UnitId(await UnitAsync()), House.Clock.NewGuid());
        var by = first ? new AccountId(await House.AskAsync<Guid>("SELECT id FROM pt.account WHERE user_name = $1", RouteHouse.OverA)) : Place.ProvinceOfficer;
        await DoAsync<MergeUnit, MergeUnit.Moved>(by, use => use.RunAsync(new(intent, unit, into), CancellationToken.None), Permission.ManageUnits);
        return (into, intent);
    }
}
