using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>How the words of a row are read, rule by rule.</summary>
public sealed class RowReadingTests
{
    private static readonly DateOnly Today = new(2021, 8, 20);
    private static readonly DateTimeOffset Now = new(2021, 8, 20, 3, 0, 0, TimeSpan.Zero);

    private static ImportedRow Row(string field, string value) => new(2, new Dictionary<string, string> { [field] = value });

    private static readonly IReadOnlyDictionary<string, TestOutcome> Results = RowWords.Vocabulary((TestOutcome.Positive, "dương tính|+|(+)"), (TestOutcome.Negative, "âm tính|-|(-)"));

    [Theory]
    [InlineData("Dương tính", TestOutcome.Positive)]
    [InlineData("DUONG TINH", TestOutcome.Positive)]
    [InlineData("+", TestOutcome.Positive)]
    [InlineData("( + )", TestOutcome.Positive)]
    [InlineData("-", TestOutcome.Negative)]
    [InlineData("âm  tính", TestOutcome.Negative)]
    [InlineData("negative", TestOutcome.Negative)]
    public void A_sign_is_a_word_of_its_own_and_marks_make_no_difference(string text, TestOutcome meant)
    {
        var row = Row("result.result", text);
        row.Choice("result.result", Results, TestOutcome.Inconclusive).ShouldBe(meant);
        row.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("++?")]
    [InlineData("chưa có")]
    public void A_word_that_is_no_answer_is_named(string text)
    {
        var row = Row("result.result", text);
        row.Choice("result.result", Results, TestOutcome.Inconclusive).ShouldBe(TestOutcome.Inconclusive);
        row.Problems.ShouldHaveSingleItem().Code.ShouldBe("import.word-unknown");
        row.Problems[0].Details["word"].ShouldBe(text);
        row.Problems[0].Field.ShouldBe("result.result");
    }

    [Fact]
    public void One_word_does_not_stand_for_two_answers() => Should.Throw<ArgumentException>(() => RowWords.Vocabulary((Sex.Male, "nam|m"), (Sex.Female, "nữ|m")));

    [Fact]
    public void The_programs_own_words_are_understood_in_every_list() => RowWords.Vocabulary((Sex.Male, "nam"))["male"].ShouldBe(Sex.Male);

    [Theory]
    [InlineData("5/8/2021")]
    [InlineData("05/08/2021 14:30")]
    [InlineData("2021-08-05")]
    [InlineData("2021-08-05 00:00")]
    [InlineData("ngày 5/8/2021")]
    public void A_day_is_read_with_or_without_its_time(string text) => Row("case.onset", text).Date("case.onset", Today).ShouldBe(new DateOnly(2021, 8, 5));

    [Theory]
    [InlineData("21/8/2021", "kernel.in-future")]
    [InlineData("hôm qua", "kernel.not-a-date")]
    [InlineData("30/2/2021", "kernel.not-a-date")]
    public void A_day_that_is_none_is_a_problem_at_its_field(string text, string problem)
    {
        var row = Row("case.onset", text);
        row.Date("case.onset", Today).ShouldBeNull();
        (row.Problems.ShouldHaveSingleItem().Code, row.Problems[0].Field).ShouldBe((problem, "case.onset"));
    }

    [Fact]
    public void Nobody_arrives_later_than_now()
    {
        Row("stay.arrived", "20/8/2021 9:55").Moment("stay.arrived", Now).ShouldBe(Now.AddMinutes(-5));
        var late = Row("stay.arrived", "20/8/2021 18:00");
        late.Moment("stay.arrived", Now).ShouldBeNull();
        late.Problems.ShouldHaveSingleItem().Code.ShouldBe("kernel.in-future");
    }

    [Theory]
    [InlineData("45", 1976)]
    [InlineData("45 tuổi", 1976)]
    [InlineData("0", 2021)]
    [InlineData("8 tháng", 2020)]
    [InlineData("14 tháng tuổi", 2020)]
    [InlineData("20 ngày", 2021)]
    [InlineData("68.0", 1953)]
    [InlineData("130", 1891)]
    public void An_age_gives_about_a_year(string text, int year)
    {
        var birth = AgeRules.Birth(text, Today)!.Value;
        (birth.Year, birth.Precision).ShouldBe((year, BirthPrecision.About));
    }

    [Theory]
    [InlineData("131")]
    [InlineData("-3")]
    [InlineData("45,5")]
    [InlineData("già")]
    [InlineData("1985")]
    public void What_is_no_age_is_refused(string text) => AgeRules.Birth(text, Today).ShouldBeNull();

    [Theory]
    // kind said, text, held as a number → kind, number
    [InlineData(null, "079085000123", false, DocumentKind.CitizenCard, "079085000123")]
    [InlineData(null, "79085000123", true, DocumentKind.CitizenCard, "079085000123")]
    [InlineData(null, "79085000123", false, DocumentKind.Other, "79085000123")]
    [InlineData(null, "1085000123", true, DocumentKind.CitizenCard, "001085000123")]
    [InlineData(null, "7912345678", true, DocumentKind.HealthInsurance, "7912345678")]
    [InlineData(DocumentKind.CitizenCard, "1085000123", true, DocumentKind.CitizenCard, "001085000123")]
    [InlineData(DocumentKind.OldIdentityCard, "12345678", true, DocumentKind.OldIdentityCard, "012345678")]
    [InlineData(null, "012345678", false, DocumentKind.OldIdentityCard, "012345678")]
    [InlineData(null, "CMND 012 345 678", false, DocumentKind.OldIdentityCard, "012345678")]
    [InlineData(null, "Hộ chiếu số: C1234567", false, DocumentKind.Passport, "C1234567")]
    [InlineData(null, "c1234567", false, DocumentKind.Passport, "C1234567")]
    [InlineData(null, "HS4010123456789", false, DocumentKind.HealthInsurance, "HS4010123456789")]
    [InlineData(null, "079.085.000.123", false, DocumentKind.CitizenCard, "079085000123")]
    public void A_number_on_a_paper_is_read_with_the_zeros_that_a_spreadsheet_has_eaten(DocumentKind? said, string text, bool wasNumber, DocumentKind kind, string normal) =>
        DocumentRules.Read(said, text, wasNumber, BirthDate.OfYear(1985), Sex.Male).ShouldBe((kind, normal));

    [Fact]
    public void Ten_digits_whose_year_fits_no_card_stay_a_social_insurance_number()
    {
        DocumentRules.Read(null, "1085000123", true, BirthDate.OfYear(1960), Sex.Male).Kind.ShouldBe(DocumentKind.HealthInsurance);
        DocumentRules.Read(null, "1085000123", true, BirthDate.Unknown, Sex.Male).Kind.ShouldBe(DocumentKind.HealthInsurance);
        DocumentRules.Read(null, "1085000123", true, BirthDate.OfYear(1985), Sex.Female).Kind.ShouldBe(DocumentKind.HealthInsurance);
    }

    [Theory]
    [InlineData("Việt Nam", "VN")]
    [InlineData("Viet Nam", "VN")]
    [InlineData("VN", "VN")]
    [InlineData("Vương quốc Anh", "GB")]
    [InlineData("Bra-xin", "BR")]
    [InlineData("Mi-an-ma", "MM")]
    [InlineData("Ai-xơ-len", "IS")]
    [InlineData("Cộng hòa Séc", "CZ")]
    [InlineData("Serbia và Montenegro", "CS")]
    [InlineData("Sweden", "SE")]
    [InlineData("Đài Loan", "TW")]
    [InlineData("Hàn Quốc", "KR")]
    [InlineData("Atlantis", null)]
    public void A_nationality_is_understood_in_both_languages(string text, string? code) => Countries.Code(text).ShouldBe(code);

    [Fact]
    public void Every_country_has_a_name_in_both_languages_and_Viet_Nam_stands_first()
    {
        Countries.All(Language.Vietnamese).First().ShouldBe(("VN", "Việt Nam"));
        Countries.All(Language.Vietnamese).Select(country => country.Name).ShouldContain("Thụy Điển");
        foreach (var (code, name) in Countries.All(Language.English)) Countries.Code(name).ShouldBe(code);
        foreach (var (code, name) in Countries.All(Language.Vietnamese)) Countries.Code(name).ShouldBe(code);
    }
}
