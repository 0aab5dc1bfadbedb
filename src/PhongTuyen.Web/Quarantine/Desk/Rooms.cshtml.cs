using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Adds rooms with beds to a facility, many at once: "101-120" or names separated by commas.</summary>
public sealed class RoomsModel(Db db, RunFacility run, FacilitiesList facilities) : HousePage(db)
{
    public sealed class RoomsForm
    {
        public string? Wing { get; set; }
        public string? Rooms { get; set; }
        public int BedsEach { get; set; } = 4;
        public short Class { get; set; } = 10;
        public bool Icu { get; set; }
        public bool Oxygen { get; set; }
        public short Sex { get; set; }
    }

    [BindProperty]
    public RoomsForm Form { get; set; } = new();

    public FacilitiesList.Row Facility { get; private set; } = null!;

    /// <summary>What the visitor added here and can still take back.</summary>
    public TakeBack Mine { get; private set; } = new([]);

    public async Task<IActionResult> OnGetAsync(UnitId id)
    {
        if (await facilities.OneAsync(id, Ct) is not { Mine: true } facility) return await NotHereAsync("facility", id);
        Facility = facility;
        Mine = await MineAsync(run, id, Ct);
        if (facility.Treatment && !facility.Observation) Form.Class = (short)(20 + (facility.Tier ?? 0));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(UnitId id)
    {
        if (await facilities.OneAsync(id, Ct) is not { Mine: true } facility) return await NotHereAsync("facility", id);
        Facility = facility;
        if (!ModelState.IsValid) return Refuse([]);
        var names = RoomNames.Read(Form.Rooms);
        if (!names.Done) return Refuse(names.Problems);
        var outcome = await run.RunAsync(new RunFacility.AddRooms(Intent, id, Form.Wing ?? "", names.Value, Form.BedsEach, Form.Class, Form.Icu, Form.Oxygen, Form.Sex), Ct);
        return outcome.Done ? DoneWithUndo(Links.Facility(id) + "#beds", "rooms.added", Undo(id, Intent), ("n", outcome.Value.Beds)) : Refuse(InField(outcome.Problems));
    }

    /// <summary>Beds that were given to somebody since stand in the way; each is named with the stay, not with the person.</summary>
    public async Task<IActionResult> OnPostUndoAsync(UnitId id, [FromQuery] Guid of)
    {
        if (await facilities.OneAsync(id, Ct) is not { Mine: true } facility) return await NotHereAsync("facility", id);
        var outcome = await run.UndoAsync(Intent, id, of, Ct);
        if (outcome.Done) return Done(Links.Facility(id) + "#beds", "rooms.undone", ("n", outcome.Value.Count));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("rooms", of);
        (Facility, Mine) = (facility, await MineAsync(run, id, Ct));
        return RefuseMany(outcome.Problems, stay => new Dependent(S["rooms.taken-stay"], Links.Stay(new StayId(stay))));
    }

    /// <summary>Offered on this page and on the page of the facility.</summary>
    internal static async Task<TakeBack> MineAsync(RunFacility run, UnitId id, CancellationToken ct) => TakeBack.Of("rooms.mine", await run.MineAsync(id, ct), Links.Handler(Links.Rooms(id), "Undo"));

    private static string Undo(UnitId id, Guid of) => $"{Links.Handler(Links.Rooms(id), "Undo")}&of={of}";

    /// <summary>All names stand in one field of the form, and the number of beds is asked for per room.</summary>
    private static IReadOnlyList<Problem> InField(IReadOnlyList<Problem> problems) => [.. problems.Select(problem => problem.Field switch { "beds" => problem.At("bedsEach"), "name" => problem.At("rooms"), { } field when field.StartsWith("rooms.", StringComparison.Ordinal) => problem.At("rooms"), _ => problem }).DistinctBy(problem => (problem.Code, problem.Field))];

    public IEnumerable<(string, string)> Classes => PlaceClasses.All.Where(of => of == PlaceClasses.Observation ? Facility.Observation : Facility.Treatment).Select(of => (of.ToString(System.Globalization.CultureInfo.InvariantCulture), S["word.class." + of]));

    public IEnumerable<(string, string)> Sexes => [("0", S["room.sex.0"]), ("1", S["room.sex.1"]), ("2", S["room.sex.2"])];
}
