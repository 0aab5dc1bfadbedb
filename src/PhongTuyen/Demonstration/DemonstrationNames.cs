using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Demonstration;

/// <summary>Invented persons from common names, the same at each making. No number belongs to anybody: province code 000 is not given out.</summary>
internal sealed class DemonstrationNames(int seed)
{
    private static readonly string[] Families = ["Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
    private static readonly string[] MenMiddle = ["Văn", "Đức", "Minh", "Quốc", "Hữu", "Thanh", "Công", "Xuân"];
    private static readonly string[] WomenMiddle = ["Thị", "Thị", "Ngọc", "Thu", "Kim", "Thanh", "Bích", "Thùy"];
    private static readonly string[] MenGiven = ["An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khang", "Lâm", "Long", "Nam", "Phúc", "Quân", "Sơn", "Thắng", "Tùng", "Vinh"];
    private static readonly string[] WomenGiven = ["Anh", "Chi", "Dung", "Giang", "Hà", "Hoa", "Hương", "Lan", "Linh", "Mai", "Nga", "Oanh", "Phương", "Quỳnh", "Thảo", "Trang", "Yến"];
    private static readonly string[] Streets = ["Trần Phú", "Lê Lợi", "Hai Bà Trưng", "Nguyễn Trãi", "Quang Trung", "Phan Chu Trinh"];

    private readonly Random random = new(seed);

    public (PersonFacts Facts, DocumentFact Document, PhoneFact Phone, string Line) Next()
    {
        var man = random.Next(2) == 0;
        var year = 1945 + random.Next(70);
        var name = string.Join(' ', Pick(Families), Pick(man ? MenMiddle : WomenMiddle), Pick(man ? MenGiven : WomenGiven));
        var number = $"000{(year >= 2000 ? 2 : 0) + (man ? 0 : 1)}{year % 100:00}{random.Next(1_000_000):000000}";
        var facts = new PersonFacts { Name = name, Sex = man ? Sex.Male : Sex.Female, Nationality = "VN", Birth = random.Next(4) == 0 ? BirthDate.OfYear(year) : new BirthDate(new DateOnly(year, random.Next(1, 13), random.Next(1, 29)), BirthPrecision.Day) };
        return (facts, new DocumentFact(DocumentKind.CitizenCard, number), new PhoneFact($"09{random.Next(100_000_000):00000000}", PhoneOwner.Own), $"{random.Next(1, 200)} {Pick(Streets)}");
    }

    public int Roll(int sides) => random.Next(sides);

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
