using System.Globalization;
using PhongTuyen.Bench.Province;
using PhongTuyen.Web;

namespace PhongTuyen.Bench.Pages;

/// <summary>Every list, search, count and board of the program, asked as those who use it would, with the heaviest scope that each is used with.</summary>
internal static class Probes
{
    public static IReadOnlyList<Probe> Of(Samples s, string today)
    {
        string[] clerks = [.. s.Camps.Select(camp => "nl-" + camp.Code).Take(25)], heads = [.. s.Camps.Select(camp => "ql-" + camp.Code).Take(25)], receivers = [.. s.Hospitals.Select(hospital => "nl-" + hospital.Code).Take(10)];
        string[] districts = [.. s.Districts.Select(district => "huyen-" + district.Code)], stations = [.. s.Stations.Select(station => "nl-" + station.Code).Take(15)];
        string[] province = ["bd-tinh"], leaders = ["bd-lanh-dao", "bd-ban-chi-dao"];
        var fields = (Func<int, string> query) => (Func<int, (string, string)[]>)(n => [("q", query(n))]);
        string Of(int id) => id.ToString(CultureInfo.InvariantCulture);
        string First(string name, int words) => string.Join(' ', name.Split(' ').TakeLast(words));
        return
        [
            new("board, province", leaders, _ => Links.Board),
            new("board, province, by unit", leaders, _ => Links.Board + "?by=unit"),
            new("board, district", districts, _ => Links.Board),
            new("board, facility", clerks, _ => Links.Board),
            new("figures, province (API)", leaders, _ => $"/api/figures?scope=area/{Ground.FirstArea + 1}"),
            new("clerk's day", clerks, _ => Links.Day),
            new("clerk's day, station", stations, _ => Links.Day),
            new("stays, clerk", clerks, _ => Links.Stays),
            new("stays, station", stations, _ => Links.Stays),
            new("stays, district", districts, _ => Links.Stays),
            new("stays, province", province, _ => Links.Stays),
            new("stays in house, province", province, _ => Links.Stays + "?state=InHouse"),
            new("stays ended, district", districts, _ => Links.Stays + "?state=Ended"),
            new("stays of a facility, province", province, n => $"{Links.Stays}?unit={Of(s.Camps[n % s.Camps.Count].Unit)}"),
            new("stays leaving today, province", province, _ => $"{Links.Stays}?state=InHouse&due={today}"),
            new("stays arrived today, province", province, _ => $"{Links.Stays}?day={today}&transfer=no"),
            new("stays died, province", province, _ => Links.Stays + "?end=Died"),
            new("stays without a bed, province", province, _ => Links.Stays + "?state=InHouse&place=Facility&lacks=bed"),
            new("stays without a bed, disputed", province, _ => Links.Stays + "?lacks=agreement"),
            new("transfers, hospital", receivers, _ => Links.Transfers),
            new("transfers, district", districts, _ => Links.Transfers),
            new("transfers, province", province, _ => Links.Transfers),
            new("transfers closed, province", province, _ => Links.Transfers + "?closed=true"),
            new("facilities, province", province, _ => Links.Facilities),
            new("facilities of a district, by free beds", leaders, n => Links.FacilitiesOf($"area/{s.Districts[n % s.Districts.Count].Area}", "free-icu")),
            new("facilities, all, by name", clerks, _ => Links.Facilities + "?all=true&q=benh+vien"),
            new("facility with its beds", heads, n => Links.Facilities.Replace("facilities", "facility/" + Of(s.Camps[n % Math.Min(25, s.Camps.Count)].Unit), StringComparison.Ordinal)),
            new("stay", province, n => "/desk/quarantine/stay/" + s.Stays[n % s.Stays.Count]),
            new("admit, form", clerks, _ => Links.Admit),
            new("person, form", clerks, _ => Links.NewPerson),
            new("entries, head, 30 days", heads, _ => $"{Links.Entries}?from={DaysBefore(today, 30)}&to={today}"),
            new("entries, province, 30 days", province, _ => $"{Links.Entries}?from={DaysBefore(today, 30)}&to={today}"),
            new("search by name, clerk", clerks, _ => Links.Search) { Form = fields(n => s.Names[n % s.Names.Count]) },
            new("search by name, district", districts, _ => Links.Search) { Form = fields(n => s.Names[n % s.Names.Count]) },
            new("search by name, province", province, _ => Links.Search) { Form = fields(n => s.Names[n % s.Names.Count]) },
            new("search by two words, province", province, _ => Links.Search) { Form = fields(n => First(s.Names[n % s.Names.Count], 2)) },
            new("search by a beginning, province", province, _ => Links.Search) { Form = fields(n => s.Names[n % s.Names.Count][..^1]) },
            new("search by a rare pair, province", province, _ => Links.Search) { Form = fields(n => $"{s.Names[n % s.Names.Count].Split(' ')[0]} khong co") },
            new("search by number, province", province, _ => Links.Search) { Form = fields(n => s.Numbers[n % s.Numbers.Count]) },
            new("person", province, n => "/desk/people/person/" + s.Persons[n % s.Persons.Count]),
            new("possible duplicates, station", stations, _ => Links.Matches),
            new("possible duplicates, district", districts, _ => Links.Matches),
            new("possible duplicates, province", province, _ => Links.Matches),
            new("possible duplicate", province, n => Links.Match(s.Matches[n % s.Matches.Count])),
            new("to mend, clerk", clerks, _ => Links.Findings),
            new("to mend, province", province, _ => Links.Findings),
            new("work, station", stations, _ => Links.Worklists),
            new("work, province", province, _ => Links.Worklists),
            new("corrections late, station", stations, _ => Links.Worklist("correction") + "&tab=Late"),
            new("corrections that nobody has, district", districts, _ => Links.Worklist("correction") + "&tab=Free"),
            new("corrections late, province", province, _ => Links.Worklist("correction") + "&tab=Late"),
            new("corrections with others, province", province, _ => Links.Worklist("correction") + "&tab=Others"),
            new("corrections told above, province", province, _ => Links.Worklist("correction") + "&tab=Late&above=yes"),
            new("corrections of mine, station", stations, _ => Links.Worklist("correction") + "&tab=Mine"),
            new("correction", province, n => Links.Correction(s.Corrections[n % s.Corrections.Count])),
            new("corrections asked for, clerk", clerks, _ => Links.Corrections),
            new("cases, province", province, _ => Links.Cases),
            new("cases, district", districts, _ => Links.Cases),
            new("case", province, n => "/desk/cases/case/" + s.Cases[n % s.Cases.Count]),
            new("imports, province", province, _ => Links.Imports),
            new("units, province", province, _ => Links.Units),
            new("accounts, province", province, _ => Links.Accounts),
            new("accounts, head", heads, _ => Links.Accounts),
            new("accounts of units, province", province, _ => Links.Coverage),
            new("data owed, clerk", clerks, _ => Links.Duties),
            new("data owed, province", province, _ => Links.Duties),
            new("data owed by stations, province", province, _ => Links.Duty(Duties.OfStations)),
            new("who looked at a person, province", province, n => "/desk/people/looked/" + s.Persons[n % s.Persons.Count]),
            new("supervision, head", heads, _ => Links.Supervision),
            new("supervision, district, 30 days", districts, _ => $"{Links.Supervision}?From={DaysBefore(today, 29)}&To={today}"),
            new("supervision, province, 30 days", province, _ => $"{Links.Supervision}?From={DaysBefore(today, 29)}&To={today}"),
            new("supervision, province, all of 30 days", province, _ => $"{Links.Supervision}?From={DaysBefore(today, 29)}&To={today}&Show=All"),
            new("areas", clerks, _ => Links.Areas),
            new("notices", clerks, _ => Links.Notices),
            .. Many("20 subtrees", ["bd-20"]), .. Many("700 subtrees", ["bd-700"]),
            new("areas by name (API)", clerks, n => "/api/areas?q=" + Uri.EscapeDataString(Places[n % Places.Length])),
            new("houses to send to, by name (API)", clerks, _ => "/api/units?facilities=true&q=benh+vien"),
            new("units by name (API)", clerks, n => "/api/units?q=" + Uri.EscapeDataString(n % 2 == 0 ? "tram y te" : "khu cach ly so 12")),
        ];

        Probe[] Many(string name, string[] who) =>
        [
            new($"board, {name}", who, _ => Links.Board),
            new($"stays, {name}", who, _ => Links.Stays),
            new($"stays in house, {name}", who, _ => Links.Stays + "?state=InHouse"),
            new($"transfers, {name}", who, _ => Links.Transfers),
            new($"facilities, {name}", who, _ => Links.Facilities),
            new($"search by name, {name}", who, _ => Links.Search) { Form = fields(n => s.Names[n % s.Names.Count]) },
            new($"search by number, {name}", who, _ => Links.Search) { Form = fields(n => s.Numbers[n % s.Numbers.Count]) },
            new($"cases, {name}", who, _ => Links.Cases),
            new($"to mend, {name}", who, _ => Links.Findings),
            new($"work, {name}", who, _ => Links.Worklists),
            new($"corrections late, {name}", who, _ => Links.Worklist("correction") + "&tab=Late"),
            new($"notices, {name}", who, _ => Links.Notices),
        ];
    }

    private static readonly string[] Places = ["bien hoa", "Long Khánh", "trang bom", "xa an", "phuong tan", "vinh cuu"];

    private static string DaysBefore(string day, int days) => DateOnly.Parse(day, CultureInfo.InvariantCulture).AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
