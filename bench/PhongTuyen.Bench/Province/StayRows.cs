using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Bench.Province;

/// <summary>
/// Stays as a province has them in the third month of an outbreak: two thirds ended, most of the others in a facility with a bed, some at
/// home, expected, absent or on the way; each with a result, patients with a confirmed case.
/// </summary>
internal sealed class StayRows : IDisposable
{
    private const int Quarantine = 14;

    private readonly ProvinceLoader loader;
    private readonly Ground ground;
    private readonly PersonRows persons;
    private readonly TableCopy stays, uses, transfers, ties;
    private readonly ResultRows results;
    private readonly Random random = new(20210820);
    private readonly int[] bedsTaken;
    private int open;

    private StayRows(ProvinceLoader loader, Ground ground, PersonRows persons)
    {
        (this.loader, this.ground, this.persons, bedsTaken) = (loader, ground, persons, new int[ground.Facilities.Count]);
        stays = new(loader, "quarantine_stay", "person_id, id, unit_id, province_id, district_id, commune_id, place, disease, class, tier, severity, state, ended_as, bed_id, expected_at, arrived_at, arrived_on, ended_at, ended_on, reason, origin, origin_on, rule, planned_by_rule, planned_end, entered_at, entered_by, entered_unit");
        uses = new(loader, "quarantine_bed_use", "id, bed_id, unit_id, province_id, district_id, commune_id, class, icu, oxygen, kind, person_id, stay_id, since, until");
        transfers = new(loader, "quarantine_transfer", "person_id, id, from_stay, unit_id, province_id, district_id, commune_id, to_unit_id, to_province_id, to_district_id, to_commune_id, to_class, state, sent_at, left_at, closed_at, reason, entered_by");
        ties = new(loader, "person_scope", "person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since, until");
        results = new(loader, ties);
    }

    public static void Write(ProvinceLoader loader, Ground ground, PersonRows persons)
    {
        using var rows = new StayRows(loader, ground, persons);
        for (var i = 0; i < loader.Plan.Stays; i++) rows.One(i);
        rows.Complete();
    }

    private static StayState StateOf(int i) => (i % 100) switch { < 30 => StayState.InHouse, 30 => StayState.Absent, 31 => StayState.OnTheWay, 32 or 33 => StayState.Expected, _ => StayState.Ended };

    private void One(int i)
    {
        var (state, now) = (StateOf(i), loader.Clock.GetUtcNow());
        // Nobody is in two places now; ended stays may be anybody's.
        var who = state == StayState.Ended ? (int)((long)i * 7919 % loader.Plan.Persons) : open++ * Math.Max(1, loader.Plan.Persons * 2 / loader.Plan.Stays) % loader.Plan.Persons;
        var (home, at) = (i % 10 == 7, i * 61 % ground.Facilities.Count);
        var commune = ground.Communes[PersonRows.CommuneOf(who, ground.Communes.Count)];
        var facility = ground.Facilities[at];
        var unit = home ? ground.Stations[commune.Commune.Value] : facility.Unit;
        var area = home ? commune : unit.Area;
        var observed = home || facility.Observation;
        var expected = state == StayState.Expected ? now.AddHours(random.Next(1, 72)) : (DateTimeOffset?)null;
        var arrived = expected is not null ? (DateTimeOffset?)null : now.AddDays(-(state == StayState.Ended ? random.Next(Quarantine + 1, 130) : random.Next(0, Quarantine))).AddMinutes(-random.Next(20, 1400));
        var ended = state == StayState.Ended ? arrived!.Value.AddDays(random.Next(7, Quarantine)) : (DateTimeOffset?)null;
        var how = state != StayState.Ended ? (StayEnd?)null : observed ? i % 20 == 0 ? StayEnd.Transferred : StayEnd.Left : i % 25 == 0 ? StayEnd.Died : StayEnd.Discharged;
        var plan = observed ? (arrived ?? expected)!.Value.LocalDay().AddDays(Quarantine) : (DateOnly?)null;
        var (id, person, entered) = (Guid.CreateVersion7(arrived ?? now), persons.Ids[who], (arrived ?? now.AddHours(-1)).AddMinutes(5));
        var bed = home || state is StayState.Ended or StayState.OnTheWay || i % 25 == 0 || bedsTaken[at] >= facility.Beds.Count ? null : facility.Beds[bedsTaken[at]++];
        var severity = (short)(observed ? 0 : 1 + random.Next(5));
        stays.Row(person, id, unit.Id, area.Province.Value, area.District.Value, area.Commune.Value, (short)(home ? StayPlace.Home : StayPlace.Facility), Diseases.Covid19, (short)(observed ? StayClass.Observation : StayClass.Treatment), observed ? (short)0 : facility.Tier,
            severity, (short)state, (short?)how, bed?.Id, expected, arrived, arrived?.LocalDay(), ended, ended?.LocalDay(), (short)(observed ? StayReason.CloseContact : StayReason.Confirmed), (short)StayOrigin.Arrival, arrived?.LocalDay(), "bàn đo", plan, plan, entered, unit.Clerk, unit.Id);
        ties.Row(person, (short)3, id, unit.Id, area.Province.Value, area.District.Value, area.Commune.Value, persons.SortKeys[who], entered, ended);
        if (bed is not null)
            uses.Row(loader.Clock.NewGuid(), bed.Id, unit.Id, area.Province.Value, area.District.Value, area.Commune.Value, bed.Class, bed.Icu, bed.Oxygen, (short)(state == StayState.Expected ? BedUseKind.Reserved : BedUseKind.Occupied), person, id, entered, null);
        if (state == StayState.OnTheWay) Transfer(person, id, unit, ground.Facilities[at / 50 * 50].Unit, entered, null, persons.SortKeys[who]);
        else if (how == StayEnd.Transferred) Transfer(person, id, unit, ground.Facilities[at / 50 * 50].Unit, ended!.Value.AddHours(-2), ended, persons.SortKeys[who]);
        results.Of(i, person, persons.SortKeys[who], unit, commune, observed, (short)severity, arrived ?? now, ended, how);
    }

    private void Transfer(Guid person, Guid stay, GroundUnit from, GroundUnit to, DateTimeOffset sent, DateTimeOffset? received, byte[] key)
    {
        var id = Guid.CreateVersion7(sent);
        var (a, b) = (from.Area, to.Area);
        transfers.Row(person, id, stay, from.Id, a.Province.Value, a.District.Value, a.Commune.Value, to.Id, b.Province.Value, b.District.Value, b.Commune.Value, (short)23, (short)(received is null ? TransferState.OnTheWay : TransferState.Received), sent, sent, received, "Chuyển bệnh viện tuyến trên", from.Clerk);
        ties.Row(person, (short)4, id, to.Id, b.Province.Value, b.District.Value, b.Commune.Value, key, sent, received);
    }

    private void Complete()
    {
        stays.Complete();
        uses.Complete();
        transfers.Complete();
        ties.Complete();
        results.Complete();
    }

    public void Dispose()
    {
        stays.Dispose();
        uses.Dispose();
        transfers.Dispose();
        ties.Dispose();
        results.Dispose();
    }
}
