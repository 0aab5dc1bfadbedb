using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;

namespace PhongTuyen.Demonstration;

/// <summary>Records that were planted to be found, or not to be found, as duplicates: each kind of mistake once. This list is the key; tests and <c>phongtuyen demonstration key</c> compare it with what the program finds.</summary>
public static class DemonstrationDoubles
{
    /// <param name="Birth">As typed; the second one's where it differs.</param>
    /// <param name="OnePerson">What is true.</param>
    /// <param name="Waits">Whether the pair is to wait for a person to decide.</param>
    public sealed record Pair(string Kind, string Name, string Other, Sex Sex, string Birth, string OtherBirth, bool OnePerson, bool Waits)
    {
        /// <summary>Of the first and of the second record: a card or an old card.</summary>
        public (DocumentKind Kind, string Number)? Number { get; init; }
        public (DocumentKind Kind, string Number)? OtherNumber { get; init; }
        public string? Phone { get; init; }
        public string? OtherPhone { get; init; }
        public bool OtherCommune { get; init; }
    }

    public static readonly IReadOnlyList<Pair> Planted =
    [
        new("marks-lost", "Trương Thị Bích Hường", "Truong Thi Bich Huong", Sex.Female, "14/02/1990", "14/02/1990", true, true),
        new("tone-moved", "Khổng Văn Thụy", "Khổng Văn Thuỵ", Sex.Male, "03/11/1978", "03/11/1978", true, true),
        new("order-changed", "Mạch Quốc Tuấn", "Tuấn Mạch Quốc", Sex.Male, "21/06/1983", "21/06/1983", true, true),
        new("middle-lost", "Lương Thị Thu Cúc", "Lương Cúc", Sex.Female, "09/09/1969", "09/09/1969", true, true),
        new("year-typo", "Tạ Minh Khôi", "Tạ Minh Khôi", Sex.Male, "30/04/1995", "30/04/1996", true, true) { Phone = "0900000101", OtherPhone = "0900000101" },
        new("wrong-commune", "Phùng Thị Nhàn", "Phùng Thị Nhàn", Sex.Female, "17/12/1955", "17/12/1955", true, true) { OtherCommune = true },
        new("old-and-new-number", "Vương Đình Lộc", "Vương Đình Lộc", Sex.Male, "02/03/1988", "02/03/1988", true, true) { Number = (DocumentKind.OldIdentityCard, "000123401"), OtherNumber = (DocumentKind.CitizenCard, "000088900101") },
        new("number-typo", "Chu Thị Đào", "Chu Thị Đào", Sex.Female, "25/07/1992", "25/07/1992", true, true) { Number = (DocumentKind.CitizenCard, "000192900201"), OtherNumber = (DocumentKind.CitizenCard, "000192900210") },
        new("twins", "Thái Văn Nhất", "Thái Văn Nhì", Sex.Male, "08/08/2001", "08/08/2001", false, false) { Phone = "0900000102", OtherPhone = "0900000102" },
        new("twins-by-mark", "Lưu Thị Hương", "Lưu Thị Hường", Sex.Female, "19/05/2003", "19/05/2003", false, true) { Phone = "0900000103", OtherPhone = "0900000103" },
        new("shared-phone", "Cao Văn Thành", "Cao Thị Út", Sex.Male, "1950", "1952", false, false) { Phone = "0900000104", OtherPhone = "0900000104" },
        new("namesakes", "Nguyễn Văn Tâm", "Nguyễn Văn Tâm", Sex.Male, "1975", "1975", false, false) { OtherCommune = true },
        new("namesakes-with-numbers", "Nguyễn Thị Hạnh", "Nguyễn Thị Hạnh", Sex.Female, "11/01/1980", "11/01/1980", false, false) { Number = (DocumentKind.CitizenCard, "000180900301"), OtherNumber = (DocumentKind.CitizenCard, "000180912457") },
        // Merged already, so that the page shows what that looks like.
        new("merged", "Quách Văn Đông", "QUÁCH VĂN ĐÔNG", Sex.Male, "06/10/1971", "06/10/1971", true, true),
    ];

    internal static Task MakeAsync(DemonstrationProvince province, TimeProvider clock, Func<Func<IServiceProvider, Task>, Task> act, CancellationToken ct) =>
        act(use => PlantAsync(use, clock, province.Area("Phường Sen Trắng"), province.Area("Xã Bến Nước"), ct));

    /// <param name="here">Where all live but those of whom the commune is wrong.</param>
    internal static async Task PlantAsync(IServiceProvider use, TimeProvider clock, AreaKeys here, AreaKeys there, CancellationToken ct)
    {
        foreach (var pair in Planted)
        {
            var one = await EnterAsync(use, clock, pair.Name, pair.Birth, pair.Sex, pair.Number, pair.Phone, here, ct);
            var other = await EnterAsync(use, clock, pair.Other, pair.OtherBirth, pair is { Kind: "shared-phone" } ? Sex.Female : pair.Sex, pair.OtherNumber, pair.OtherPhone, pair.OtherCommune ? there : here, ct);
            if (pair.Kind == "merged") (await use.GetRequiredService<MergePersons>().RunAsync(new(clock.NewGuid(), one, other, "Cùng căn cước công dân, gọi điện xác nhận"), ct)).Value.ToString();
        }
    }

    private static async Task<PersonId> EnterAsync(IServiceProvider use, TimeProvider clock, string name, string birth, Sex sex, (DocumentKind Kind, string Number)? number, string? phone, AreaKeys lives, CancellationToken ct)
    {
        DateInput.TryBirth(birth, clock.Today(), out var born);
        return (await use.GetRequiredService<EnterPerson>().RunAsync(new(clock.New<PersonId>(), new PersonFacts { Name = name, Birth = born, Sex = sex, Nationality = "VN" }, number is { } paper ? [new(paper.Kind, paper.Number)] : [],
            phone is null ? [] : [new(phone, PhoneOwner.Household)], [new AddressFact(AddressKind.Present, lives, null, null)], AnotherPerson: true), ct)).Value;
    }
}
