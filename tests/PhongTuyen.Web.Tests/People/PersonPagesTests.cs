using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

[Trait("Category", "Database")]
public sealed class PersonPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task A_person_is_moved_to_another_household_and_back_and_a_number_taken_away_comes_back()
    {
        var (person, other) = (await house.House.PersonAsync(Place.ClerkA, "Mạc Thị Chuyển Hộ", Given.Number()), await house.House.PersonAsync(Place.ClerkA, "Mạc Văn Hộ Kia"));
        var clerk = await house.AsAsync("clerk-a");
        (await clerk.GetAsync(Links.Person(person))).Links.ShouldContain(Links.Household(person));
        var found = await clerk.PostAsync(await clerk.GetAsync(Links.Household(person)), "handler=Find", ("q", "mac van ho kia"));
        found.Main.ShouldContain("Mạc Văn Hộ Kia");
        found.Main.ShouldNotContain("Gộp cả hai hộ", Case.Sensitive, "there is nobody else to take along");
        (await clerk.PostAsync(found, "handler=Find", ("q", "m"))).Main.ShouldContain("Ít nhất hai chữ");
        var moved = await clerk.PostAsync(found, "handler=Move", ("everybody", "false"));
        moved.Address.ShouldBe(Links.Person(person));
        moved.Main.ShouldContain("Đã chuyển Mạc Thị Chuyển Hộ sang hộ khác");
        moved.Links.ShouldContain(Links.Person(other));
        var back = await clerk.PostAsync(moved, "handler=Undo");
        back.Main.ShouldContain("Đã trả lại hộ như trước");
        back.Main.ShouldContain("Ra khỏi hộ gia đình");
        back.Links.ShouldNotContain(Links.Person(other));

        var dropped = await clerk.PostAsync(await clerk.GetAsync(Links.EditPerson(person)), "handler=Drop");
        dropped.Main.ShouldContain("Đã bỏ số khỏi hồ sơ");
        dropped.Main.ShouldNotContain("Số đang có");
        var again = await clerk.PostAsync(dropped, "handler=Undrop");
        again.Main.ShouldContain("Đã ghi lại số vừa bỏ");
        again.Main.ShouldContain("Số đang có");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaders_and_administrators_open_no_person()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Trần Văn Kín");
        foreach (var name in new[] { "leader", "administrator" })
        {
            var visitor = await house.AsAsync(name);
            foreach (var path in new[] { Links.Search, Links.NewPerson, Links.Person(person), Links.EditPerson(person), Links.Numbers(person), Links.Findings })
            {
                var page = await visitor.GetAsync(path);
                page.Status.ShouldBe(HttpStatusCode.Forbidden, $"{name} {path}");
                page.Html.ShouldNotContain("Trần Văn Kín");
            }
            (await visitor.PostTokenAsync(Links.Search, ("q", "tran van kin"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_person_of_another_district_is_not_there_and_the_asking_is_kept()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Lê Thị Xa", lives: Place.KeysA1);
        foreach (var name in new[] { "officer-b", "clerk-b" })
        {
            var visitor = await house.AsAsync(name);
            foreach (var path in new[] { Links.Person(person), Links.EditPerson(person), Links.Numbers(person), Links.NewRelative(person) })
            {
                var page = await visitor.GetAsync(path);
                page.Status.ShouldBe(HttpStatusCode.NotFound, $"{name} {path}");
                page.Html.ShouldNotContain("Lê Thị Xa");
            }
            (await visitor.PostTokenAsync(Links.Numbers(person), ("Form.Field", "Documents"), ("Form.Purpose", "muốn xem"))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await visitor.PostTokenAsync(Links.EditPerson(person), ("BaseVersion", "1"), ("Form.Name", "Tên Khác"))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await Found(visitor, "le thi xa")).Links.ShouldNotContain(Links.Person(person));
        }
        (await house.ToldAsync("asked.not-shown", person.ToString())).ShouldBeGreaterThanOrEqualTo(8);
        (await (await house.AsAsync("officer-a")).GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_box_finds_by_any_spelling_by_number_and_by_year_and_the_audit_keeps_who_was_shown()
    {
        var number = Given.Number();
        var older = await house.House.PersonAsync(Place.ClerkA, "Đặng Thị Thùy Trâm", number, "0912 345 111", Place.KeysA1, BirthDate.OfYear(1985));
        var younger = await house.House.PersonAsync(Place.ClerkA, "Đặng Thị Thùy Trâm", birth: BirthDate.OfYear(2001));
        var clerk = await house.AsAsync("clerk-a");
        var before = await house.ToldAsync("person.searched");
        var both = await Found(clerk, "dang thi thuy tram");
        both.Links.ShouldContain(Links.Person(older));
        both.Links.ShouldContain(Links.Person(younger));
        both.Main.ShouldContain("Xã Thử Một, Huyện An Bình");
        (await house.ToldAsync("person.searched")).ShouldBe(before + 1);
        both.Address.ShouldBe(Links.Search); // nothing of a person in the address

        // Back and reload see it again; an address of another account, or a made-up one, shows an empty box.
        var again = System.Text.RegularExpressions.Regex.Match(both.Html, "data-address=\"([^\"]+)\"").Groups[1].Value;
        again.ShouldNotContain("tram", Case.Insensitive);
        (await clerk.GetAsync(again)).Links.ShouldContain(Links.Person(older));
        (await house.ToldAsync("person.searched")).ShouldBe(before + 2);
        (await (await house.AsAsync("officer-a")).GetAsync(again)).Links.ShouldNotContain(Links.Person(older));
        (await clerk.GetAsync(Links.Search + "?found=abc")).Status.ShouldBe(HttpStatusCode.OK);

        foreach (var text in new[] { number, $"{number[..3]} {number[3..]}", "0912345111", "+84 912 345 111" }) (await Found(clerk, text)).Links.ShouldContain(Links.Person(older), text);
        var ofYear = await Found(clerk, "tram dang 2001");
        ofYear.Links.ShouldContain(Links.Person(younger));
        ofYear.Links.ShouldNotContain(Links.Person(older));
        (await Found(clerk, "đ")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var nobody = await Found(clerk, "khong ai ten the nay");
        nobody.Main.ShouldContain("Không tìm thấy ai");
        nobody.Links.ShouldContain(Links.NewPerson);
    }

    [Fact]
    public async Task The_numbers_of_a_person_stand_in_no_page_until_a_purpose_is_given()
    {
        var number = Given.Number();
        var person = await house.House.PersonAsync(Place.ClerkA, "Phạm Văn Số", number, "0987 654 321");
        var clerk = await house.AsAsync("clerk-a");
        foreach (var path in new[] { Links.Person(person), Links.EditPerson(person), Links.Numbers(person) })
        {
            var page = await clerk.GetAsync(path);
            page.Status.ShouldBe(HttpStatusCode.OK, path);
            page.Html.ShouldNotContain(number);
            page.Html.ShouldNotContain("987654321");
            page.Html.ShouldNotContain("0987 654 321");
        }
        (await clerk.GetAsync(Links.Person(person))).Main.ShouldContain(number[^3..]);
        var form = await clerk.GetAsync(Links.Numbers(person));
        var without = await clerk.PostAsync(form, "Form.Purpose", ("Form.Field", "Documents"), ("Form.Purpose", " "));
        without.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        without.Html.ShouldNotContain(number);
        (await house.ToldAsync("person.unmasked", person.ToString())).ShouldBe(0);
        (await clerk.PostAsync(form, "Form.Purpose", ("Form.Field", "Documents"), ("Form.Purpose", "Đối chiếu giấy tờ khi tiếp nhận"))).Main.ShouldContain(number);
        (await clerk.PostAsync(form, "Form.Purpose", ("Form.Field", "Phones"), ("Form.Purpose", "Gọi báo kết quả"))).Main.ShouldContain("0987 654 321");
        (await house.ToldAsync("person.unmasked", person.ToString())).ShouldBe(2);
        var head = await (await house.AsAsync("head-a")).GetAsync(Links.Person(person));
        head.Main.ShouldContain("xem đầy đủ: Số điện thoại: Gọi báo kết quả");
        (await clerk.GetAsync(Links.Person(person))).Main.ShouldNotContain("Gọi báo kết quả"); // who looked is for those who see entries
    }

    [Fact]
    public async Task A_person_is_made_with_all_that_the_form_asks()
    {
        var clerk = await house.AsAsync("clerk-a");
        var form = await clerk.GetAsync(Links.NewPerson);
        var wrong = await clerk.PostAsync(form, "Form.Birth", ("Form.Name", "Trần Thị Bích"), ("Form.Birth", "năm con rồng"), ("Form.Documents[1].Number", "12345"), ("Form.Documents[1].Kind", "CitizenCard"), ("Form.Addresses[0].AreaText", "nơi nào đó"), ("Form.Addresses[1].Hamlet", "Thôn 3"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Main.ShouldContain("Hãy ghi ngày sinh như");
        wrong.Main.ShouldContain("Chưa rõ là nơi nào");
        wrong.Main.ShouldContain("Hãy chọn xã, phường của thôn, tổ này trước");
        foreach (var typed in new[] { "Trần Thị Bích", "năm con rồng", "12345", "nơi nào đó", "Thôn 3" }) wrong.Html.ShouldContain($"\"{typed}\"");

        var badNumber = await clerk.PostAsync(form, "Form.Birth", ("Form.Name", "Trần Thị Bích"), ("Form.Documents[1].Number", "12345"), ("Form.Documents[1].Kind", "CitizenCard"));
        badNumber.Html.ShouldContain("id=\"Form_Documents_1__Number-error\"");

        var number = "079185" + Random.Shared.Next(100_000, 999_999);
        var made = await clerk.PostAsync(form, "Form.Birth", ("Form.Name", "Trần Thị Bích"), ("Form.Birth", "8/1985"), ("Form.Sex", "Female"), ("Form.Occupation", "công nhân"), ("Form.Documents[0].Number", number), ("Form.Phones[0].Number", "0912 000 111"),
            ("Form.Addresses[0].AreaText", "xã Thử Một, huyện An Bình"), ("Form.Addresses[0].Line", "12 Lê Lợi"), ("Form.Pregnant", "Yes"), ("Form.PregnancyWeeks", "20"), ("Form.Chronic", "tăng huyết áp"), ("Form.HouseholdHead", "true"));
        made.Status.ShouldBe(HttpStatusCode.OK);
        made.Main.ShouldContain("Đã lập hồ sơ của Trần Thị Bích");
        foreach (var shown in new[] { "sinh 08/1985", "Nữ", "Việt Nam", "công nhân", "12 Lê Lợi, Xã Thử Một, Huyện An Bình", "20 tuần", "chủ hộ", "CCCD" }) made.Main.ShouldContain(shown);
        made.Html.ShouldNotContain("tăng huyết áp");
        made.Html.ShouldNotContain(number);

        var again = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Birth", ("Form.Name", "Bích Trần"), ("Form.Birth", "1985"), ("Form.Documents[0].Number", number));
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        again.Main.ShouldContain("Hồ sơ mang số này");
        again.Links.ShouldContain(made.Address);
        again.Html.ShouldContain("\"Bích Trần\"");
        var another = await clerk.PostAsync(again, "Form.Birth", ("AnotherPerson", "true"));
        another.Main.ShouldContain("Đã lập hồ sơ của Bích Trần");
        another.Address.ShouldNotBe(made.Address);
    }

    [Fact]
    public async Task A_number_known_in_another_district_says_only_that_and_can_be_looked_up_with_birth_and_purpose()
    {
        var number = Given.Number();
        var person = await house.House.PersonAsync(Place.ClerkB, "Ngô Văn Nơi Khác", number, birth: BirthDate.OfYear(1985));
        var clerk = await house.AsAsync("clerk-a");
        var refused = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Birth", ("Form.Name", "Ngô Văn"), ("Form.Birth", "1985"), ("Form.Documents[0].Number", number));
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Html.ShouldNotContain("Ngô Văn Nơi Khác");
        refused.Html.ShouldNotContain(person.ToString());

        var form = await clerk.GetAsync(Links.LookUp);
        (await clerk.PostAsync(form, "Form.Purpose", ("Form.Number", number), ("Form.Birth", "1985"), ("Form.Purpose", ""))).Main.ShouldContain("Hãy ghi mục đích");
        var nobody = await clerk.PostAsync(form, "Form.Purpose", ("Form.Number", number), ("Form.Birth", "1971"), ("Form.Purpose", "tiếp nhận từ tỉnh về"));
        nobody.Status.ShouldBe(HttpStatusCode.NotFound);
        (await clerk.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        var found = await clerk.PostAsync(form, "Form.Purpose", ("Form.Number", number), ("Form.Birth", "1985"), ("Form.Purpose", "tiếp nhận từ tỉnh về"));
        found.Address.ShouldBe(Links.Person(person));
        found.Main.ShouldContain("Ngô Văn Nơi Khác");
        (await house.ToldAsync("person.looked-up", person.ToString())).ShouldBe(1);
    }

    [Fact]
    public async Task A_correction_is_kept_with_what_was_before_and_a_clash_of_two_is_explained()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Võ Văn Sửa");
        var clerk = await house.AsAsync("clerk-a");
        var (first, second) = (await clerk.GetAsync(Links.EditPerson(person)), await clerk.GetAsync(Links.EditPerson(person)));
        var saved = await clerk.PostAsync(first, "BaseVersion", ("Form.Name", "Võ Văn Sửa Đúng"), ("Form.Birth", "05/08/1985"));
        saved.Address.ShouldBe(Links.Person(person));
        saved.Main.ShouldContain("Họ tên: Võ Văn Sửa → Võ Văn Sửa Đúng");
        saved.Main.ShouldContain("sinh 05/08/1985");

        var clash = await clerk.PostAsync(second, "BaseVersion", ("Form.Occupation", "lái xe"));
        clash.Status.ShouldBe(HttpStatusCode.Conflict);
        clash.Main.ShouldContain("clerk-a (Khu cách ly An Bình) đã sửa hồ sơ này");
        clash.Main.ShouldContain("Họ tên: Võ Văn Sửa → Võ Văn Sửa Đúng");
        clash.Html.ShouldContain("\"lái xe\"");
        var after = await clerk.PostAsync(clash, "BaseVersion", ("Form.Name", "Võ Văn Sửa Đúng"), ("Form.Birth", "05/08/1985"));
        after.Main.ShouldContain("lái xe");
    }

    [Fact]
    public async Task Chronic_diseases_stay_sealed_through_a_correction_until_they_are_taken_out()
    {
        var clerk = await house.AsAsync("clerk-a");
        var made = await clerk.PostAsync(await clerk.GetAsync(Links.NewPerson), "Form.Birth", ("Form.Name", "Bùi Thị Niêm"), ("Form.Chronic", "đái tháo đường"));
        PersonId.TryParse(made.Address.Split('/')[^1], out var person).ShouldBeTrue();
        var edit = await clerk.GetAsync(Links.EditPerson(person));
        edit.Html.ShouldNotContain("đái tháo đường");
        (await clerk.PostAsync(edit, "BaseVersion", ("Form.Occupation", "giáo viên"))).Main.ShouldContain("có ghi, đang được che");
        (await clerk.PostAsync(await clerk.GetAsync(Links.Numbers(person)), "Form.Purpose", ("Form.Field", "Chronic"), ("Form.Purpose", "khám khi sốt"))).Main.ShouldContain("đái tháo đường");
        (await clerk.PostAsync(await clerk.GetAsync(Links.EditPerson(person)), "BaseVersion", ("NoChronic", "true"))).Main.ShouldNotContain("có ghi, đang được che");
    }

    [Fact]
    public async Task A_relative_joins_the_household_and_brings_the_address()
    {
        var mother = await house.House.PersonAsync(Place.ClerkA, "Hồ Thị Mẹ", lives: Place.KeysA1);
        var clerk = await house.AsAsync("clerk-a");
        var form = await clerk.GetAsync(Links.NewRelative(mother));
        form.Html.ShouldContain("12 Trần Phú");
        var child = await clerk.PostAsync(form, "Form.Birth", ("Form.Name", "Hồ Văn Con"), ("Form.Birth", "2015"));
        child.Links.ShouldContain(Links.Person(mother));
        child.Main.ShouldContain("Xã Thử Một");
        (await clerk.GetAsync(Links.Person(mother))).Links.ShouldContain(child.Address);
    }

    [Fact]
    public async Task The_course_shows_admission_and_end_and_another_districts_stays_stay_unseen()
    {
        await house.House.FacilityAsync(Place.HeadA, Place.CampA);
        var person = await house.House.PersonAsync(Place.ClerkA, "Mai Văn Trình");
        var stay = await house.House.StayAsync(Place.ClerkA, Place.CampA, person);
        var clerk = await house.AsAsync("clerk-a");
        var page = await clerk.GetAsync(Links.Person(person));
        page.Main.ShouldContain("Vào Khu cách ly An Bình");
        page.Main.ShouldContain("Đang ở: Khu cách ly An Bình");
        page.Links.ShouldContain(Links.Stay(stay));
        page.Links.ShouldContain(Links.AdmitPerson(person));
        page.Main.ShouldContain("clerk-a ghi");
        (await house.ToldAsync("person.seen", person.ToString())).ShouldBe(1);
        (await Found(clerk, "mai van trinh")).Main.ShouldContain("Đang ở: Khu cách ly An Bình");
    }

    [Fact]
    [Answers("R14")]
    public async Task Findings_are_listed_by_kind_closed_with_a_reason_and_opened_again()
    {
        var clerk = await house.AsAsync("clerk-a");
        var name = "Đỗ Văn Mâu Thuẫn";
        await house.House.RunAsync<EnterPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new EnterPerson.Input(house.Clock.New<PersonId>(), new PersonFacts { Name = name, Birth = BirthDate.OfYear(1950) }, [new DocumentFact(DocumentKind.CitizenCard, Given.Number()) { AsOnPaper = true }], [], [], false), CancellationToken.None));
        var list = await clerk.GetAsync(Links.Findings + "?kind=document.contradicts-birth");
        list.Main.ShouldContain(name);
        list.Main.ShouldContain("Số giấy tờ không khớp năm sinh");
        (await clerk.GetAsync(Links.Findings + "?kind=case.death-undated")).Main.ShouldNotContain(name);
        (await (await house.AsAsync("officer-b")).GetAsync(Links.Findings)).Main.ShouldNotContain(name);

        var id = list.Html.Split("name=\"Ids\" value=\"")[1][..36];
        var unreasoned = await clerk.PostAsync(list, "Form.Reason", ("Ids", id), ("Act", "Accepted"));
        unreasoned.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unreasoned.Main.ShouldContain(name);
        (await (await house.AsAsync("clerk-b")).PostTokenAsync(Links.Findings, ("Ids", id), ("Act", "Accepted"), ("Form.Reason", "không phải của tôi"), ("Intent", Guid.CreateVersion7().ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);
        var closed = await clerk.PostAsync(list, "Form.Reason", ("Ids", id), ("Act", "Accepted"), ("Form.Reason", "giấy ghi đúng như vậy"));
        closed.Main.ShouldContain("Đã xử lý 1 dòng");
        closed.Main.ShouldNotContain(name);
        (await house.ToldAsync("finding.closed", id)).ShouldBe(1);
        (await clerk.PostAsync(closed, "handler=Undo")).Main.ShouldContain("Đã mở lại 1 dòng");
        (await clerk.GetAsync(Links.Findings)).Main.ShouldContain(name);
        house.Faults.Kept.ShouldBeEmpty();
    }

    private static async Task<WebPage> Found(WebVisitor visitor, string text) => await visitor.PostAsync(await visitor.GetAsync(Links.Search), "id=\"Form_Q\"", ("q", text));
}
