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

    [Theory]
    [InlineData("5/8/2021 14:30")]
    [InlineData("05/08/2021 14h30")]
    [InlineData("5-8-2021 14 giờ 30 phút")]
    [InlineData("14h30 ngày 05/08/2021")]
    [InlineData("lúc 14g30, 5/8/2021")]
    [InlineData("05/08/2021 2:30 PM")]
    [InlineData("05/08/2021 2:30 CH")]
    [InlineData("2021-08-05 14:30:00")]
    [InlineData("2021-08-05T14:30")]
    [InlineData("2021-08-05T14:30:00+07:00")]
    [InlineData("2021-08-05T07:30:00Z")]
    public void A_time_of_day_may_stand_before_or_behind_the_day(string text)
    {
        DateInput.TryMoment(text, Today, out var moment).ShouldBeTrue();
        moment.ShouldBe(new DateTimeOffset(2021, 8, 5, 7, 30, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("5/8/2021", 0)]
    [InlineData("5/8/2021 8h", 8)]
    [InlineData("8h 5/8/2021", 8)]
    [InlineData("05/08/2021 12:00 AM", 0)]
    public void A_whole_hour_or_none_is_read_too(string text, int hour)
    {
        DateInput.TryMoment(text, Today, out var moment).ShouldBeTrue();
        moment.Local().ShouldBe(new DateTime(2021, 8, 5, hour, 0, 0));
    }

    [Theory]
    [InlineData("5/8/2021 25:00")]
    [InlineData("5/8/2021 sáng sớm")]
    [InlineData("14:30")]
    [InlineData("5/8/2021 14:30 6/8/2021")]
    public void What_is_no_moment_is_refused(string text) => DateInput.TryMoment(text, Today, out _).ShouldBeFalse();

    [Theory]
    [InlineData("xx/xx/1985", BirthPrecision.Year, "1985")]
    [InlineData("../../1985", BirthPrecision.Year, "1985")]
    [InlineData("__/08/1985", BirthPrecision.Month, "08/1985")]
    [InlineData("00/00/1985", BirthPrecision.Year, "1985")]
    [InlineData("00/08/1985", BirthPrecision.Month, "08/1985")]
    [InlineData("sinh năm 1985", BirthPrecision.Year, "1985")]
    [InlineData("SN 1985", BirthPrecision.Year, "1985")]
    [InlineData("5 8 1985", BirthPrecision.Day, "05/08/1985")]
    [InlineData("5/8/21", BirthPrecision.Day, "05/08/2021")]
    [InlineData("5/9/21", BirthPrecision.Day, "05/09/1921")]
    public void What_is_not_known_of_a_birth_is_left_open(string text, BirthPrecision precision, string shown)
    {
        DateInput.TryBirth(text, Today, out var birth).ShouldBeTrue();
        (birth.Precision, birth.ToString()).ShouldBe((precision, shown));
    }

    [Theory]
    [InlineData("5/9/2021")]
    [InlineData("13/1985")]
    [InlineData("x")]
    public void A_birth_that_cannot_be_is_refused(string text) => DateInput.TryBirth(text, Today, out _).ShouldBeFalse();
}
