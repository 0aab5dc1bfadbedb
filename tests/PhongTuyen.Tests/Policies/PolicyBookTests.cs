using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Policies;

/// <summary>The rule of the day and of the nearest area; and files with faults start nothing.</summary>
[Trait("Category", "Database")]
public sealed class PolicyBookTests(TestHouse house) : IClassFixture<TestHouse>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pt-policies-").FullName;

    private TestProvince Place => house.Place;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(folder, name), content);

    private PolicyBook Read(params string[] more) => PolicyBook.Read(house.Areas, [.. more, folder]);

    private static string Edition(string from, string area, int days, string disease = "covid-19", string more = "") =>
        $$"""{ "from": "{{from}}", "area": "{{area}}", "disease": "{{disease}}", "paper": "1/QĐ", "terms": [ { "reason": "entrant", "origin": "entry", "days": {{days}}{{more}} } ] }""";

    private static string FileOf(params string[] editions) => $$"""{ "kind": "quarantine", "editions": [ {{string.Join(",\n", editions)}} ] }""";

    private static int? Days(PolicyBook book, AreaId area, string day, string disease = "covid-19") =>
        book.For<QuarantineRules>(area, DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), disease)?.TermFor(StayReason.Entrant, StayPlace.Facility, Protection.Unknown)?.Days;

    [Fact]
    public void The_edition_of_the_day_is_taken_from_the_nearest_area_that_has_one()
    {
        Write("q.json", FileOf(Edition("2021-01-01", "VN", 14), Edition("2021-05-05", "VN", 21), Edition("2021-06-01", "T900001", 10), Edition("2021-07-01", "T900004", 7), Edition("2021-05-05", "VN", 30, "mers")));
        var book = Read();
        Days(book, Place.CommuneB1, "2020-12-31").ShouldBeNull("no paper was in force: a person sets the end");
        Days(book, Place.CommuneB1, "2021-01-01").ShouldBe(14, "on its first day");
        Days(book, Place.CommuneB1, "2021-05-04").ShouldBe(14);
        Days(book, Place.CommuneB1, "2021-05-05").ShouldBe(21);
        Days(book, Place.CommuneB1, "2021-06-01").ShouldBe(10, "the province's own before the country's");
        Days(book, Place.CommuneA1, "2021-06-30").ShouldBe(10);
        Days(book, Place.CommuneA1, "2021-07-01").ShouldBe(7, "the commune's before the province's");
        Days(book, Place.CommuneA2, "2021-07-01").ShouldBe(10, "for that commune only");
        Days(book, default, "2021-07-01").ShouldBe(21, "where no area is known the country's holds");
        Days(book, Place.CommuneA1, "2021-07-01", "mers").ShouldBe(30);
        Days(book, Place.CommuneA1, "2021-07-01", "dengue").ShouldBeNull();
        Days(book, Place.CommuneA1, "2035-01-01").ShouldBe(7, "until a newer one is written");
    }

    [Fact]
    public void The_narrowest_term_of_an_edition_holds_and_what_the_paper_does_not_name_has_none()
    {
        Write("q.json", FileOf(Edition("2021-01-01", "VN", 14, more: """ }, { "reason": "entrant", "origin": "entry", "days": 7, "protection": "full" }, { "reason": "entrant", "origin": "entry", "days": 3, "protection": "full", "place": "home" """)));
        var edition = Read().All<QuarantineRules>().Single();
        edition.TermFor(StayReason.Entrant, StayPlace.Facility, Protection.None)!.Days.ShouldBe(14);
        edition.TermFor(StayReason.Entrant, StayPlace.Facility, Protection.Full)!.Days.ShouldBe(7);
        edition.TermFor(StayReason.Entrant, StayPlace.Home, Protection.Full)!.Days.ShouldBe(3);
        edition.TermFor(StayReason.CloseContact, StayPlace.Home, Protection.Full).ShouldBeNull();
        QuarantineRules.Plan(edition.TermFor(StayReason.Entrant, StayPlace.Facility, Protection.None)!, new DateOnly(2020, 2, 20)).End.ShouldBe(new DateOnly(2020, 3, 5), "across a leap day");
        edition.Name().ShouldBe("quarantine/VN/2021-01-01");
    }

    [Fact]
    public void Everything_that_is_wrong_in_any_file_is_said_together_with_file_and_place()
    {
        Write("a-broken.json", "{\n  \"kind\": \"quarantine\",\n  \"editions\": [ { ]\n}");
        Write("b-kind.json", """{ "kind": "quarantaine", "editions": [] }""");
        Write("c-empty.json", """{ "kind": "quarantine" }""");
        Write("d-many.json", FileOf(
            Edition("2021-01-01", "VN", 14),
            Edition("2021-13-01", "VN", 14),
            Edition("2021-02-01", "VN", 14, more: """, "dayz": 3"""),
            Edition("2021-03-01", "VN", 140),
            Edition("2021-04-01", "XX", 14),
            Edition("2021-01-01", "VN", 21),
            """{ "from": "2021-05-01", "area": "VN", "disease": "covid-19", "paper": "", "terms": [ { "reason": "entrant", "origin": "entry", "days": 14 } ], "cases": [ { "why": "two weeks", "reason": "entrant", "place": "facility", "origin": "2021-01-01", "end": "2021-01-16" } ] }"""));
        var faults = Should.Throw<SettingsException>(() => Read()).Faults;
        string[] expected =
        [
            "a-broken.json, line 3: ", "b-kind.json: there is no kind of rule 'quarantaine'.", "c-empty.json, line 1: ",
            "d-many.json, edition 2: ", "d-many.json, edition 3: ", "d-many.json, edition 4 (VN 2021-03-01): Entrant: days must be 1 to 90, not 140.",
            "d-many.json, edition 5 (XX 2021-04-01): there is no area XX.", "d-many.json, edition 7 (VN 2021-05-01): the number of the paper is missing.",
            "d-many.json, edition 7 (VN 2021-05-01): its own case fails: two weeks.", "d-many.json, edition 1 (VN 2021-01-01), d-many.json, edition 6 (VN 2021-01-01): two editions for covid-19 in VN from 2021-01-01.",
        ];
        foreach (var start in expected) faults.ShouldContain(fault => fault.StartsWith(start, StringComparison.Ordinal), $"{start}\namong\n{string.Join('\n', faults)}");
        faults.Count.ShouldBe(expected.Length);
        faults.Single(fault => fault.StartsWith("d-many.json, edition 2", StringComparison.Ordinal)).ShouldEndWith("(from)");
        faults.Single(fault => fault.StartsWith("d-many.json, edition 3", StringComparison.Ordinal)).ShouldContain("dayz");
    }

    [Fact]
    public void A_province_adds_its_own_to_the_shipped_ones_and_may_not_contradict_them_on_the_same_day()
    {
        Write("own.json", FileOf(Edition("2021-08-01", "T900001", 9)));
        Days(Read(Platform.PolicyFolder()), Place.CommuneA1, "2021-08-20").ShouldBe(9);
        Days(Read(Platform.PolicyFolder()), AreaStore.Country, "2021-08-20").ShouldBe(14);
        Write("own.json", FileOf(Edition("2021-07-14", "VN", 9)));
        Should.Throw<SettingsException>(() => Read(Platform.PolicyFolder())).Faults.ShouldHaveSingleItem().ShouldContain("two editions");
    }
}
