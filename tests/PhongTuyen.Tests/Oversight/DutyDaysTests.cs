using PhongTuyen.Kernel;
using PhongTuyen.Oversight;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Oversight;

/// <summary>On which days data are due.</summary>
public sealed class DutyDaysTests
{
    private static readonly DateOnly Friday = new(2021, 8, 20);
    private static readonly TimeOnly Four = new(16, 0);

    private static DutyDays Of(DutyRhythm rhythm, DateOnly? since = null, DateOnly? until = null, DateTimeOffset? ended = null) => new(rhythm, since ?? Friday, until, Four, ended);

    private static List<DateOnly> First(DutyDays days, int n)
    {
        var found = new List<DateOnly>();
        for (var day = days.OnOrAfter(DateOnly.MinValue.AddYears(1900)); day is { } at && found.Count < n; day = days.OnOrAfter(at.AddDays(1))) found.Add(at);
        return found;
    }

    [Fact]
    [Answers("R32")]
    public void Each_rhythm_falls_on_its_days()
    {
        First(Of(DutyRhythm.Once), 3).ShouldBe([Friday]);
        First(Of(DutyRhythm.Daily), 3).ShouldBe([Friday, Friday.AddDays(1), Friday.AddDays(2)]);
        First(Of(DutyRhythm.Workdays), 3).ShouldBe([Friday, Friday.AddDays(3), Friday.AddDays(4)]);
        First(Of(DutyRhythm.Weekly), 3).ShouldBe([Friday, Friday.AddDays(7), Friday.AddDays(14)]);
        First(Of(DutyRhythm.Monthly, new DateOnly(2021, 1, 31)), 4).ShouldBe([new(2021, 1, 31), new(2021, 2, 28), new(2021, 3, 31), new(2021, 4, 30)], "a shorter month on its last day");
        First(Of(DutyRhythm.Daily, until: Friday.AddDays(1)), 9).ShouldBe([Friday, Friday.AddDays(1)]);
        First(Of(DutyRhythm.Daily, ended: Friday.AddDays(1).AtLocal(new TimeOnly(15, 59))), 9).ShouldBe([Friday]);
        First(Of(DutyRhythm.Daily, ended: Friday.AddDays(1).AtLocal(Four)), 9).ShouldBe([Friday, Friday.AddDays(1)]);
        First(Of(DutyRhythm.Daily, ended: Friday.AddDays(-3).AtLocal()), 9).ShouldBeEmpty();
    }

    [Fact]
    [Answers("R32")]
    public void The_last_and_the_next_change_at_the_moment_itself()
    {
        var (days, before, at) = (Of(DutyRhythm.Workdays), Friday.AddDays(3).AtLocal(new TimeOnly(15, 59)), Friday.AddDays(3).AtLocal(Four));
        (days.Last(before), days.Next(before), days.Current(before)).ShouldBe((Friday, Friday.AddDays(3), Friday.AddDays(3)));
        (days.Last(at), days.Next(at), days.Current(at)).ShouldBe((Friday.AddDays(3), Friday.AddDays(4), Friday.AddDays(3)));
        var sunday = Friday.AddDays(2).AtLocal(Four);
        (days.Last(sunday), days.Next(sunday), days.Current(sunday)).ShouldBe((Friday, Friday.AddDays(3), Friday));
        (days.Last(Friday.AddDays(-9).AtLocal()), days.Next(Friday.AddDays(-9).AtLocal()), days.Current(Friday.AddDays(-9).AtLocal())).ShouldBe(((DateOnly?)null, Friday, Friday));
        var once = Of(DutyRhythm.Once);
        (once.Last(Friday.AddDays(900).AtLocal()), once.Next(Friday.AddDays(900).AtLocal())).ShouldBe((Friday, (DateOnly?)null));
        var over = Of(DutyRhythm.Weekly, until: Friday.AddDays(20));
        (over.Last(Friday.AddDays(900).AtLocal()), over.Next(Friday.AddDays(900).AtLocal())).ShouldBe((Friday.AddDays(14), (DateOnly?)null));
    }

    /// <summary>Whatever the rhythm, walking forward and backward finds the same days.</summary>
    [Fact]
    public void Forward_and_backward_agree()
    {
        foreach (var rhythm in Enum.GetValues<DutyRhythm>())
            for (var since = new DateOnly(2020, 1, 27); since < new DateOnly(2020, 2, 3); since = since.AddDays(1))
            {
                var days = Of(rhythm, since, new DateOnly(2021, 3, 31));
                var forward = First(days, 1000);
                var backward = new List<DateOnly>();
                for (var day = days.OnOrBefore(new DateOnly(2022, 1, 1)); day is { } at; day = days.OnOrBefore(at.AddDays(-1))) backward.Add(at);
                backward.AsEnumerable().Reverse().ShouldBe(forward, $"{rhythm} since {since}");
                forward.Count.ShouldBe(Enumerable.Range(0, 800).Count(i => days.Falls(new DateOnly(2020, 1, 1).AddDays(i))));
            }
    }
}
