using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Kernel;

public sealed class DateInputTests
{
    private static readonly DateOnly Today = new(2021, 8, 20);

    [Theory]
    [InlineData("5/8/21")]
    [InlineData("05082021")]
    [InlineData("050821")]
    [InlineData("05/08/2021")]
    [InlineData("5-8-2021")]
    [InlineData("2021-08-05")]
    [InlineData("20210805")]
    public void One_day_may_be_written_in_many_ways(string text)
    {
        DateInput.TryDate(text, Today, out var date).ShouldBeTrue();
        date.ShouldBe(new DateOnly(2021, 8, 5));
    }

    [Theory]
    [InlineData("31/02/2021")]
    [InlineData("5/13/2021")]
    [InlineData("hôm nay")]
    [InlineData("")]
    [InlineData("0/1/2021")]
    [InlineData("99999999999/1/2021")]
    public void What_is_no_day_is_refused(string text) => DateInput.TryDate(text, Today, out _).ShouldBeFalse();

    [Theory]
    [InlineData("85", 1985)]
    [InlineData("20", 2020)]
    [InlineData("22", 2022)]
    [InlineData("23", 1923)]
    public void A_short_year_lies_in_the_last_hundred_years(string year, int full)
    {
        DateInput.TryDate("1/1/" + year, Today, out var date).ShouldBeTrue();
        date.Year.ShouldBe(full);
    }

    [Theory]
    [InlineData("1985", BirthPrecision.Year, "1985")]
    [InlineData("8/1985", BirthPrecision.Month, "08/1985")]
    [InlineData("5/8/1985", BirthPrecision.Day, "05/08/1985")]
    public void A_birth_keeps_the_precision_that_was_written(string text, BirthPrecision precision, string shown)
    {
        DateInput.TryBirth(text, Today, out var birth).ShouldBeTrue();
        birth.Precision.ShouldBe(precision);
        birth.ToString().ShouldBe(shown);
    }

    [Theory]
    [InlineData("2022")]
    [InlineData("1/1/1880")]
    public void Nobody_is_born_tomorrow_or_130_years_ago(string text) => DateInput.TryBirth(text, Today, out _).ShouldBeFalse();

    [Fact]
    public void An_age_is_counted_to_the_day_only_where_the_day_is_known()
    {
        new BirthDate(new(1985, 8, 21), BirthPrecision.Day).AgeOn(Today).ShouldBe(35);
        BirthDate.OfYear(1985).AgeOn(Today).ShouldBe(36);
        BirthDate.OfAge(36, Today).ToString().ShouldBe("~1985");
        BirthDate.Unknown.AgeOn(Today).ShouldBeNull();
    }

    [Fact]
    public void A_moment_is_read_in_the_time_of_Viet_Nam()
    {
        DateInput.TryMoment("5/8/2021 6:30", Today, out var moment).ShouldBeTrue();
        moment.ShouldBe(new DateTimeOffset(2021, 8, 4, 23, 30, 0, TimeSpan.Zero));
        moment.LocalDay().ShouldBe(new DateOnly(2021, 8, 5));
    }
}
