using PhongTuyen.Corrections;
using PhongTuyen.Kernel;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Bench.Province;

/// <summary>
/// Open requests to correct records, as many as on a bad day, each by some facility and to be decided by the station where the person lives: half that nobody has, four in ten with the station's clerk, the
/// others asked back; a fifth late, some of that told above.
/// </summary>
internal static class CorrectionRows
{
    /// <summary>What the nationality, which is Viet Nam's of everybody, should be: of one person several things can be asked.</summary>
    private static readonly string[] Countries = ["LA", "KH", "TH", "CN", "KR", "JP", "US", "FR", "DE", "AU", "RU", "SG"];

    public static void Write(ProvinceLoader loader, Ground ground, PersonRows persons)
    {
        var (now, today) = (loader.Clock.GetUtcNow(), loader.Clock.Today());
        using var requests = new TableCopy(loader, "correction_request", "person_id, id, unit_id, province_id, district_id, commune_id, to_unit_id, to_province_id, to_district_id, to_commune_id, because, urgency, content, fields, print, paper, state, asked_at, asked_by, asked_name");
        using var steps = new TableCopy(loader, "correction_step", "person_id, request_id, id, kind, unit_id, account_id, name, at");
        using var items = new TableCopy(loader, "worklist_item", "id, list, kind, person_id, unit_id, province_id, district_id, commune_id, from_unit_id, state, owner_id, owner_name, urgency, reason, due_at, above_at, told_above_at, rule, posted_at, changed_at");
        for (var i = 0; i < loader.Plan.Corrections; i++)
        {
            var (who, at) = (i % loader.Plan.Persons, now.AddMinutes(-i % 10_000));
            var (person, id) = (persons.Ids[who], Guid.CreateVersion7(at));
            var station = ground.Stations[ground.Communes[PersonRows.CommuneOf(who, ground.Communes.Count)].Commune.Value];
            var from = ground.Facilities[i % ground.Facilities.Count].Unit;
            FieldCorrection[] fields = [new(CorrectedField.Nationality, null, "VN", Countries[i / loader.Plan.Persons % Countries.Length])];
            var (waits, taken) = (i % 10 == 9, i % 10 is >= 5 and < 9);
            var urgency = (short)(i % 20 == 0 ? Urgency.Urgent : i % 4 == 0 ? Urgency.Soon : Urgency.Ordinary);
            var due = today.AddDays(i * 7 % 9 - 1).AtLocal();
            requests.Row(person, id, from.Id, from.Area.Province.Value, from.Area.District.Value, from.Area.Commune.Value, station.Id, station.Area.Province.Value, station.Area.District.Value, station.Area.Commune.Value, (short)AnswerableBecause.Address, urgency,
                loader.CorrectionSeals.Seal(id, new CorrectionContent(fields, "Đọc nhầm trên giấy")), new[] { (short)CorrectedField.Nationality }, loader.CorrectionSeals.Prints(new PersonId(person), fields)[0], "Hộ chiếu bản gốc", (short)(waits ? CorrectionState.AskedBack : CorrectionState.Open), at, from.Clerk, "bàn đo");
            steps.Row(person, id, loader.Clock.NewGuid(), (short)CorrectionStepKind.Asked, from.Id, from.Clerk, "bàn đo", at);
            items.Row(id, AskCorrection.List, AskCorrection.List, person, station.Id, station.Area.Province.Value, station.Area.District.Value, station.Area.Commune.Value, from.Id, (short)(waits ? WorkState.Waiting : taken ? WorkState.Taken : WorkState.Free),
                taken ? station.Clerk : null, taken ? $"Clerk {station.Code}" : null, urgency, "correction-ordinary", due, due.AddDays(1), due.AddDays(1) <= now ? now : null, "bàn đo", at, at);
        }
        requests.Complete();
        steps.Complete();
        items.Complete();
    }
}
