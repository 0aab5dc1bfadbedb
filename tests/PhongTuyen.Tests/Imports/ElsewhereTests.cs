using PhongTuyen.Accounts;
using PhongTuyen.Imports;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>A list is no way to try out which numbers are recorded in other areas.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class ElsewhereTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task Numbers_of_other_areas_in_lists_are_counted_and_above_the_bound_nothing_is_said_of_any_row()
    {
        // Somebody of another district, in so many rows as an hour allows and more.
        var number = Given.Number();
        await house.PersonAsync(Place.ClerkB, "Mạc Thị Nơi Khác", number: number);
        Stream List(int elsewhere) => ListImport.Csv(["Họ và tên,Năm sinh,CCCD", .. Enumerable.Range(0, elsewhere).Select(i => $"Người Dò Số {(char)('A' + i % 26)}{(char)('a' + i / 26 % 26)}{(char)('a' + i / 676)},1980,{number}"), "Người Có Thật,1981,"]);
        Task<long> MetAsync() => house.CountAsync("SELECT coalesce(sum((detail::jsonb ->> 'Rows')::int), 0)::bigint FROM pt.audit_event WHERE act = 'person.met-elsewhere' AND account_id = $1", Place.ClerkA.Value);

        var first = await house.UploadAsync(Place.ClerkA, Place.CampA, List(600), about: ListAbout.Persons);
        (await house.CheckAsync(Place.ClerkA, first)).Rejected.ShouldBe(600);
        (await MetAsync()).ShouldBe(600, "each row is a look-up");

        // While the page waits.
        var second = await house.UploadAsync(Place.ClerkA, Place.CampA, List(500), about: ListAbout.Persons);
        var mapping = Mapping.Read((await house.RunOfAsync(Place.ClerkA, second)).Mapping);
        (await house.RunAsync<SteerImport, ImportState>(Place.ClerkA, use => use.MapAsync(second, mapping, null, TestContext.Current.CancellationToken), Permission.Import)).Problem.Code.ShouldBe("person.too-many-elsewhere");
        (await house.RowsAsync(Place.ClerkA, second)).ShouldAllBe(row => row.Verdict == RowVerdict.Ready && row.Problems == "[]");

        // In the background: what the first batches had found is forgotten.
        var third = await house.UploadAsync(Place.ClerkA, Place.CampA, ListImport.Csv(["Họ và tên,Năm sinh,CCCD", .. Enumerable.Range(0, 4450).Select(i => $"Người Dò Số {(char)('A' + i % 26)}{(char)('a' + i / 26 % 26)}{(char)('a' + i / 676)},1980,{(i is 10 or > 4000 ? number : "")}")]), about: ListAbout.Persons);
        var stopped = await house.CheckAsync(Place.ClerkA, third);
        (stopped.State, stopped.Fault, stopped.Rejected).ShouldBe((ImportState.Failed, "too-many-elsewhere", 0));
        (await house.RowsAsync(Place.ClerkA, third)).ShouldAllBe(row => row.Verdict == RowVerdict.Ready && row.Problems == "[]");
        (await house.RunOfAsync(Place.ClerkA, third)).MayBeMapped.ShouldBeTrue("it can be checked again later, or thrown away");
        (await MetAsync()).ShouldBe(601);
    }
}
