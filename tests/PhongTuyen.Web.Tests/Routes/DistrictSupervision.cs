using PhongTuyen.Kernel;
using PhongTuyen.Supervision;
using PhongTuyen.Tests.Quarantine;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>Days of the camp's clerk that the district's officer looks at.</summary>
public sealed partial class District
{
    public async Task<DateOnly> SeenDayAsync()
    {
        var day = House.Clock.Today().AddDays(-2);
        await House.AskAsync<object>("INSERT INTO pt.supervision_day (unit_id, account_id, day, hours, last_at, score) VALUES ($1, $2, $3, array_fill(0, ARRAY[24]), now(), 200) ON CONFLICT DO NOTHING RETURNING NULL", Camp.Value, side.Account.Value, day);
        return day;
    }

    /// <summary>What the officer found on it.</summary>
    public async Task<Guid> FoundAsync()
    {
        var day = await SeenDayAsync();
        return await DoAsync<FindOnDay, Guid>(Officer, use => use.RunAsync(new(House.Clock.NewGuid(), side.Account, Camp, day, DayVerdict.Ordinary, null), CancellationToken.None), PhongTuyen.Accounts.Permission.JudgeEntries);
    }
}
