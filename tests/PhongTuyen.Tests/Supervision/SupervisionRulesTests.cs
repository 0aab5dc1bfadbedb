using PhongTuyen.Supervision;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Supervision;

/// <summary>What is a sign, and what is none.</summary>
[Answers("R7")]
public sealed class SupervisionRulesTests
{
    private static readonly SupervisionTerms Terms = new()
    {
        From = new(2020, 1, 1), Area = "VN", Disease = null, Paper = "1", LeastDays = 5,
        Bounds = [.. SupervisionRules.Figures.Select(figure => new SupervisionTerms.Bound(figure, 30, 3, 5))],
        Again = 10, Elsewhere = 10, ElsewherePercent = 50, OddActs = 10, OddPercent = 2, OddLeast = 300, Stops = 1, Emergencies = 3, NotShown = 20,
    };

    private static readonly int[] Office = [.. Enumerable.Range(0, 24).Select(hour => hour is >= 7 and <= 16 ? 100 : 0)];

    private static OperatorDay Day(int opened, int? usual = 10, int? median = 10, int days = 20) => new([opened, 0, 0, 0, 0, 0], usual is { } own ? [own, 0, 0, 0, 0, 0] : null, usual is null ? 0 : days, median is { } unit ? [unit, 0, 0, 0, 0, 0] : null, median is null ? 0 : days,
        opened, Math.Min(opened, 1), 0, [.. Enumerable.Range(0, 24).Select(hour => hour == 9 ? opened : 0)], Office, 0, 0, 0);

    private static IReadOnlyList<SignKind> Kinds(OperatorDay day) => [.. SupervisionRules.Signs(day, Terms).Select(sign => sign.Kind)];

    [Fact]
    public void The_shipped_terms_are_faultless_and_these_are() => Terms.Faults().ShouldBeEmpty();

    [Theory]
    [InlineData(29, 2, 2, false)] // three times a little is a little
    [InlineData(30, 2, 2, true)]
    [InlineData(59, 20, 40, false)]
    [InlineData(60, 20, 40, true)]
    [InlineData(100, 90, 20, true)] // always much: five times the others of the unit
    [InlineData(99, 90, 20, false)]
    [InlineData(89, null, null, false)] // nothing is known: the least number counts as usual
    [InlineData(90, null, null, true)]
    [InlineData(50, null, 10, true)]
    public void Records_opened_are_a_sign_by_own_and_units_measure(int n, int? usual, int? median, bool sign) => Kinds(Day(n, usual, median)).Contains(SignKind.Opened).ShouldBe(sign);

    [Fact]
    public void Of_too_few_days_nothing_is_usual()
    {
        Kinds(Day(60, 2, 2, days: 4)).ShouldBeEmpty();
        Kinds(Day(60, 2, 2, days: 5)).ShouldBe([SignKind.Opened]);
        SupervisionRules.Signs(Day(90, 2, 2, days: 4), Terms).Single().Usual.ShouldBeNull();
    }

    [Fact]
    public void Odd_hours_are_those_in_which_the_unit_hardly_does_anything()
    {
        int[] At(int hour, int n) => [.. Enumerable.Range(0, 24).Select(of => of == hour ? n : 0)];
        Kinds(Day(10) with { Hours = At(2, 10) }).ShouldBe([SignKind.OddHours]);
        Kinds(Day(10) with { Hours = At(2, 9) }).ShouldBeEmpty();
        Kinds(Day(10) with { Hours = At(8, 10) }).ShouldBeEmpty();
        Kinds(Day(10) with { Hours = At(2, 10), UnitHours = null }).ShouldBeEmpty("a unit that is new has no hours yet");
        Kinds(Day(10) with { Hours = At(2, 10), UnitHours = [.. Office.Select(n => n / 10)] }).ShouldBeEmpty("too little is known of the unit");
        // A hospital works at night.
        Kinds(Day(10) with { Hours = At(2, 10), UnitHours = [.. Enumerable.Repeat(50, 24)] }).ShouldBeEmpty();
    }

    [Fact]
    public void People_from_elsewhere_are_a_sign_where_they_are_many_and_most()
    {
        Kinds(Day(19) with { Elsewhere = 10 }).ShouldBe([SignKind.Elsewhere]);
        Kinds(Day(21) with { Elsewhere = 10 }).ShouldBeEmpty();
        Kinds(Day(9) with { Elsewhere = 9 }).ShouldBeEmpty();
    }

    [Fact]
    public void One_record_again_and_again_stops_emergencies_and_asking_are_signs()
    {
        Kinds(Day(5) with { Most = 10 }).ShouldBe([SignKind.Again]);
        Kinds(Day(5) with { Stops = 1 }).ShouldBe([SignKind.Stops]);
        Kinds(Day(5) with { Emergencies = 2 }).ShouldBeEmpty();
        Kinds(Day(5) with { Emergencies = 3 }).ShouldBe([SignKind.Emergencies]);
        Kinds(Day(5) with { NotShown = 20 }).ShouldBe([SignKind.NotShown]);
    }

    [Fact]
    public void The_farther_from_usual_the_higher_and_one_number_does_not_outweigh_everything()
    {
        int Score(OperatorDay day) => SupervisionRules.Score(SupervisionRules.Signs(day, Terms));
        Score(Day(10)).ShouldBe(0);
        Score(Day(60)).ShouldBe(200);
        Score(Day(60) with { Stops = 1 }).ShouldBe(300);
        Score(Day(1_000_000)).ShouldBe(1000);
    }

    [Fact]
    public void Terms_that_contradict_their_own_cases_are_refused()
    {
        (Terms with { Cases = [new() { Why = "planted", Figure = SignKind.Opened, N = 29, Usual = 1, Median = 1, Sign = true }] }).Faults().ShouldContain(fault => fault.Contains("planted"));
        (Terms with { Bounds = Terms.Bounds.Skip(1).ToList() }).Faults().ShouldNotBeEmpty();
        (Terms with { LeastDays = 0 }).Faults().ShouldNotBeEmpty();
    }
}
