using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>The heads of the units concerned, and the officers above them, are told what was decided about them: once when it is planned, once when it is done or taken back.</summary>
internal static class TellOfActs
{
    private static readonly short[] Heads = [(short)Role.UnitHead, (short)Role.DistrictOfficer];

    public static async Task TellAsync(Db db, ReorganisationAct act, string text, CancellationToken ct)
    {
        foreach (var unit in act.Units.Append(act.UnitId.Value).Distinct().Take(50)) await TellAsync(db, act, unit, text, ct);
    }

    public static async Task TellAsync(Db db, ReorganisationAct act, int unit, string text, CancellationToken ct)
    {
        var name = await db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", ct, unit) ?? "";
        var details = new Dictionary<string, string> { ["unit"] = name, ["paper"] = act.Paper, ["day"] = Words.Show(act.EffectiveOn) };
        await db.Connection.RunAsync("SELECT pt.tell_unit($1, $2, $3, $4, $5, $6, false, $7)", ct, $"tree/{act.Id}/{unit}/{act.State}", unit, Heads, text, JsonSerializer.Serialize(details), $"/desk/units/unit/{new UnitId(unit)}", db.Clock.GetUtcNow());
    }
}
