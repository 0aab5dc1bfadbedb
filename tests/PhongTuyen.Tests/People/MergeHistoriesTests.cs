using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>
/// Merge and its undoing are inverse: of a random history in which records are merged and split again between all that happens to them, each record is left as if nothing had ever been merged.
/// As many histories as PHONGTUYEN_HISTORIES says, else 500.
/// </summary>
[Trait("Category", "Database")]
public sealed class MergeHistoriesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private const int Records = 3;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private TestProvince Place => house.Place;

    /// <summary>Something that was done to one record, and can be done to another in another world.</summary>
    private delegate Task<bool> Event(IServiceProvider use, PersonId record);

    [Fact]
    public async Task Whatever_happens_between_merge_and_split_each_record_is_as_if_it_had_never_been_merged()
    {
        foreach (var camp in new[] { Place.CampA, Place.CampB }) await house.FacilityAsync(camp == Place.CampA ? Place.OfficerA : Place.OfficerB, camp, rooms: 0);
        var histories = int.Parse(Environment.GetEnvironmentVariable("PHONGTUYEN_HISTORIES") ?? "500", CultureInfo.InvariantCulture);
        var (merges, accepted, between) = (0, 0, 0);
        for (var seed = 0; seed < histories; seed++)
        {
            var one = await WorldAsync(seed, (use, records) => LiveAsync(use, records, new Random(seed)));
            var other = await WorldAsync(seed, async (use, records) =>
            {
                foreach (var (record, what) in one.Told.Events) (await what(use, records[record])).ShouldBeTrue($"history {seed}: what was done to a merged record can be done to one that is not");
                return new Told(one.Told.Events, 0, 0);
            });
            one.State.Split('\n').ShouldBe(other.State.Split('\n'), $"history {seed}");
            (merges, accepted, between) = (merges + one.Told.Merges, accepted + one.Told.Events.Count, between + one.Told.Between);
        }
        merges.ShouldBeGreaterThan(histories, "the histories do merge");
        between.ShouldBeGreaterThan(histories, "and go on while merged");
        TestContext.Current.TestOutputHelper?.WriteLine($"{histories} histories, {merges} merges, {accepted} events, {between} of them while merged");
    }

    /// <param name="Between">Events while some of the records were merged.</param>
    private sealed record Told(IReadOnlyList<(int Record, Event What)> Events, int Merges, int Between);

    private Task<(Told Told, string State)> WorldAsync(int seed, Func<IServiceProvider, PersonId[], Task<Told>> live) => house.AsAsync(Place.Operator, Permission.EnterData, async (use, db) =>
    {
        var records = new PersonId[Records];
        var name = "Lò Văn " + string.Concat(seed.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));
        for (var i = 0; i < Records; i++)
            records[i] = (await use.GetRequiredService<EnterPerson>().RunAsync(new(house.Clock.New<PersonId>(), new PersonFacts { Name = name, Birth = BirthDate.OfYear(1985), Sex = Sex.Male }, [], [],
                [new(AddressKind.Present, i % 2 == 0 ? Place.KeysA1 : Place.KeysB1, null, null)], AnotherPerson: true), Ct)).Value;
        var told = await live(use, records);
        return (told, await StateAsync(db, records));
    });

    private async Task<Told> LiveAsync(IServiceProvider use, PersonId[] records, Random random)
    {
        var (events, merges, open, between) = (new List<(int, Event)>(), 0, new List<Guid>(), 0);
        var merging = use.GetRequiredService<MergePersons>();
        for (var step = 0; step < 7; step++)
            switch (random.Next(5))
            {
                case 0 or 1 when open.Count < Records - 1:
                    var (kept, joined) = (random.Next(Records), random.Next(Records));
                    var merge = house.Clock.NewGuid();
                    if (kept == joined || !(await merging.RunAsync(new(merge, records[kept], records[joined], null), Ct)).Done) break;
                    open.Add(merge);
                    merges++;
                    break;
                case 2 when open.Count > 0:
                    await SplitAsync(merging, open, random);
                    break;
                default:
                    var (record, what) = (random.Next(Records), Some(random, step));
                    if (!await what(use, records[record])) break;
                    events.Add((record, what));
                    if (open.Count > 0) between++;
                    break;
            }
        while (open.Count > 0) await SplitAsync(merging, open, random);
        return new Told(events, merges, between);
    }

    private async Task SplitAsync(MergePersons merging, List<Guid> open, Random random)
    {
        var at = random.Next(open.Count);
        (await merging.SplitAsync(new(house.Clock.NewGuid(), open[at], "hai người khác nhau"), Ct)).Done.ShouldBeTrue();
        open.RemoveAt(at);
    }

    /// <summary>Each says all that it writes: where nobody says in which commune a case is counted, all addresses of the person are asked, and the answer is the case's own from then on.</summary>
    private Event Some(Random random, int step)
    {
        var (kind, choice) = (random.Next(6), random.Next(2));
        return kind switch
        {
            0 => async (use, record) => (await use.GetRequiredService<RecordResult>().RunAsync(new(house.Clock.New<ResultId>(), record, Diseases.Covid19, TestKind.Antigen, TestOutcome.Negative, null, house.Clock.Today().AddDays(-step), null), Ct)).Done,
            1 => async (use, record) => (await use.GetRequiredService<AdmitPerson>().RunAsync(house.Admission(record, choice == 0 ? Place.CampA : Place.CampB, StayClass.Observation), Ct)).Done,
            2 => async (use, record) => await use.GetRequiredService<Db>().Connection.ValueAsync<Guid?>("SELECT id FROM pt.quarantine_stay WHERE person_id = $1 AND state = 2", Ct, record.Value) is { } stay
                && (await use.GetRequiredService<EndStay>().RunAsync(new(house.Clock.NewGuid(), new StayId(stay), StayEnd.Left, null, null), Ct)).Done,
            3 => async (use, record) => (await use.GetRequiredService<RecordCase>().RunAsync(new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), record, 0, choice == 0 ? Diseases.Covid19 : "mers", CaseClass.Suspected, house.Clock.Today(), "Ho, sốt") { Area = choice == 0 ? Place.KeysA1 : Place.KeysB1 }, Ct)).Done,
            4 => (use, record) => EditAsync(use, record, phone: $"09123{step:00000}", null),
            _ => (use, record) => EditAsync(use, record, null, choice == 0 ? Place.KeysA1 : Place.KeysB1),
        };
    }

    private async Task<bool> EditAsync(IServiceProvider use, PersonId record, string? phone, AreaKeys? lives)
    {
        var db = use.GetRequiredService<Db>();
        db.ChangeTracker.Clear();
        var person = (await db.FindAsync<Person>([record], Ct))!;
        return (await use.GetRequiredService<EditPerson>().RunAsync(new(house.Clock.NewGuid(), record, person.Version, new PersonFacts { Name = person.Name, Birth = person.BirthDate, Sex = person.Sex }, [],
            phone is null ? [] : [new(phone, PhoneOwner.Own)], lives is { } area ? [new(AddressKind.Present, area, null, null)] : []), Ct)).Done;
    }

    /// <summary>All that is known of the records and of who sees them, without ids and moments.</summary>
    private static async Task<string> StateAsync(Db db, PersonId[] records)
    {
        const string Of = "FROM unnest($1::uuid[]) WITH ORDINALITY r(id, n)";
        string[] questions =
        [
            $"SELECT concat_ws(' ', 'person', n, p.name, p.same_as IS NULL, p.joined) {Of} JOIN pt.person p ON p.id = r.id",
            $"SELECT concat_ws(' ', 'tie', n, s.because, s.unit_id, s.province_id, s.district_id, s.commune_id, s.until IS NULL, count(*)) {Of} JOIN pt.person_scope s ON s.person_id = r.id GROUP BY n, s.because, s.unit_id, s.province_id, s.district_id, s.commune_id, s.until IS NULL",
            $"SELECT concat_ws(' ', 'token', n, t.token, t.unit_id, t.province_id, t.district_id, t.commune_id) {Of} JOIN pt.person_token t ON t.person_id = r.id",
            $"SELECT concat_ws(' ', 'phone', n, encode(t.number_index, 'hex')) {Of} JOIN pt.person_phone t ON t.person_id = r.id",
            $"SELECT concat_ws(' ', 'address', n, t.commune_id, t.until IS NULL, count(*)) {Of} JOIN pt.person_address t ON t.person_id = r.id GROUP BY n, t.commune_id, t.until IS NULL",
            $"SELECT concat_ws(' ', 'stay', n, t.unit_id, t.state, count(*)) {Of} JOIN pt.quarantine_stay t ON t.person_id = r.id GROUP BY n, t.unit_id, t.state",
            $"SELECT concat_ws(' ', 'result', n, t.taken_on, t.result) {Of} JOIN pt.lab_result t ON t.person_id = r.id",
            $"SELECT concat_ws(' ', 'case', n, t.disease, t.classification, t.outcome, count(*)) {Of} JOIN pt.case_record t ON t.person_id = r.id GROUP BY n, t.disease, t.classification, t.outcome",
            $"SELECT concat_ws(' ', 'finding', n, t.kind) {Of} JOIN pt.person_finding t ON t.person_id = r.id WHERE t.state = 0",
        ];
        var lines = new List<string>();
        foreach (var question in questions) lines.AddRange(await db.Connection.RowsAsync(question, r => r.GetString(0), Ct, (object)records.Select(record => record.Value).ToArray()));
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }
}
