using PhongTuyen.Kernel;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Worklists;

public sealed class WorkTermsTests
{
    private static readonly DateTimeOffset Ten = new DateOnly(2021, 8, 20).AtLocal(new TimeOnly(10, 7));

    [Theory]
    [InlineData(Urgency.Urgent, 22)]
    [InlineData(Urgency.Soon, 23)]
    [InlineData(Urgency.Ordinary, 26)]
    public void A_deadline_in_whole_days_is_the_end_of_the_day_on_which_the_hours_run_out(Urgency urgency, int midnightOf) =>
        new ListTerms("x", 24, 48, 120, WholeDays: true, 24).Due(urgency, Ten).ShouldBe(new DateOnly(2021, 8, midnightOf).AtLocal());

    [Fact]
    public void A_deadline_in_hours_is_rounded_up_to_a_quarter_so_that_deadlines_are_few()
    {
        var terms = new ListTerms("x", 0, 2, 4, WholeDays: false, 1);
        terms.Due(Urgency.Urgent, Ten).ShouldBe(new DateOnly(2021, 8, 20).AtLocal(new TimeOnly(10, 15)));
        terms.Due(Urgency.Soon, Ten).ShouldBe(new DateOnly(2021, 8, 20).AtLocal(new TimeOnly(12, 15)));
        terms.Due(Urgency.Soon, terms.Due(Urgency.Urgent, Ten)).ShouldBe(terms.Due(Urgency.Soon, Ten), "a quarter itself is not moved");
        terms.Above(terms.Due(Urgency.Urgent, Ten)).ShouldBe(new DateOnly(2021, 8, 20).AtLocal(new TimeOnly(11, 15)));
    }

    [Fact]
    public void What_contradicts_itself_is_said()
    {
        WorkTerms Of(params ListTerms[] lists) => new() { From = new(2020, 1, 1), Area = "VN", Disease = null, Paper = "1", Lists = lists };
        Of(new ListTerms("x", 24, 48, 120, true, 24)).Faults().ShouldBeEmpty();
        Of().Faults().ShouldNotBeEmpty();
        Of(new ListTerms("x", 72, 48, 120, true, 24)).Faults().ShouldHaveSingleItem();
        Of(new ListTerms("x", -1, 48, 120, true, 24)).Faults().ShouldHaveSingleItem();
        Of(new ListTerms("x", 1, 2, 3, true, 0), new ListTerms("x", 1, 2, 3, true, 0)).Faults().ShouldHaveSingleItem();
    }
}
