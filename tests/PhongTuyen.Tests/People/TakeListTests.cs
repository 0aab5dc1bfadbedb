using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

[Trait("Category", "Database")]
public sealed class TakeListTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private Task<Outcome<IReadOnlyList<StaysList.Row>>> TakeAsync(string? purpose) => house.AsAsync(Place.ClerkA, Permission.SeePersons, (provider, _) =>
        ((TakeList)provider.GetService(typeof(TakeList))!).RunAsync("stays", purpose, ((StaysList)provider.GetService(typeof(StaysList))!).AllAsync(new StayFilter()), row => row.Person, CancellationToken.None));

    private async Task<List<(Guid[] Persons, string? Purpose, string Detail)>> TakenAsync()
    {
        await using var connection = new NpgsqlConnection(house.Admin);
        await connection.OpenAsync();
        return await connection.RowsAsync("SELECT persons, purpose, detail::text FROM pt.audit_event WHERE act = 'list.taken' ORDER BY at", r => (r.GetFieldValue<Guid[]>(0), r.Text(1), r.GetString(2)), CancellationToken.None);
    }

    [Fact]
    [Answers("R7")]
    public async Task A_list_leaves_for_a_purpose_up_to_its_bound_and_with_everybody_of_it_in_the_audit()
    {
        await house.FacilityAsync(Place.OfficerA, Place.CampA);
        await house.FacilityAsync(Place.OfficerB, Place.CampB);
        PersonId[] mine = [await house.PersonAsync(Place.ClerkA), await house.PersonAsync(Place.ClerkA), await house.PersonAsync(Place.ClerkA)];
        foreach (var person in mine) await house.StayAsync(Place.ClerkA, Place.CampA, person);
        await house.StayAsync(Place.ClerkB, Place.CampB);

        (await TakeAsync(" ")).Problem.Code.ShouldBe("person.purpose-of-list");
        (await TakenAsync()).ShouldBeEmpty();

        var taken = (await TakeAsync("gọi điện theo dõi")).Value;
        taken.Select(row => row.Person).Order(Comparer<PersonId>.Create((a, b) => a.Value.CompareTo(b.Value))).ShouldBe(mine.OrderBy(person => person.Value));
        var (persons, purpose, detail) = (await TakenAsync()).Single();
        persons.Order().ShouldBe(mine.Select(person => person.Value).Order());
        purpose.ShouldBe("gọi điện theo dõi");
        detail.Replace(" ", "", StringComparison.Ordinal).ShouldContain("\"Rows\":3");

        var settings = house.Get<ListSettings>();
        settings.MostPersons = 2;
        var refused = await TakeAsync("gọi điện theo dõi");
        settings.MostPersons = 1000;
        refused.Problem.Code.ShouldBe("person.too-many-to-take");
        refused.Problem.Details["most"].ShouldBe("2");
        (await TakenAsync()).Count.ShouldBe(1, "what was refused was not taken");
    }

    [Fact]
    public void No_more_than_a_thousand_persons_can_be_allowed()
    {
        new ListSettings().Faults().ShouldBeEmpty();
        new ListSettings { MostPersons = 1001 }.Faults().Single().ShouldContain("1 to 1000");
        new ListSettings { MostPersons = 0 }.Faults().Count().ShouldBe(1);
    }
}
