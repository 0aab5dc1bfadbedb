using System.Text;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>One box finds a person however somebody writes the name or the number, within one's own area.</summary>
[Trait("Category", "Database")]
public sealed class FindPersonsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private Task<Outcome<FindPersons.Found>> FindAsync(AccountId by, string? text) => house.RunAsync<FindPersons, FindPersons.Found>(by, use => use.RunAsync(text, CancellationToken.None), Permission.SeePersons);

    private async Task<IReadOnlyList<PersonId>> IdsAsync(AccountId by, string text) => [.. (await FindAsync(by, text)).Value.Rows.Select(row => row.Id)];

    [Fact]
    public async Task A_name_is_found_in_any_spelling_and_order_and_by_the_beginning_of_its_last_word()
    {
        var (thuy, duc) = (await house.PersonAsync(Place.ClerkA, "Nguyễn Thị Thuỷ"), await house.PersonAsync(Place.ClerkA, "Đặng Y'Văn Đức"));
        foreach (var spelling in new[] { "Nguyễn Thị Thuỷ", "nguyen thi thuy", "NGUYỄN THỊ THỦY", "Nguyễn Thị Thuỷ".Normalize(NormalizationForm.FormD), "thuỷ nguyễn", "  thi   THUY ", "nguyen thu", "Nguyễn\u200b Thị\ud800 Thuỷ", "thuy, nguyen" })
            (await IdsAsync(Place.ClerkA, spelling)).ShouldBe([thuy], spelling);
        foreach (var spelling in new[] { "Đặng Đức", "dang duc", "ĐĂNG YVAN", "duc yv" }) (await IdsAsync(Place.ClerkA, spelling)).ShouldBe([duc], spelling);
        foreach (var other in new[] { "nguyen duc", "thuyen", "nguyen thuy ", "hi thuy nguyen x", "%", "th_y nguyen", "''" })
            if ((await FindAsync(Place.ClerkA, other)) is { Done: true } found && other != "nguyen thuy ") found.Value.Rows.ShouldBeEmpty(other);
        foreach (var strange in new[] { null, "", " ", "a", "!", "\0", "\ud800\ud800" }) (await FindAsync(Place.ClerkA, strange)).Problem.Code.ShouldBe("person.search-too-short", strange ?? "nothing");
        foreach (var stranger in new[] { Place.ClerkB, Place.OfficerB }) (await IdsAsync(stranger, "Nguyễn Thị Thuỷ")).ShouldBeEmpty();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'person.searched' AND account_id = $1 AND persons = ARRAY[$2::uuid]", Place.ClerkA.Value, thuy.Value)).ShouldBeGreaterThan(8, "seeing is logged");
    }

    [Fact]
    public async Task A_number_is_found_as_people_write_it_and_only_whole()
    {
        var card = Given.Number();
        var person = await house.PersonAsync(Place.ClerkA, "Lý Tám", card, "0162 345 6789");
        foreach (var text in new[] { card, $"{card[..3]} {card[3..6]} {card[6..]}", $"{card[..6]}.{card[6..]}" }) (await IdsAsync(Place.ClerkA, text)).ShouldBe([person], text);
        foreach (var text in new[] { "0323456789", "0162.345.6789", "+84 32 345 6789", "84323456789", "032-345-6789" }) (await IdsAsync(Place.ClerkA, text)).ShouldBe([person], text);
        foreach (var text in new[] { card[..11], card[1..], "0323456788", "••••••789" }) (await FindAsync(Place.ClerkA, text)).Value.Rows.ShouldBeEmpty(text);
        (await IdsAsync(Place.ClerkB, card)).ShouldBeEmpty();

        var input = new EnterPerson.Input(house.Clock.New<PersonId>(), new PersonFacts { Name = "Lý Chín" }, [new(DocumentKind.OldIdentityCard, "023 456 789"), new(DocumentKind.HealthInsurance, "DN 4 79 0123456789"), new(DocumentKind.Passport, "c1234567")], [], [], false);
        (await house.RunAsync<EnterPerson, PersonId>(Place.ClerkA, use => use.RunAsync(input, CancellationToken.None))).Done.ShouldBeTrue();
        foreach (var text in new[] { "023456789", "DN4790123456789", "0123456789", "C1234567", "c 1234567" }) (await IdsAsync(Place.ClerkA, text)).ShouldBe([input.Id], text);
    }

    [Fact]
    public async Task Whatever_may_be_kept_as_a_number_is_found_by_it()
    {
        foreach (var (kind, number, typed) in new[] { (DocumentKind.Passport, "AB12345", "ab 12345"), (DocumentKind.Passport, "1234567", "1234567"), (DocumentKind.Other, "K9X", "k9x"), (DocumentKind.Other, "LAO-77", "LAO 77"), (DocumentKind.OldIdentityCard, "123456789", "123 456 789") })
        {
            var input = new EnterPerson.Input(house.Clock.New<PersonId>(), new PersonFacts { Name = "Phạm Hộ Chiếu" }, [new(kind, number)], [], [], false);
            (await house.RunAsync<EnterPerson, PersonId>(Place.ClerkA, use => use.RunAsync(input, CancellationToken.None))).Done.ShouldBeTrue(number);
            var found = (await FindAsync(Place.ClerkA, typed)).Value;
            (found.ByNumber, found.Rows.Select(row => row.Id).Single()).ShouldBe((true, input.Id), typed);
            (await IdsAsync(Place.ClerkB, typed)).ShouldBeEmpty(typed);
        }
        var born = await house.PersonAsync(Place.ClerkA, "Phạm Thị Sinh Năm", birth: BirthDate.OfYear(1961));
        foreach (var typed in new[] { "pham thi sinh nam 1961", "Phạm Sinh 1961" }) (await IdsAsync(Place.ClerkA, typed)).ShouldBe([born], typed);
    }

    [Fact]
    public async Task What_is_shown_of_many_are_the_first_by_name_and_then_by_birth()
    {
        var made = new List<(string Name, int Year, PersonId Id)>();
        foreach (var year in new[] { 1990, 1950, 1970 })
            foreach (var given in "MĐAHCBGĂEKÂL") made.Add(("Quách Thị " + given, year, await house.PersonAsync(Place.ClerkA, "Quách Thị " + given, birth: BirthDate.OfYear(year))));
        var found = (await FindAsync(Place.ClerkA, "quach thi")).Value;
        found.More.ShouldBeTrue();
        const string alphabet = "AĂÂBCĐEGHKLM";
        found.Rows.Select(row => row.Id).ShouldBe(made.OrderBy(one => alphabet.IndexOf(one.Name[^1], StringComparison.Ordinal)).ThenBy(one => one.Year).Take(FindPersons.Most).Select(one => one.Id));
    }

    [Fact]
    public async Task More_than_a_page_is_said_and_the_same_question_has_the_same_answer()
    {
        for (var i = 0; i < FindPersons.Most + 3; i++) await house.PersonAsync(Place.ClerkA, "Trần Văn " + (char)('A' + i));
        var found = (await FindAsync(Place.ClerkA, "tran van")).Value;
        (found.Rows.Count, found.More, found.ByNumber).ShouldBe((FindPersons.Most, true, false));
        (await IdsAsync(Place.ClerkA, "tran van")).ShouldBe(found.Rows.Select(row => row.Id));
        (await FindAsync(Place.ClerkA, "tran van b")).Value.Rows.Select(row => row.Shown).ShouldBe(["Trần Văn B"]);
    }

    [Fact]
    public async Task Of_many_who_begin_so_those_who_bear_the_word_as_it_stands_come_first()
    {
        for (var i = 0; i < FindPersons.Most + 8; i++) await house.PersonAsync(Place.ClerkA, "Lò Văn Thuân");
        var bears = await house.PersonAsync(Place.ClerkA, "Lò Thu Yên");
        foreach (var by in new[] { Place.ClerkA, Place.OfficerA })
        {
            var found = (await FindAsync(by, "lo thu")).Value;
            (found.Rows.Count, found.More, found.Rows[0].Id).ShouldBe((FindPersons.Most, true, bears));
            (await IdsAsync(by, "lo thu ")).ShouldBe([bears], "a space ends the word");
            (await IdsAsync(by, "van thuan")).Count.ShouldBe(FindPersons.Most);
        }
    }

    [Fact]
    public async Task Those_whose_name_begins_as_it_was_typed_come_before_others_who_bear_the_same_words()
    {
        var another = await house.PersonAsync(Place.ClerkA, "Mạc An Kiều");
        for (var i = 0; i < 5; i++) await house.PersonAsync(Place.ClerkA, "Mạc Kiều An");
        AccountId[] all = [Place.ClerkA, Place.OfficerA, Place.ProvinceOfficer];
        foreach (var by in all)
        {
            foreach (var typed in new[] { "mac kieu", "kieu mac", "an mac", "an mac kieu" }) (await IdsAsync(by, typed)).Count.ShouldBe(6, $"{typed}: in any order, because of two words or because nobody is called so");
            foreach (var typed in new[] { "mac kieu an", "mac kieu a", "mac kieu an " })
            {
                var inOrder = (await FindAsync(by, typed)).Value;
                (inOrder.InOrder, inOrder.Rows.Select(row => row.Shown).Distinct().Single()).ShouldBe((true, "Mạc Kiều An"), typed);
                var every = (await house.RunAsync<FindPersons, FindPersons.Found>(by, use => use.RunAsync(typed, CancellationToken.None, anyOrder: true), Permission.SeePersons)).Value;
                (every.InOrder, every.Rows.Count).ShouldBe((false, 6), "who asks for them sees the others too");
                every.Rows.Select(row => row.Id).ShouldContain(another);
            }
        }
        for (var i = 0; i < FindPersons.Most; i++) await house.PersonAsync(Place.ClerkA, "Mạc Kiều Anh");
        foreach (var by in all)
        {
            (await IdsAsync(by, "mac kieu")).ShouldNotContain(another, "the page is full of those who are called so");
            var found = (await FindAsync(by, "mac kieu an")).Value;
            (found.More, found.Rows.Take(5).Select(row => row.Shown).Distinct().Single()).ShouldBe((true, "Mạc Kiều An"), "as it stands before as a beginning");
            foreach (var typed in new[] { "mac kieu", "mac kieu an" })
            {
                (await FindAsync(by, typed)).Value.InOrder.ShouldBeTrue("a full page says that there may be others");
                var every = (await house.RunAsync<FindPersons, FindPersons.Found>(by, use => use.RunAsync(typed == "mac kieu" ? "an mac" : typed, CancellationToken.None, anyOrder: true), Permission.SeePersons)).Value;
                (every.InOrder, every.Rows.Any(row => row.Id == another)).ShouldBe((false, true), "and who asks for them sees them beside a full page");
            }
        }
        var renamed = await house.PersonAsync(Place.ClerkA, "Ninh Thị Cũ");
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), renamed, 1, new PersonFacts { Name = "Ninh Thị Mới" }, [], [], []), CancellationToken.None))).Done.ShouldBeTrue();
        (await house.CountAsync("SELECT count(*) FROM pt.person_token WHERE person_id = $1 AND token = ' ninh thi moi'", renamed.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.person_token WHERE person_id = $1 AND token LIKE '%cu%'", renamed.Value)).ShouldBe(0);
    }

    [Fact]
    public async Task A_renamed_person_is_found_by_the_new_name_and_no_more_by_the_old()
    {
        var person = await house.PersonAsync(Place.ClerkA, "Vũ Hồng Nhầm");
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), person, 1, new PersonFacts { Name = "Vũ Hồng Đúng", Code = "BN-77" }, [], [], []), CancellationToken.None))).Done.ShouldBeTrue();
        (await IdsAsync(Place.ClerkA, "vu nham")).ShouldBeEmpty();
        (await IdsAsync(Place.ClerkA, "vu dung")).ShouldBe([person]);
        (await IdsAsync(Place.ClerkA, "bn-77")).ShouldBe([person], "by the patient code too");
    }
}
