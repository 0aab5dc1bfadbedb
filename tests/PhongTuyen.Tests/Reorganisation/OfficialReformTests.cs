using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Tests.House;
using PhongTuyen.Units;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Reorganisation;

/// <summary>The reform of 1 July 2025 by the shipped lists, on a real province with a centre for each district and a station with an account for each commune.</summary>
[Trait("Category", "Database")]
public sealed class OfficialReformTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly DateOnly Last = AreaBook.TwoLevelsFrom.AddDays(-1);

    [Fact]
    public async Task A_province_of_the_shipped_lists_goes_over_and_back()
    {
        house.Clock.Advance(AreaBook.TwoLevelsFrom.AtLocal(new TimeOnly(9, 0)) - house.Clock.GetUtcNow());
        var book = house.Areas.Book;
        var province = book.ByCode("36", Last)!; // Nam Định went into Ninh Bình
        var stations = new Dictionary<AreaId, AccountId>();
        await using (var connection = await house.Database.Jobs.OpenConnectionAsync(Ct))
        {
            var root = await UnitAsync(connection, "O-SYT", province, UnitKind.HealthDepartment, house.Place.Root);
            foreach (var district in book.Children(province.Id, Last))
            {
                var centre = await UnitAsync(connection, $"O-{district.Code}", district, UnitKind.DistrictHealthCentre, root);
                foreach (var commune in book.Children(district.Id, Last))
                {
                    var station = await UnitAsync(connection, $"O-{commune.Code}", commune, UnitKind.HealthStation, centre);
                    stations[commune.Id] = await FirstAccounts.InsertAsync(connection, house.Clock, $"o-{commune.Code}", commune.Name, station, Ct);
                    await FirstAccounts.GrantAsync(connection, house.Clock, stations[commune.Id], Role.Clerk, station, null, Ct);
                    await FirstAccounts.GrantAsync(connection, house.Clock, stations[commune.Id], Role.Clerk, null, commune.Id, Ct);
                }
            }
            await connection.RunAsync("SELECT pt.write_rights(NULL)", Ct);
        }
        var (rights, input) = (await house.RightsAsync(), new ReformAreas.Input(house.Clock.NewGuid(), new AreaReform(province.Id, [], []), "1674/NQ-UBTVQH15", AreaBook.TwoLevelsFrom));
        (await house.RunAsync<ReformAreas, Guid>(house.Place.Administrator, use => use.RunAsync(input, default), Permission.ManageAreas)).Done.ShouldBeTrue();
        (await house.RightsAreDueAsync()).ShouldBeTrue();

        foreach (var (commune, account) in stations)
        {
            // Said a second time, from the list of links: a commune that went over as a whole reaches the new one and all that went into it as a whole; a divided one reaches nothing more.
            var links = AreaLists.Links.From(book.Find(commune)!.Code);
            var into = links is [{ Kind: AreaLinkKind.Full }] ? book.ByCode(links[0].NewCode, AreaBook.TwoLevelsFrom) : null;
            AreaId[] expected = into is null ? [commune] : [into.Id, .. AreaLists.Links.To(into.Code).Where(link => link.Kind == AreaLinkKind.Full && AreaLists.Links.From(link.OldCode).Count == 1).Select(link => book.ByCode(link.OldCode, Last)).Where(row => row is not null && book.Keys(row.Id).Province == province.Id).Select(row => row!.Id)];
            (await house.AsAsync(account, Permission.SeePersons, (_, db) => Task.FromResult(db.Scope.Communes))).Order(Comparer<AreaId>.Create((a, b) => a.Value - b.Value))
                .ShouldBe(expected.Distinct().OrderBy(id => id.Value), $"{book.Path(commune)}");
        }

        (await house.RunAsync<EndAct, Nothing>(house.Place.Administrator, use => use.UndoAsync(input.Intent, default), Permission.ManageUnits)).Done.ShouldBeTrue();
        (await house.RightsAsync()).ShouldBe(rights);
    }

    private async Task<UnitId> UnitAsync(Npgsql.NpgsqlConnection connection, string code, AreaRow area, UnitKind kind, UnitId parent)
    {
        var keys = house.Areas.Book.Keys(area.Id);
        return new(await connection.ValueAsync<int>("INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, covers_area_id, valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '2021-01-01') RETURNING id",
            Ct, parent.Value, code, area.Name, VietnameseText.Fold(area.Name), (short)kind, keys.Province.Value, keys.District.Value, keys.Commune.Value, area.Id.Value));
    }
}
