using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Kernel;

/// <summary>What holds for every input, whoever sends it.</summary>
public sealed class InputsTests
{
    private static readonly DateOnly Today = new(2021, 8, 20);

    private static IEnumerable<string> Faults(object input) => Inputs.Faults(input, Today).Select(fault => $"{fault.Field} {fault.Code[7..]}");

    [Fact]
    public void A_whole_input_has_no_fault() => Faults(new { Name = new string('a', 500), Note = (string?)null, Sex = Sex.Female, On = Today, At = DateTimeOffset.UnixEpoch, Birth = BirthDate.OfYear(1985), Rooms = new[] { "P1" }, Id = new PersonId(Guid.CreateVersion7()), Many = 7 }).ShouldBeEmpty();

    [Fact]
    public void Texts_choices_days_and_lists_have_their_bounds() => Faults(new
    {
        Reason = new string('a', 501), Sex = (Sex)9, On = new DateOnly(1849, 12, 31), To = new DateOnly(2201, 1, 1), At = DateTimeOffset.MaxValue,
        Rooms = new[] { "P1", null, new string('b', 501) },
        Inner = new PhongTuyen.People.PersonFacts { Name = new string('c', 101), Birth = new BirthDate(Today.AddDays(2), BirthPrecision.Day) },
        Phones = new[] { new PhongTuyen.People.PhoneFact(new string('1', 41), (PhongTuyen.People.PhoneOwner)7) },
    }).ShouldBe(["reason too-long", "sex not-one-of", "on not-a-date", "to not-a-date", "at not-a-date", "rooms.1 required", "rooms.2 too-long", "name too-long", "birth in-future", "phones.0.number too-long", "phones.0.whose not-one-of"], ignoreOrder: true);

    [Fact]
    public void Spaces_and_marks_of_no_width_do_not_count() => Faults(new { Note = new string(' ', 400) + new string('a', 400) + new string('\u200b', 400) }).ShouldBeEmpty();

    [Fact]
    public void A_birth_is_known_as_far_as_it_says() => new[] { new BirthDate(null, BirthPrecision.Day), new BirthDate(Today, BirthPrecision.Unknown), new BirthDate(new DateOnly(1849, 1, 1), BirthPrecision.Year), new BirthDate(Today, (BirthPrecision)77) }
        .ShouldAllBe(birth => Faults(new { Birth = birth }).Single() == "birth not-a-date");
}
