using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Policies;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>How alike two records are.</summary>
[Trait("Category", "Database")]
public sealed class MatchScoreTests(TestHouse house) : IClassFixture<TestHouse>
{
    private MatchRules Rules => house.Get<IPolicyBook>().All<MatchRules>().Single();

    private static MatchFacts Facts(string name, string? birth = "05/08/1985", Sex sex = Sex.Female, string? number = null, string? phone = null, int commune = 0, DocumentKind kind = DocumentKind.CitizenCard)
    {
        DateInput.TryBirth(birth, new DateOnly(2021, 8, 20), out var born);
        return new(name, null, born, sex, number is null ? [] : [(kind, number)], phone is null ? [] : [phone], commune == 0 ? [] : [commune], [], null, kind == DocumentKind.CitizenCard && number is not null ? () => number : null);
    }

    [Theory]
    [InlineData("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", MatchReason.NameSame)]
    [InlineData("NGUYỄN THỊ HÒA", "Nguyễn  Thị Hòa", MatchReason.NameSame)]
    [InlineData("Đặng Thị Thúy", "Dang Thi Thuy", MatchReason.NameWithoutMarks)]
    [InlineData("Nguyễn Thị Hương", "Nguyễn Thị Hường", MatchReason.NameMarks)]
    [InlineData("Nguyễn Thị Hương", "Hương Nguyễn Thị", MatchReason.NameOrder)]
    [InlineData("Nguyễn Thị Thu Hương", "Nguyễn Hương", MatchReason.NamePart)]
    [InlineData("Nguyễn Thị Thu Hương", "Nguyễn Thị Hương", MatchReason.NamePart)]
    [InlineData("Nguyễn Thị Hương", "Nguyễn Thị", MatchReason.NameDiffers)]
    [InlineData("Nguyễn Thị Hương", "Nguyên Thj Hương", MatchReason.NameLetter)]
    [InlineData("Trần Văn Lan", "Trần Văn Loan", MatchReason.NameGivenLetter)]
    [InlineData("Nguyễn Thị Hương", "Nguyễn Ngọc Hương", MatchReason.NameNear)]
    [InlineData("Nguyễn Văn An", "Lê Thị Bình", MatchReason.NameDiffers)]
    [InlineData("Nguyễn Văn An", "nguyenvanan", MatchReason.NameWithoutMarks)]
    public void Two_names_are_as_alike_as_people_write_them(string one, string other, MatchReason likeness)
    {
        NameLikeness.Of(one, other).ShouldBe(likeness);
        NameLikeness.Of(other, one).ShouldBe(likeness, "either way");
    }

    [Theory]
    [InlineData("05/08/1985", "05/08/1985", MatchReason.BirthSame)]
    [InlineData("05/08/1985", "08/05/1985", MatchReason.BirthSwapped)]
    [InlineData("05/08/1985", "05/08/1986", MatchReason.BirthYearDigit)]
    [InlineData("05/08/1985", "05/08/1958", MatchReason.BirthYearDigit)]
    [InlineData("05/08/1985", "15/08/1985", MatchReason.BirthDigit)]
    [InlineData("05/08/1985", "1985", MatchReason.BirthYear)]
    [InlineData("1985", "1985", MatchReason.BirthYear)]
    [InlineData("05/08/1985", "08/1985", MatchReason.BirthYear)]
    [InlineData("05/08/1985", "09/1985", MatchReason.BirthYearOnly)]
    [InlineData("05/08/1985", "23/11/1985", MatchReason.BirthYearOnly)]
    [InlineData("05/08/1985", "05/08/1931", MatchReason.BirthDayOfYear)]
    [InlineData("05/08/1985", "23/11/1931", MatchReason.BirthDiffers)]
    public void Two_births_are_as_alike_as_they_are_known(string one, string other, MatchReason likeness)
    {
        DateInput.TryBirth(one, new DateOnly(2021, 8, 20), out var first).ShouldBeTrue();
        DateInput.TryBirth(other, new DateOnly(2021, 8, 20), out var second).ShouldBeTrue();
        BirthLikeness.Of(first, second).ShouldBe(likeness);
        BirthLikeness.Of(second, first).ShouldBe(likeness, "either way");
    }

    [Fact]
    public void Whoever_is_likely_the_same_waits_to_be_decided_and_whoever_is_not_does_not()
    {
        var (hoa, rules) = (Facts("Nguyễn Thị Hòa", commune: 7, phone: "p"), Rules);
        bool Waits(MatchFacts other) => MatchScore.Of(hoa, other, rules).ToReview(rules);
        Waits(Facts("Nguyen Thi Hoa")).ShouldBeTrue("marks lost, same birth");
        Waits(Facts("Hoà Nguyễn Thị")).ShouldBeTrue("another order");
        Waits(Facts("Nguyễn Thị Hòa", "1985", commune: 7)).ShouldBeTrue("year only, same commune");
        Waits(Facts("Nguyễn Thị Hòa", "05/08/1986", commune: 7)).ShouldBeTrue("a slip in the year, same commune");
        Waits(Facts("Nguyễn Thị Hòa", "1985", commune: 8)).ShouldBeFalse("a namesake of the same year elsewhere");
        Waits(Facts("Nguyễn Thị Bình", commune: 7, phone: "p")).ShouldBeFalse("a twin sister");
        Waits(Facts("Nguyễn Thị Hòa", "12/11/1960", commune: 7, phone: "p")).ShouldBeFalse("a namesake of another age in the same house");
        Waits(Facts("Lê Văn Tám", "12/11/1960", Sex.Male)).ShouldBeFalse();
    }

    [Fact]
    public void Two_numbers_of_one_kind_part_two_persons_unless_they_differ_in_a_digit()
    {
        var (one, rules) = (Facts("Nguyễn Thị Hòa", number: "001185000123"), Rules);
        MatchScore.Of(one, Facts("Nguyễn Thị Hòa", number: "001185000999"), rules).ToReview(rules).ShouldBeFalse();
        MatchScore.Of(one, Facts("Nguyễn Thị Hòa", number: "001185000132"), rules).Reasons.ShouldContain(MatchReason.NumberDigit);
        MatchScore.Of(one, Facts("Nguyễn Thị Hòa", number: "001185000132"), rules).ToReview(rules).ShouldBeTrue();
        MatchScore.Of(one, Facts("Nguyễn Thị Hòa", number: "123456789", kind: DocumentKind.OldIdentityCard), rules).ToReview(rules).ShouldBeTrue("the old card has another number");
    }

    [Fact]
    public void A_number_is_believed_only_where_name_and_birth_do_not_speak_against_it()
    {
        var (one, rules) = (Facts("Nguyễn Thị Hòa", number: "001185000123"), Rules);
        bool Holds(string name, string? birth, Sex sex = Sex.Female) => MatchScore.Of(one, Facts(name, birth, sex, "001185000123"), rules).NumberHolds;
        Holds("Nguyen Thi Hoa", "05/08/1985").ShouldBeTrue();
        Holds("Nguyễn Thị Hoa", "1985").ShouldBeTrue("a mark");
        Holds("Nguyễn Thị Hòa", null).ShouldBeTrue();
        Holds("Nguyễn Hòa", "05/08/1986").ShouldBeTrue();
        Holds("Nguyễn Thị Bình", "05/08/1985").ShouldBeFalse("the number of the twin sister");
        Holds("Nguyễn Thị Hòa", "12/11/1960").ShouldBeFalse();
        Holds("Nguyễn Thị Hòa", "05/08/1985", Sex.Male).ShouldBeFalse();
        MatchScore.Of(one, Facts("Lê Văn Tám", "1950", Sex.Male, "001185000123"), rules).ToReview(rules).ShouldBeTrue("a number that two people have is looked at whatever else");
    }

    [Fact]
    public void Rules_that_lack_a_weight_or_contradict_themselves_do_not_start()
    {
        var rules = Rules;
        rules.Faults().ShouldBeEmpty();
        (rules with { Review = rules.Warn + 1 }).Faults().ShouldNotBeEmpty();
        (rules with { Weights = rules.Weights.Where(pair => pair.Key != "name-same").ToDictionary() }).Faults().ShouldContain(fault => fault.Contains("name-same"));
        (rules with { Weights = rules.Weights.Append(new("name-sama", 1.0)).ToDictionary() }).Faults().ShouldContain(fault => fault.Contains("name-sama"));
    }
}
