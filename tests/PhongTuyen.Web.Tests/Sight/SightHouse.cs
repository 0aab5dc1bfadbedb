using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Units;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Routes;
using Xunit;

namespace PhongTuyen.Web.Tests.Sight;

/// <summary>The real program, somebody of each role, and for each relation of the table a person of whom this is true, with a stay, a case and a result.</summary>
public sealed class SightHouse : IAsyncLifetime
{
    /// <summary>Where somebody stands in the tree: which units are own, below, beside and above differs.</summary>
    public enum Level
    {
        Unit,
        District,
        Province,
    }

    public sealed record Actor(string Name, Role Role, Level Level, AccountId Id);

    /// <summary>Somebody who stands in this relation to those of the level.</summary>
    /// <param name="Name">Found nowhere else.</param>
    public sealed record Subject(Level Level, string Relation, PersonId Person, string Name, string Number, StayId Stay, CaseId Case, ResultId Result);

    /// <summary>Each role with the level at which it is given here.</summary>
    private static readonly Dictionary<Role, Level> Levels = new()
    {
        [Role.Clerk] = Level.Unit, [Role.UnitHead] = Level.Unit, [Role.DistrictOfficer] = Level.District, [Role.ProvinceOfficer] = Level.Province,
        [Role.Leader] = Level.Province, [Role.SteeringCommittee] = Level.Province, [Role.Administrator] = Level.Province, [Role.TechnologyTeam] = Level.District, [Role.Inspector] = Level.District,
        [Role.Volunteer] = Level.Unit,
    };

    private sealed record Places(UnitId Own, UnitId Child, UnitId Sibling, UnitId Parent, UnitId Other);

    private readonly Dictionary<UnitId, AccountId> makers = [];
    private int named;

    public WebTestHouse Web { get; } = new();
    public IReadOnlyList<Route> Routes { get; private set; } = [];
    public IReadOnlyList<Actor> Actors { get; private set; } = [];
    public IReadOnlyList<Subject> Subjects { get; private set; } = [];

    private TestHouse House => Web.House;
    private TestProvince Place => Web.Place;

    public async ValueTask InitializeAsync()
    {
        await Web.InitializeAsync();
        Routes = await Route.AllAsync(Web.Services);
        var wing = await UnitAsync("KCL-A-1", "Dãy nhà sau khu cách ly", UnitKind.Camp, Place.CampA, Place.DistrictA);
        var neighbour = await UnitAsync("SYT-2", "Sở Y tế tỉnh bên", UnitKind.HealthDepartment, Place.Root, default);
        var places = new Dictionary<Level, Places>
        {
            [Level.Unit] = new(Place.CampA, wing, Place.HospitalA, Place.CentreA, Place.CampB),
            [Level.District] = new(Place.CentreA, Place.CampA, Place.CentreB, Place.Department, Place.CampB),
            [Level.Province] = new(Place.Department, Place.CentreA, neighbour, Place.Root, Place.CampB),
        };
        var actors = new List<Actor>();
        foreach (var (role, level) in Levels)
        {
            var (name, own) = ($"sees-{role}".ToLowerInvariant(), places[level].Own);
            List<(Role, UnitId?, AreaId?)> grants = [(role, own, null)];
            if (level != Level.Unit) grants.Add((role, null, level == Level.District ? Place.DistrictA : Place.Province));
            actors.Add(new Actor(name, role, level, await House.AccountUntilAsync(name, own, role == Role.Volunteer ? House.Clock.GetUtcNow().AddDays(30) : null, [.. grants])));
        }
        Actors = actors;
        foreach (var unit in places.Values.SelectMany(of => new[] { of.Own, of.Child, of.Sibling, of.Parent, of.Other }).Distinct())
        {
            makers[unit] = await House.AccountAsync($"maker-{unit.Value}", unit, (Role.UnitHead, unit, null));
            await House.FacilityAsync(makers[unit], unit, rooms: 0);
        }
        var sealer = await House.AccountAsync("sealer", Place.Department, (Role.ProvinceOfficer, Place.Department, null), (Role.ProvinceOfficer, null, Place.Province));
        var subjects = new List<Subject>();
        foreach (var (level, at) in places)
        {
            foreach (var (relation, unit) in new[] { ("own-unit", at.Own), ("child", at.Child), ("sibling", at.Sibling), ("parent", at.Parent), ("other-district", at.Other) }) subjects.Add(await SubjectAsync(level, relation, unit));
            subjects.Add(await SubjectAsync(level, "lives-here", at.Other, lives: Place.KeysA1));
            var sent = await SubjectAsync(level, "sent", level == Level.Unit ? at.Own : Place.CampA);
            Done(await House.ReceiveAsync(makers[at.Other], Done(await House.SendAsync(makers[level == Level.Unit ? at.Own : Place.CampA], sent.Stay, at.Other, leaves: true, of: StayClass.Observation))));
            // The case goes with the person: a unit that still has it may still correct what it knows.
            Done(await House.RunAsync<HandOverCase, HandOverCase.Handed>(makers[level == Level.Unit ? at.Own : Place.CampA], use => use.RunAsync(new(House.Clock.NewGuid(), sent.Case, level == Level.Unit ? at.Own : Place.CampA, at.Other, "chuyển viện"), CancellationToken.None)));
            subjects.Add(sent);
            var announced = await SubjectAsync(level, "announced", at.Other);
            Done(await House.SendAsync(makers[at.Other], announced.Stay, at.Own, of: StayClass.Observation));
            subjects.Add(announced);
            var lookedUp = await SubjectAsync(level, "looked-up", at.Other);
            Done(await House.RunAsync<LookUpPerson, PersonId>(makers[at.Own], use => use.RunAsync(new(House.Clock.NewGuid(), DocumentKind.CitizenCard, lookedUp.Number, BirthDate.OfYear(1985), "truy vết"), CancellationToken.None), Permission.SeePersons));
            subjects.Add(lookedUp);
            var stranger = level == Level.Province ? at.Sibling : at.Other;
            var opened = await SubjectAsync(level, "opened", stranger);
            Done(await House.RunAsync<OpenPerson, OpenPerson.Opened>(makers[at.Own], use => use.RunAsync(new(House.Clock.NewGuid(), DocumentKind.CitizenCard, opened.Number, BirthDate.OfYear(1985), "bệnh nhân nguy kịch đang được cấp cứu"), CancellationToken.None)));
            subjects.Add(opened);
            var shared = await SubjectAsync(level, "shared", stranger);
            Done(await House.RunAsync<SharePerson, SharePerson.Shared>(makers[stranger], use => use.RunAsync(new(House.Clock.NewGuid(), shared.Person, null, at.Own, "phối hợp theo dõi", House.Clock.Today().AddDays(5).AtLocal()), CancellationToken.None)));
            subjects.Add(shared);
            var closed = await SubjectAsync(level, "sealed", at.Own);
            Done(await House.RunAsync<SealPerson, Guid>(sealer, use => use.RunAsync(new(House.Clock.NewGuid(), closed.Person, "người bị đe dọa", [makers[at.Own]]), CancellationToken.None), Permission.SealPersons));
            subjects.Add(closed);
            var household = await SubjectAsync(level, "household", stranger);
            await LiveTogetherAsync(household, subjects.First(one => one.Level == level && one.Relation == "own-unit"));
            subjects.Add(household);
            subjects.AddRange(await UnrelatedAsync(level, at, stranger));
        }
        Subjects = subjects;
    }

    /// <summary>Of whom the platform knows nothing that would make them more than strangers: whoever works here and lies elsewhere, their child, and who was under one roof with a case that is one's own by now.</summary>
    private async Task<IReadOnlyList<Subject>> UnrelatedAsync(Level level, Places at, UnitId elsewhere)
    {
        var (self, child, contact) = (await SubjectAsync(level, "self", elsewhere), await SubjectAsync(level, "guardian", elsewhere), await SubjectAsync(level, "contact", elsewhere));
        // The name of the account, without what only the subject is found by.
        foreach (var actor in Actors.Where(one => one.Level == level))
            await House.AskAsync<long>("WITH named AS (UPDATE pt.account SET display_name = $2 WHERE id = $1 RETURNING 1) SELECT count(*) FROM named", actor.Id.Value, self.Name[..self.Name.IndexOf(" self", StringComparison.Ordinal)]);
        await LiveTogetherAsync(child, self);
        var index = await SubjectAsync(level, "index", elsewhere);
        Done(await House.ReceiveAsync(makers[at.Own], Done(await House.SendAsync(makers[elsewhere], index.Stay, at.Own, leaves: true, of: StayClass.Observation))));
        Done(await House.RunAsync<HandOverCase, HandOverCase.Handed>(makers[elsewhere], use => use.RunAsync(new(House.Clock.NewGuid(), index.Case, elsewhere, at.Own, "chuyển viện"), CancellationToken.None)));
        return [self, child, contact];
    }

    private Task<long> LiveTogetherAsync(Subject one, Subject other) =>
        House.AskAsync<long>("WITH moved AS (UPDATE pt.person SET household_id = $2 WHERE id IN ($1, $2) RETURNING 1) SELECT count(*) FROM moved", one.Person.Value, other.Person.Value);

    private static T Done<T>(Outcome<T> outcome) => outcome.Done ? outcome.Value : throw new InvalidOperationException($"{outcome.Problem.Code}: {outcome.Problem.Sentence}");

    private async Task<Subject> SubjectAsync(Level level, string relation, UnitId unit, AreaKeys? lives = null)
    {
        string[] family = ["Âu", "Bạch", "Cù", "Doãn", "Đàm", "Giáp", "Hứa", "Khúc", "La"], given = ["Ánh", "Bích", "Cát", "Diệp", "Gấm", "Hợp", "Kha", "Lam"];
        var n = named++;
        var (by, name, number) = (makers[unit], $"{family[n % 9]} {given[n / 9 % 8]} {relation.Replace('-', ' ')} {level}", Given.Number());
        var person = await House.PersonAsync(by, name, number, "0912345678", lives);
        var stay = await House.StayAsync(by, unit, person);
        var result = Done(await House.RunAsync<RecordResult, ResultId>(by, use => use.RunAsync(new(House.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Antigen, TestOutcome.Negative, null, House.Clock.Today(), null), CancellationToken.None)));
        var known = Done(await House.RunAsync<RecordCase, CaseId>(by, use => use.RunAsync(new(House.Clock.NewGuid(), House.Clock.New<CaseId>(), person, 0, Diseases.Covid19, CaseClass.Suspected, House.Clock.Today(), "Ho, sốt") { Area = relation == "sent" ? Place.KeysB1 : AreaKeys.Unknown }, CancellationToken.None)));
        return new Subject(level, relation, person, name, number, stay, known, result);
    }

    private async Task<UnitId> UnitAsync(string code, string name, UnitKind kind, UnitId parent, AreaId district) => new(await House.AskAsync<int>("""
        INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '2020-01-01') RETURNING id
        """, parent.Value, code, name, VietnameseText.Fold(name), (short)kind, district == default ? 0 : Place.Province.Value, district.Value));

    public ValueTask DisposeAsync() => Web.DisposeAsync();
}
