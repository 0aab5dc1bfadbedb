using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Of more who have something in common with a person than are compared, those who are most alike are.</summary>
[Trait("Category", "Database")]
public sealed class MostAlikeTests(TestHouse house) : IClassFixture<TestHouse>
{
    /// <summary>Far more than are compared of any way of looking, and fewer than have the telephone of an office.</summary>
    private const int Crowd = 240;

    [Fact]
    public Task Somebody_born_on_the_first_of_january_is_found_behind_hundreds_of_others_with_that_day_and_family_name() =>
        ShouldWaitAsync(i => Line($"Nguyễn Thị {Given(i)}", "01/01/1955", i), Line("Nguyễn Thị Hoài", "01/01/1955", 0), Line("Nguyễn Thị Hoài", "01/01/1955", 1));

    [Fact]
    public Task Somebody_whose_year_of_birth_alone_is_known_is_found_behind_hundreds_of_namesakes_in_the_commune() =>
        ShouldWaitAsync(i => Line("Trần Văn Minh", $"{1 + i % 28:00}/{1 + i % 12:00}/{1930 + i % 47}", 2), Line("Trần Văn Minh", "05/08/1985", 2), Line("Trần Văn Minh", "1985", 2));

    [Fact]
    public Task Somebody_who_moved_is_found_behind_hundreds_of_others_with_the_telephone_of_the_house() =>
        ShouldWaitAsync(i => Line($"Lê Văn {Given(i)}", $"{1 + i % 28:00}/{1 + i % 12:00}/{1930 + i % 47}", i, "0912345678"), Line("Phạm Quốc Khánh", "1985", 0, "0912345678"), Line("Phạm Quốc Khánh", "1985", 1, "0912345678"));

    private static string Given(int i) => $"{"BCDGHKLMNPRSTVX"[i % 15]}{"aoeiu"[i / 15 % 5]}{"nmtc"[i / 75]}";

    private static string Line(string name, string birth, int commune, string? phone = null) => $"{name},{birth},Nữ,{phone},{(commune % 3) switch { 0 => "Phường Phúc Xá", 1 => "Phường Trúc Bạch", _ => "Phường Kim Mã" }},Quận Ba Đình,Thành phố Hà Nội";

    /// <summary>The person is written after the others, and then once more by another clerk.</summary>
    private async Task ShouldWaitAsync(Func<int, string> other, string person, string again)
    {
        const string Header = "Họ và tên,Ngày sinh,Giới tính,Điện thoại,Xã/phường,Quận/huyện,Tỉnh/thành phố";
        (await house.ImportAsync(house.Place.Operator, house.Place.Root, ListImport.Csv([Header, .. Enumerable.Range(0, Crowd).Select(other), person]))).Accepted.ShouldBe(Crowd + 1);
        (await house.ImportAsync(house.Place.Operator, house.Place.Root, ListImport.Csv(Header, again))).Accepted.ShouldBe(1);
        await using var connection = await house.Direct.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // Of the namesakes the person is the one born in that year.
        var (name, year) = (again.Split(',')[0], int.Parse(again.Split(',')[1][^4..], CultureInfo.InvariantCulture));
        (await connection.ValueAsync<long?>("SELECT count(*) FROM pt.person_match m JOIN pt.person p ON p.id = m.person_id JOIN pt.person o ON o.id = m.other_id WHERE p.name = $1 AND o.name = $1 AND date_part('year', p.birth) = $2 AND date_part('year', o.birth) = $2",
            TestContext.Current.CancellationToken, name, year)).ShouldBe(1);
    }
}
