using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Policies;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Who is not read whole would not have been offered.</summary>
[Trait("Category", "Database")]
public sealed class MayWaitTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static readonly string[] Names = ["Nguyễn Văn An", "Nguyen Van An", "Nguyễn Văn Ân", "An Nguyễn Văn", "Nguyễn Thị Văn An", "Nguyễn Văm An", "Nguyễn Văn Anh", "Lê Thị Bình"];
    private static readonly string[] Numbers = ["075085000001", "075085000002", "075085999992"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_two_whom_no_number_tells_the_bound_is_never_below_the_score(int seed)
    {
        var (rules, random, waiting) = (house.Get<IPolicyBook>().All<MatchRules>().Single(), new Random(seed), 0);
        if (seed == 3) rules = rules with { Review = 10, Likely = 20 }; // as another province may set it
        for (var i = 0; i < 40_000; i++)
        {
            var (one, other) = (Facts(random), Facts(random));
            var score = MatchScore.Of(one, other, rules);
            var place = one.Communes.Any(other.Communes.Contains);
            // By these somebody is read in any case; and what the sentence at MayWait leaves out.
            if (score.SameNumber || score.Reasons.Contains(MatchReason.PhoneSame) || score.Reasons.Contains(MatchReason.NumberDigit) && !place || !score.ToReview(rules)) continue;
            waiting++;
            rules.MayWait((one.Birth, one.Sex), (other.Birth, other.Sex), place, one.Household is not null && other.Household is not null).ShouldBeTrue($"{one} {other} {score.Score}: {string.Join(' ', score.Reasons)}");
        }
        waiting.ShouldBeGreaterThan(100, "else nothing is shown");
        rules.MayWait((new(new(1985, 8, 5), BirthPrecision.Day), Sex.Female), (new(new(1931, 11, 23), BirthPrecision.Day), Sex.Female), place: false, households: false).ShouldBe(false, "born on another day, somewhere else");
    }

    private static MatchFacts Facts(Random random)
    {
        // Few days, so that births are often nearly the same.
        var day = new DateOnly(1985 + random.Next(3), random.Next(3) is var month && month == 0 ? 8 : month == 1 ? 5 : 11, random.Next(2) == 0 ? 5 : 8);
        var precision = random.Next(5) switch { 0 => BirthPrecision.Year, 1 => BirthPrecision.About, 2 => BirthPrecision.Month, _ => BirthPrecision.Day };
        var birth = random.Next(8) == 0 ? BirthDate.Unknown : new BirthDate(precision is BirthPrecision.Year or BirthPrecision.About ? new(day.Year, 1, 1) : precision == BirthPrecision.Month ? new(day.Year, day.Month, 1) : day, precision);
        var number = random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : null;
        var commune = random.Next(3);
        return new(Names[random.Next(Names.Length)], null, birth, (Sex)random.Next(3), number is null ? [] : [(DocumentKind.CitizenCard, number)], random.Next(3) == 0 ? ["p" + random.Next(2)] : [],
            commune == 0 ? [] : [commune], commune == 0 ? [] : [commune * 10 + random.Next(2)], random.Next(3) == 0 && commune != 0 ? new Guid(commune, 0, 0, new byte[8]) : null, number is null ? null : () => number);
    }
}
