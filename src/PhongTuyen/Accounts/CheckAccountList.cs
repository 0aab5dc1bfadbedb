using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>What becomes of a row of a list of accounts: exactly one of these.</summary>
public enum ListedStanding
{
    /// <summary>Sẽ cấp: an account is made of it.</summary>
    New = 1,
    /// <summary>Đã có: the same person has an account in that unit.</summary>
    Known = 2,
    /// <summary>Phải sửa.</summary>
    Rejected = 3,
}

/// <summary>Reads each row of a list of accounts as one would fill in the form, and says every problem of every row at once. A few queries for all rows.</summary>
public sealed class CheckAccountList(Db db, AreaStore areas, VolunteerEnds ends, Words words)
{
    /// <param name="UserName">As written, or made of the name.</param>
    /// <param name="Area">For a role over the area that the unit looks after.</param>
    /// <param name="AlsoUnit">Beside it over the unit.</param>
    public sealed record Row(ListedAccount Listed, ListedStanding Standing, string UserName, UnitId Unit, string UnitName, Role Role, AreaId? Area, bool AlsoUnit, DateTimeOffset? Until, IReadOnlyList<Problem> Problems)
    {
        /// <summary>The account that is there already.</summary>
        public AccountId? Account { get; init; }
    }

    private sealed record Place(UnitId Id, string Code, string Name, int? Covers, AreaKeys Stands);

    public async Task<IReadOnlyList<Row>> RunAsync(IReadOnlyList<ListedAccount> listed, CancellationToken ct)
    {
        var units = await db.Connection.RowsAsync($"SELECT u.id, u.code, u.name, u.covers_area_id, {VolunteerEnds.Where} FROM pt.unit u LEFT JOIN pt.area a ON a.id = u.covers_area_id WHERE u.id = ANY ($1) AND u.valid_to IS NULL", r => new Place(new UnitId(r.GetInt32(0)), r.GetString(1), r.GetString(2), r.Maybe<int>(3), new AreaKeys(new(r.GetInt32(4)), new(r.GetInt32(5)), new(r.GetInt32(6)))), ct, db.Scope.Units.Select(unit => unit.Value).ToArray());
        var (byCode, byName) = (units.ToLookup(unit => VietnameseText.Fold(unit.Code)), units.ToLookup(unit => VietnameseText.Fold(unit.Name)));
        List<Place> Named(string text) => byCode[VietnameseText.Fold(text)].ToList() is { Count: > 0 } found ? found : [.. byName[VietnameseText.Fold(text)]];
        var mayGive = Roles.MayGive(db.Visitor!.Roles);
        var asked = listed.SelectMany(row => Named(row.Unit)).Select(unit => unit.Id.Value).Distinct().ToArray();
        var known = (await db.Connection.RowsAsync("SELECT id, user_name, display_name, unit_id FROM pt.account WHERE unit_id = ANY ($1)", r => (Id: new AccountId(r.GetGuid(0)), UserName: r.GetString(1), Name: VietnameseText.Fold(r.GetString(2)), Unit: new UnitId(r.GetInt32(3))), ct, asked)).ToLookup(account => (account.Unit, account.Name));
        var taken = await TakenAsync(listed, ct);
        var (rows, seen) = (new List<Row>(listed.Count), new HashSet<(UnitId, string)>());
        foreach (var row in listed)
        {
            var problems = new List<Problem>();
            var unit = UnitOf(row, Named(row.Unit), problems);
            var role = RoleOf(row, mayGive, problems);
            var (area, alsoUnit) = PlaceOf(row, unit, problems);
            if (row.Name.Length == 0) problems.Add(Refusals.Required("name"));
            if (row.Name.Length > Account.NameMost) problems.Add(Refusals.TooLong("name", Account.NameMost));
            if (row.Position.Length > Account.NameMost) problems.Add(Refusals.TooLong("position", Account.NameMost));
            if (row.Email.Length > 0 && !Account.IsEmail(row.Email)) problems.Add(Problems.EmailForm());
            DateTimeOffset? until = null;
            if (row.Until.Length > 0)
            {
                if (!DateInput.TryDate(row.Until, db.Clock.Today(), out var last)) problems.Add(Refusals.NotADate("until"));
                else if (last < db.Clock.Today()) problems.Add(Problems.EndBeforeStart());
                else until = last.AddDays(1).AtLocal();
            }
            if (role == Role.Volunteer && area is not null) problems.Add(Problems.VolunteerNeedsUnit());
            if (role == Role.Volunteer && unit is not null && !problems.Exists(problem => problem.Field == "until") && ends.Fault(unit.Stands, until, db.Clock.Today()) is { } end) problems.Add(end);
            var name = VietnameseText.Fold(row.Name);
            var wanted = row.UserName.ToLowerInvariant();
            var mine = unit is null ? [] : known[(unit.Id, name)].ToList();
            var isKnown = mine.Exists(one => wanted.Length == 0 || one.UserName == wanted);
            if (!isKnown && wanted.Length > 0)
            {
                if (!MakeAccount.IsUserName(wanted)) problems.Add(Problems.UserNameForm());
                else if (!taken.Add(wanted)) problems.Add(Problems.UserNameTaken(wanted));
            }
            // Two of one name in one unit are two people or one row twice: only who wrote the list knows.
            if (!isKnown && wanted.Length == 0 && unit is not null && name.Length > 0 && !seen.Add((unit.Id, name))) problems.Add(Problems.ListNameTwice());
            var there = isKnown ? mine.First(one => wanted.Length == 0 || one.UserName == wanted) : default;
            var userName = isKnown ? there.UserName : wanted.Length > 0 ? wanted : problems.Count > 0 ? "" : Free(row.Name, taken);
            rows.Add(new Row(row, problems.Count > 0 ? ListedStanding.Rejected : isKnown ? ListedStanding.Known : ListedStanding.New, userName, unit?.Id ?? default, unit?.Name ?? row.Unit, role, area, alsoUnit, until, problems) { Account = isKnown ? there.Id : null });
        }
        return rows;
    }

    private static Place? UnitOf(ListedAccount row, List<Place> found, List<Problem> problems)
    {
        if (row.Unit.Length == 0) problems.Add(Refusals.Required("unit"));
        else if (found.Count == 0) problems.Add(Problems.ListUnitUnknown(row.Unit));
        else if (found.Count > 1) problems.Add(Problems.ListUnitAmbiguous(row.Unit, found.Count));
        return found.Count == 1 ? found[0] : null;
    }

    private Role RoleOf(ListedAccount row, IReadOnlyList<Role> mayGive, List<Problem> problems)
    {
        var role = Enum.GetValues<Role>().FirstOrDefault(one => SameWord(row.Role, one.ToString()) || Enum.GetValues<Language>().Any(language => SameWord(row.Role, words.Say(language, $"word.{nameof(Role)}.{one}"))));
        if (row.Role.Length == 0) problems.Add(Refusals.Required("role"));
        else if (role == default) problems.Add(Problems.ListRoleUnknown(row.Role));
        // An inspector's role has an end of its own and is given one by one.
        else if (!mayGive.Contains(role) || role == Role.Inspector) problems.Add(Problems.RoleNotYours());
        return role;
    }

    /// <summary>What stands in brackets or behind a comma explains the word and need not be written: «Lãnh đạo (chỉ xem số liệu)».</summary>
    private static bool SameWord(string written, string word) => VietnameseText.Fold(written) is { Length: > 0 } folded && (folded == VietnameseText.Fold(word) || folded == VietnameseText.Fold(word.Split('(', ',')[0]));

    private (AreaId? Area, bool AlsoUnit) PlaceOf(ListedAccount row, Place? unit, List<Problem> problems)
    {
        var place = VietnameseText.Fold(row.Place);
        if (place is "" or "don vi" or "unit") return (null, false);
        var both = place is "ca hai" or "ca don vi va dia ban" or "both";
        if (!both && place is not ("dia ban" or "area")) problems.Add(Problems.ListPlaceUnknown(row.Place));
        else if (unit is null) return (null, false);
        else if (unit.Covers is not { } covers || !db.Scope.Covers(default, areas.Book.Keys(new AreaId(covers)))) problems.Add(Problems.ListNoArea(unit.Name));
        else return (new AreaId(covers), both);
        return (null, false);
    }

    /// <summary>Of the names that rows ask for, or that may be made of them by a figure behind them, those that are taken already.</summary>
    private async Task<HashSet<string>> TakenAsync(IReadOnlyList<ListedAccount> listed, CancellationToken ct)
    {
        var stems = listed.Select(row => (row.UserName.Length > 0 ? row.UserName.ToLowerInvariant() : Base(row.Name)).TrimEnd([.. "0123456789"])).Distinct(StringComparer.Ordinal).ToArray();
        return [.. await db.Connection.RowsAsync("SELECT * FROM pt.taken_user_names($1)", r => r.GetString(0), ct, (object)stems)];
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var of = Base(name);
        for (var n = 1; ; n++)
            if ((n == 1 ? of : of + n.ToString(System.Globalization.CultureInfo.InvariantCulture)) is var free && taken.Add(free)) return free;
    }

    /// <summary>The given name and the first letters of the others, as people here write them: «Nguyễn Thị Bích Hạnh» gives hanh.ntb.</summary>
    private static string Base(string name)
    {
        var words = VietnameseText.Tokens(name).Select(word => new string([.. word.Where(char.IsAsciiLetterOrDigit)])).Where(word => word.Length > 0).ToArray();
        var of = words.Length == 0 ? "" : words.Length == 1 ? words[0] : $"{words[^1]}.{string.Concat(words[..^1].Select(word => word[0]))}";
        return MakeAccount.IsUserName(of) ? of : "can-bo";
    }
}
