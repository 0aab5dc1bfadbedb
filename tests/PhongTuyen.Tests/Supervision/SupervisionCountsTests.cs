using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Supervision;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Supervision;

/// <summary>Whatever was looked at, sealed and counted in whichever portions: the figures of a day are those of its rows in the audit, each once.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class SupervisionCountsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private const int Rounds = 25;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    private sealed record Figures(int Opened, int Persons, int Most, int Elsewhere, int Searches, int Numbers, int Lists, int Listed, int Files, int FileRows, int Stops, int Emergencies, int NotShown, string Hours);

    [Fact]
    public async Task Counts_are_those_of_the_audit_after_any_history()
    {
        var random = new Random(20210820);
        (AccountId By, UnitId Unit, AreaId Area)[] operators = [(Place.ClerkA, Place.CampA, Place.DistrictA), (Place.HeadA, Place.CampA, Place.DistrictA), (Place.ClerkB, Place.CampB, Place.DistrictB), (Place.Nurse, Place.StationA1, Place.CommuneA1), (Place.OfficerA, Place.CentreA, Place.DistrictA)];
        var persons = new List<(PersonId Id, AreaKeys Lives)>();
        for (var i = 0; i < 6; i++) persons.Add((await house.PersonAsync(Place.ClerkA, lives: Place.KeysA1), Place.KeysA1));
        for (var i = 0; i < 4; i++) persons.Add((await house.PersonAsync(Place.ClerkB, lives: Place.KeysB1), Place.KeysB1));
        string[] acts = ["person.seen", "person.seen", "person.seen", "person.searched", "person.looked-up", "person.unmasked", "person.listed", "list.taken", "account.looks-stopped", "person.opened", "person.opening-asked", "asked.not-shown", "stay.admitted", "account.signed-in"];
        var all = new List<Looks.Look>();
        await using var jobs = await house.Database.Jobs.OpenConnectionAsync(Ct);
        for (var round = 0; round < Rounds; round++)
        {
            var looks = Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
            {
                var (who, act) = (operators[random.Next(operators.Length)], acts[random.Next(acts.Length)]);
                return new Looks.Look(who.By, who.Unit, act, house.Clock.Today().AddDays(-random.Next(3)).ToDateTime(new TimeOnly(random.Next(24), random.Next(60))), act is "person.seen" or "person.unmasked" or "person.opened" ? persons[random.Next(persons.Count)].Id : null, random.Next(5), act == "list.taken" ? random.Next(2000) : null);
            }).ToList();
            await house.PlantAsync(looks);
            all.AddRange(looks);
            if (random.Next(3) > 0) await house.SealAllAsync();
            // Seals one by one, or many; twice at once, or not at all.
            if (random.Next(3) > 0) await jobs.RunAsync("SELECT pt.supervision_fold($1)", Ct, random.Next(1, 4));
            if (random.Next(4) == 0) await Task.WhenAll(house.Get<SupervisionWorker>().RunAsync(Ct), house.Get<SupervisionWorker>().RunAsync(Ct));
        }
        await house.CountAsync();

        var found = (await jobs.RowsAsync("SELECT account_id, unit_id, day, opened, persons, most, elsewhere, searches, numbers, lists, listed, files, file_rows, stops, emergencies, not_shown, hours FROM pt.supervision_day WHERE account_id = ANY ($1)", r =>
            ((r.GetGuid(0), r.GetInt32(1), r.GetFieldValue<DateOnly>(2)), new Figures(r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8), r.GetInt32(9), r.GetInt32(10), r.GetInt32(11), r.GetInt32(12), r.GetInt32(13), r.GetInt32(14), r.GetInt32(15), string.Join(' ', r.GetFieldValue<int[]>(16)))), Ct, operators.Select(one => one.By.Value).ToArray())).ToDictionary();
        string[] counted = acts[..12];
        var expected = all.Where(look => counted.Contains(look.Act)).GroupBy(look => (look.By.Value, look.Unit.Value, DateOnly.FromDateTime(look.At))).ToDictionary(day => day.Key, day =>
        {
            int N(params string[] of) => day.Count(look => of.Contains(look.Act));
            var opened = day.Where(look => look.Act == "person.seen").GroupBy(look => look.Person!.Value).ToList();
            var area = operators.First(one => one.Unit.Value == day.Key.Item2).Area;
            bool Here(PersonId person) => persons.First(one => one.Id == person).Lives is var lives && (lives.District == area || lives.Commune == area);
            return new Figures(N("person.seen"), opened.Count, opened.Select(one => one.Count()).DefaultIfEmpty(0).Max(), opened.Count(one => !Here(one.Key)), N("person.searched", "person.looked-up"), N("person.unmasked"),
                N("person.listed"), day.Where(look => look.Act == "person.listed").Sum(look => look.Persons), N("list.taken"), day.Sum(look => look.Rows ?? 0), N("account.looks-stopped"), N("person.opened", "person.opening-asked"), N("asked.not-shown"),
                string.Join(' ', Enumerable.Range(0, 24).Select(hour => day.Count(look => look.At.Hour == hour))));
        });
        expected.Count.ShouldBeGreaterThan(10);
        found.Keys.Order().ShouldBe(expected.Keys.Order());
        foreach (var (key, figures) in expected) found[key].ShouldBe(figures);
        (await jobs.ValueAsync<long>("SELECT count(*) FROM pt.supervision_day WHERE judged_version < version", Ct)).ShouldBe(0, "each is judged");
    }
}
