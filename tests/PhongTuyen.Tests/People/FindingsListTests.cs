using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>What is to be mended: of the own areas and of the own units wherever it lies, each once, page after page.</summary>
[Trait("Category", "Database")]
public sealed class FindingsListTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_after_page_gives_every_finding_of_areas_and_of_own_units_elsewhere_once()
    {
        // Of each kind of place some, at five moments: camp A at home and in district B, district A under a unit of B, district B, and camp A without an area.
        (UnitId Unit, AreaKeys Area)[] places = [(Place.CampA, Place.KeysA1), (Place.CampA, Place.KeysB1), (Place.CampB, Place.KeysA1), (Place.CampB, Place.KeysB1), (Place.CampA, default)];
        var (ofA, ofB) = (await house.PersonAsync(Place.ClerkA), await house.PersonAsync(Place.ClerkB));
        foreach (var (unit, area) in places)
        {
            // Both sides see the person who is at home in the one and looked after by the other.
            foreach (var person in new[] { ofA, ofB })
                await house.SqlAsync("INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since) VALUES ($1, 5, gen_random_uuid(), $2, $3, $4, $5, '', now())",
                    person.Value, unit.Value, area.Province.Value, area.District.Value, area.Commune.Value);
            for (var i = 0; i < 10; i++)
                await house.SqlAsync("""
                    INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at, state)
                    VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, 'case', gen_random_uuid(), $7, $8)
                    """, (i % 2 == 0 ? ofA : ofB).Value, unit.Value, area.Province.Value, area.District.Value, area.Commune.Value, i < 7 ? "case.death-undated" : "case.area-unknown", house.Clock.GetUtcNow().AddDays(-(i % 5)), i == 9 ? 1 : 0);
        }
        foreach (var manyUnits in new[] { false, true })
        {
            if (manyUnits) await house.HoldManyUnitsAsync(Place.OfficerA, Place.OfficerB, Place.ProvinceOfficer);
            await EverybodyAsync();
        }
        foreach (var others in new[] { 5, 400 })
        {
            await house.HoldSingleUnitsAsync(Place.ClerkA, Place.CampB, others);
            await EveryPageAsync(Place.ClerkA, null, 45);
            await EveryPageAsync(Place.ClerkA, "case.area-unknown", 10);
        }
    }

    private async Task EverybodyAsync()
    {
        foreach (var (who, many) in new[] { (Place.ClerkA, 27), (Place.ClerkB, 18), (Place.OfficerA, 36), (Place.OfficerB, 27), (Place.ProvinceOfficer, 45) })
        {
            await EveryPageAsync(who, null, many);
            await EveryPageAsync(who, "case.area-unknown", many / 9 * 2);
        }
    }

    private async Task EveryPageAsync(AccountId who, string? kind, int many)
    {
        foreach (var page in new[] { 4, many, 100 })
        {
            var (found, behind) = (new List<FindingsList.Row>(), default(string));
            do
            {
                var next = await house.AsAsync(who, Permission.SeePersons, (provider, _) => provider.GetRequiredService<FindingsList>().FindAsync(kind, behind, Ct, page));
                next.Rows.Count.ShouldBeLessThanOrEqualTo(page);
                found.AddRange(next.Rows);
                behind = next.More;
            } while (behind is not null && found.Count <= many);
            found.Count.ShouldBe(many);
            found.Select(row => row.Id).ShouldBeUnique();
            found.ShouldBe(found.OrderByDescending(row => row.FoundAt).ThenByDescending(row => row.Id.ToString(), StringComparer.Ordinal));
        }
    }
}
