using System.Globalization;
using System.Text;
using Npgsql;
using PhongTuyen.Bench.Province;
using PhongTuyen.Data;
using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// A list of many persons of the loaded province as somebody would send it: most are new, with names and birthdays as common as those that are recorded; of each fifty one is recorded already, one stands
/// in the list for the second time and one has a birthday that there is none; every tenth new one came into one of the facilities.
/// </summary>
internal static class BigList
{
    /// <summary>How the loader draws its persons: the same again.</summary>
    private const int SeedOfProvince = 20210820, SeedOfList = 20211123;

    public sealed record Made(string File, int Rows, int Accepted, int Duplicate, int Rejected);

    public static async Task<Made> WriteAsync(LoadPlan plan, int rows, string file, NpgsqlConnection connection, CancellationToken ct)
    {
        var places = await connection.RowsAsync("""
            SELECT c.name, d.name, p.name FROM pt.area c JOIN pt.area d ON d.id = c.district_id JOIN pt.area p ON p.id = c.province_id WHERE c.id > $1 AND c.level = 3 ORDER BY c.id
            """, r => (Commune: r.GetString(0), District: r.GetString(1), Province: r.GetString(2)), ct, Ground.FirstArea);
        var camps = await connection.RowsAsync("SELECT name FROM pt.unit WHERE code LIKE 'CS-%' AND kind = 14 ORDER BY id", r => r.GetString(0), ct);
        var (taken, known) = Recorded(plan, rows);
        var (names, made, accepted, duplicate, rejected) = (new DemonstrationNames(SeedOfList), new List<string>(rows), 0, 0, 0);
        await using var text = new StreamWriter(file, false, new UTF8Encoding(true));
        await text.WriteLineAsync("STT,Họ và tên,Ngày sinh,Giới tính,Quốc tịch,CCCD,Điện thoại,Nghề nghiệp,Địa chỉ,Xã/phường,Quận/huyện,Tỉnh/thành phố,Nơi cách ly,Ngày vào,Lý do");
        for (var i = 0; i < rows; i++)
        {
            string row;
            switch (i % 50)
            {
                case 7: row = Row(known.Dequeue(), places[i % places.Count], "", ""); duplicate++; break;
                case 13: row = Row(names.Next(), places[i % places.Count], "", "31/02/1990"); rejected++; break;
                case 19 when made.Count > 0: row = made[made.Count / 2]; duplicate++; break;
                default:
                    var next = names.Next();
                    while (!taken.Add(next.Document.Number)) next = names.Next();
                    made.Add(row = Row(next, places[i % places.Count], i % 10 == 0 ? camps[i / 10 % camps.Count] : "", ""));
                    accepted++;
                    break;
            }
            await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{i + 1},{row}"));
        }
        return new Made(file, rows, accepted, duplicate, rejected);
    }

    /// <summary>Every number that the loader has given, and some whom it gave a number that nobody else has.</summary>
    private static (HashSet<string> Taken, Queue<(PersonFacts, DocumentFact, PhoneFact, string)> Known) Recorded(LoadPlan plan, int rows)
    {
        var (names, taken, twice) = (new DemonstrationNames(SeedOfProvince), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < plan.Persons; i++)
            if (names.Next().Document.Number is var number && !taken.Add(number)) twice.Add(number);
        names = new DemonstrationNames(SeedOfProvince);
        var known = new Queue<(PersonFacts, DocumentFact, PhoneFact, string)>();
        while (known.Count <= rows / 50)
            if (names.Next() is var one && !twice.Contains(one.Document.Number)) known.Enqueue(one);
        return (taken, known);
    }

    private static string Row((PersonFacts Facts, DocumentFact Document, PhoneFact Phone, string Line) of, (string Commune, string District, string Province) place, string camp, string birth)
    {
        var (facts, document, phone, line) = of;
        var born = birth.Length > 0 ? birth : facts.Birth.Precision == BirthPrecision.Day ? facts.Birth.From!.Value.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : facts.Birth.From!.Value.Year.ToString(CultureInfo.InvariantCulture);
        return $"{facts.Name},{born},{(facts.Sex == Sex.Male ? "Nam" : "Nữ")},Việt Nam,{document.Number},{phone.Number},,{line},{place.Commune},{place.District},{place.Province},{camp},{(camp.Length > 0 ? "01/06/2021" : "")},{(camp.Length > 0 ? "F1" : "")}";
    }
}
