using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Policies;

namespace PhongTuyen.People;

/// <summary>What a row says of a person: finds the person by number, or makes one.</summary>
public sealed class PeopleImport(PersonSeals seals, AreaStore areas, IPolicyBook policies, NumberQuota quota) : IImportTarget
{
    private static readonly IReadOnlyDictionary<string, Sex> Sexes = RowWords.Vocabulary(
        (Sex.Male, "male|m|nam|man|1"), (Sex.Female, "female|f|nữ|nu|woman|2|0"), (Sex.Other, "other|khác"), (Sex.Unknown, "unknown|không rõ|u"));

    internal static readonly (string Field, DocumentKind? Kind)[] DocumentFields =
        [("person.document", null), ("person.cccd", DocumentKind.CitizenCard), ("person.cmnd", DocumentKind.OldIdentityCard), ("person.passport", DocumentKind.Passport), ("person.bhyt", DocumentKind.HealthInsurance), ("person.birth-number", DocumentKind.BirthNumber)];

    public int Order => 10;

    public IReadOnlyList<ImportField> Fields { get; } =
    [
        new("person.name", "Họ và tên", "Họ tên", "Tên", "Full name", "Name", "Patient name"),
        new("person.code", "Mã người", "Person code"),
        new("person.birth", "Ngày sinh", "Năm sinh", "Ngày tháng năm sinh", "Date of birth", "DOB", "Birth date", "Year of birth"),
        new("person.age", "Tuổi", "Age"),
        new("person.age-on", "Ngày tính tuổi", "Age on"),
        new("person.sex", "Giới tính", "Giới", "Sex", "Gender") { Answers = RowWords.Answers(Sex.Male, Sex.Female, Sex.Other, Sex.Unknown) },
        new("person.nationality", "Quốc tịch", "Nationality", "Citizenship"),
        new("person.occupation", "Nghề nghiệp", "Occupation", "Job"),
        new("person.document", "Số giấy tờ", "Số giấy tờ tùy thân", "CMND/CCCD/Hộ chiếu", "CCCD/CMND", "Số CMND/CCCD", "ID number", "Identity number") { Sealed = true },
        new("person.cccd", "CCCD", "Số CCCD", "Căn cước công dân", "Căn cước") { Sealed = true },
        new("person.cmnd", "CMND", "Số CMND", "Chứng minh nhân dân") { Sealed = true },
        new("person.passport", "Hộ chiếu", "Số hộ chiếu", "Passport", "Passport number") { Sealed = true },
        new("person.bhyt", "BHYT", "Số thẻ BHYT", "Thẻ bảo hiểm y tế", "Health insurance") { Sealed = true },
        new("person.birth-number", "Số định danh", "Số định danh cá nhân", "Birth number") { Sealed = true },
        new("person.phone", "Điện thoại", "Số điện thoại", "SĐT", "Di động", "Phone", "Telephone", "Mobile") { Sealed = true },
        new("person.address", "Địa chỉ", "Nơi ở", "Nơi ở hiện tại", "Địa chỉ hiện tại", "Address"),
        new("person.hamlet", "Thôn", "Thôn/Tổ dân phố", "Tổ dân phố", "Khu phố", "Ấp", "Hamlet"),
        new("person.commune", "Xã", "Xã/phường", "Phường/xã", "Xã/phường/thị trấn", "Commune", "Ward"),
        new("person.district", "Huyện", "Quận/huyện", "Huyện/quận", "District"),
        new("person.province", "Tỉnh", "Tỉnh/thành phố", "Tỉnh/TP", "Thành phố", "Province", "City"),
    ];

    /// <summary>What was read of the person.</summary>
    /// <param name="Hamlet">As written; looked up among the hamlets of the commune when it is written.</param>
    internal sealed record Part(PersonFacts Facts, IReadOnlyList<(DocumentFact Fact, string Normal)> Documents, string? Phone, AddressFact? Address, string? Hamlet);

    public void Read(ImportContext context, ImportedRow row)
    {
        var facts = FactsOf(context, row);
        foreach (var fault in Inputs.Faults(facts, context.Today).Concat(facts.Faults())) row.Problems.Add(fault.Field is { } field ? fault.At("person." + field) : fault);
        var documents = DocumentsOf(row, facts);
        var phone = PhoneOf(row);
        var address = AddressOf(context, row);
        row.Lives = address?.Area ?? AreaKeys.Unknown;
        row.Keep(new Part(facts, documents, phone, address, row.Short("person.hamlet", 100)));
        row.Numbered = documents.Count > 0;
        // A number identifies with the name and the birth beside it: with others it was read wrong in one of two lists. A code does within its list; a name only together with all that stands beside it.
        row.Identity.Add(documents.Count > 0 ? $"n:{DocumentRules.IndexForm(documents[0].Fact.Kind, documents[0].Normal)}|{VietnameseText.Fold(facts.Name)}|{facts.Birth}"
            : (facts.Code ?? CodeForm(row["case.code"])) is { } code ? "c:" + code : $"p:{VietnameseText.ToneKey(facts.Name)}|{facts.Birth}|{facts.Sex}|{phone}|{row["person.address"]}|{row["person.commune"]}");
    }

    private static PersonFacts FactsOf(ImportContext context, ImportedRow row)
    {
        var country = row["person.nationality"];
        // A country that nobody knows is no reason to leave a patient out.
        if (country is not null && Countries.Code(country) is null) row.Findings.Add("person.nationality-unknown");
        return new PersonFacts
        {
            Name = row["person.name"],
            Code = CodeForm(row["person.code"]) ?? (row["person.name"] is null ? CodeForm(row["case.code"]) : null),
            Birth = BirthOf(context, row),
            Sex = row.Choice("person.sex", Sexes, Sex.Unknown),
            Nationality = Countries.Code(country),
            Occupation = row["person.occupation"],
        };
    }

    /// <summary>The first of the numbers in a cell that is one: "0912 345 678 / 0258 3822 000 (vợ)".</summary>
    private static string? PhoneOf(ImportedRow row)
    {
        if (row["person.phone"] is not { } text) return null;
        if ((PhoneRules.Normal(text) ?? text.Split([',', ';', '/', '(', ')', '|'], StringSplitOptions.RemoveEmptyEntries).Select(PhoneRules.Normal).FirstOrDefault(phone => phone is not null)) is { } phone) return phone;
        row.Findings.Add("person.phone-not-read");
        return null;
    }

    /// <summary>BN 1044 and "BN894," are written BN1044 and BN894.</summary>
    private static string? CodeForm(string? text) => text is null ? null : new string([.. text.ToUpperInvariant().Where(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '/' or '.')]) is { Length: > 0 } code ? code : null;

    private static BirthDate BirthOf(ImportContext context, ImportedRow row)
    {
        if (row["person.birth"] is { } text)
        {
            if (DateInput.TryBirth(text, context.Today, out var birth)) return birth;
            // A day that the spreadsheet shows with a time of day.
            if (DateInput.TryMoment(text, context.Today, out var moment) && moment.LocalDay() <= context.Today) return new BirthDate(moment.LocalDay(), BirthPrecision.Day);
            row.Problems.Add(Problems.BirthForm().At("person.birth"));
            return BirthDate.Unknown;
        }
        if (row["person.age"] is not { } age) return BirthDate.Unknown;
        var on = row.Has("person.age-on") ? row.Date("person.age-on", context.Today) : DateInput.TryMoment(row["case.reported"], context.Today, out var reported) ? reported.LocalDay() : null;
        if (AgeRules.Birth(age, on ?? context.AsOf) is { } born) return born;
        row.Problems.Add(PhongTuyen.Imports.Problems.AgeForm("person.age"));
        return BirthDate.Unknown;
    }

    private static List<(DocumentFact Fact, string Normal)> DocumentsOf(ImportedRow row, PersonFacts facts)
    {
        var documents = new List<(DocumentFact Fact, string Normal)>();
        foreach (var (field, fixedKind) in DocumentFields)
        {
            if (row[field] is not { } text) continue;
            var (kind, normal) = DocumentRules.Read(fixedKind, text, row.WasNumber(field), facts.Birth, facts.Sex);
            if (DocumentRules.Fault(kind, normal, field) is { } fault) row.Problems.Add(fault);
            else if (!documents.Exists(one => DocumentRules.IndexForm(one.Fact.Kind, one.Normal) == DocumentRules.IndexForm(kind, normal)))
            {
                documents.Add((new DocumentFact(kind, text), normal));
                if (DocumentRules.Contradicts(kind, normal, facts.Birth, facts.Sex)) row.Findings.Add("document.contradicts-birth");
            }
        }
        return documents;
    }

    private AddressFact? AddressOf(ImportContext context, ImportedRow row)
    {
        var (line, hamlet, commune, district, province) = (row["person.address"], row["person.hamlet"], row["person.commune"], row["person.district"], row["person.province"]);
        if (line is null && hamlet is null && commune is null && district is null && province is null) return null;
        AreaMatch match;
        if (commune is not null || district is not null || province is not null) match = MatchOnce((province, district, commune), () => areas.Matcher.Match(province, district, commune, context.AsOf));
        else if (line is null) return new(AddressKind.Present, AreaKeys.Unknown, null, null);
        else
        {
            var text = areas.Matcher.MatchText(line, context.AsOf);
            match = text.Match;
            if (match.Verdict == AreaVerdict.One) line = text.Head;
        }
        if (match.Verdict == AreaVerdict.One) return new(AddressKind.Present, areas.Book.Keys(match.Area), null, Join(line));
        row.Findings.Add("address.not-found");
        return new(AddressKind.Present, AreaKeys.Unknown, null, Join(line, commune, district, province));
    }

    // The same few names stand in most rows of a list.
    private readonly Dictionary<(string?, string?, string?), AreaMatch> matched = [];

    private AreaMatch MatchOnce((string?, string?, string?) names, Func<AreaMatch> match) => matched.TryGetValue(names, out var found) ? found : matched[names] = match();

    private static string? Join(params ReadOnlySpan<string?> parts)
    {
        var joined = string.Join(", ", parts.ToArray().Where(part => part is not null));
        return joined.Length == 0 ? null : VietnameseText.Cut(joined, PersonAddress.LineMost);
    }

    public async Task CompareAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var compare = Matching(context.Db);
        var numbered = rows.Select(row => (Row: row, Indexes: row.Part<Part>()!.Documents.SelectMany(document => seals.IndexOf(document.Fact.Kind, document.Normal)).ToList())).Where(pair => pair.Indexes.Count > 0).ToList();
        if (numbered.Count > 0)
        {
            var holders = await context.Db.Connection.RowsAsync("SELECT number_index, person_id FROM pt.persons_of_numbers($1)", r => (Index: r.GetFieldValue<byte[]>(0), Person: new PersonId(r.GetGuid(1))), ct,
                numbered.SelectMany(pair => pair.Indexes).Distinct(ByteArrays.Comparer).ToArray());
            var visible = await context.Db.VisibleAsync([.. holders.Select(found => found.Person).Distinct()], ct);
            var known = holders.ToLookup(found => found.Index, found => (found.Person, visible.Contains(found.Person)), ByteArrays.Comparer);
            foreach (var (row, indexes) in numbered) Recognise(context, row, indexes, [.. indexes.SelectMany(index => known[index])]);
            await ElsewhereAsync(context, numbered.Count(pair => pair.Row.Verdict == RowVerdict.Rejected), ct);
            await compare.NumbersHoldAsync(rows, ct);
            await compare.RowsHoldAsync(context, rows, ct);
        }
        foreach (var row in rows.Where(row => row.Verdict == RowVerdict.Ready))
            if (row.PersonKnown) row.Repeats.Add(PhongTuyen.Imports.Problems.PersonKnown());
            else if (row.Owner?.Claim("person", row.Number) is { } earlier) row.Repeats.Add(PhongTuyen.Imports.Problems.NumberTwice(earlier));
            else row.BringsNew = true;
    }

    /// <summary>That numbers are known elsewhere is itself something that is found out: counted, bounded and written down, so that a list is no way to try numbers out.</summary>
    private async Task ElsewhereAsync(ImportContext context, int rows, CancellationToken ct)
    {
        if (rows == 0) return;
        if (!quota.Take(context.Db.Visitor!.Account, NumberUse.Lists, rows)) throw new ImportStoppedException("too-many-elsewhere", Problems.TooManyElsewhere());
        context.Db.Tell(new NumbersMetElsewhere(context.Id, rows));
        await context.Db.SaveChangesAsync(ct);
    }

    public Task ShowAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct) => Matching(context.Db).ShowAlikeAsync(rows, ct);

    /// <summary>With all who are recorded, those who stand beside them in the list among them.</summary>
    public Task FollowAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct) => new Matcher(context.Db, policies, seals).KeepAsync(persons, corrected: false, ct);

    private ImportMatching Matching(Db db) => new(new Matcher(db, policies, seals), seals);

    /// <summary>Who the numbers of a row belong to: somebody recorded here, somebody recorded elsewhere, or somebody of an earlier row.</summary>
    private static void Recognise(ImportContext context, ImportedRow row, IReadOnlyList<byte[]> indexes, IReadOnlyList<(PersonId Person, bool Visible)> known)
    {
        if (known.FirstOrDefault(found => found.Visible) is { Visible: true } here) (row.Person, row.PersonKnown) = (here.Person, true);
        else if (known.Count > 0)
        {
            row.Reject(Problems.SameNumberElsewhere());
            return;
        }
        row.Owner = context.Owners.Of(indexes, row.PersonKnown ? row.Person : null);
    }

    public async Task WriteAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var (db, now) = (context.Db, context.Db.Clock.GetUtcNow());
        // Several rows of one file may be about one person who is new.
        var unknown = rows.Where(row => !row.PersonKnown).ToList();
        var fresh = unknown.DistinctBy(row => row.Owner ?? (object)row).ToList();
        foreach (var row in fresh) row.Person = db.Clock.New<PersonId>();
        var byOwner = fresh.Where(row => row.Owner is not null).ToDictionary(row => row.Owner!, row => row.Person);
        foreach (var row in unknown.Where(row => row.Owner is not null)) row.Person = byOwner[row.Owner!];
        var keys = fresh.ConvertAll(row => Person.SearchKeys(Name(row), Code(row)));
        await db.Connection.RunAsync("""
            INSERT INTO pt.person (id, name, code, name_tokens, name_key, birth, birth_precision, sex, nationality, occupation, import_id, entered_unit, entered_by, entered_at)
            SELECT id, name, code, string_to_array(tokens, E'\x1f'), key, birth, precision, sex, nationality, occupation, $11, $12, $13, $14
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::date[], $7::smallint[], $8::smallint[], $9::text[], $10::text[])
              x(id, name, code, tokens, key, birth, precision, sex, nationality, occupation)
            """, ct, fresh.Select(row => row.Person.Value).ToArray(), fresh.Select(Name).ToArray(), fresh.Select(Code).ToArray(), keys.Select(key => string.Join('\x1f', key.Tokens)).ToArray(), keys.Select(key => key.Key).ToArray(),
            fresh.Select(row => Facts(row).Birth.From).ToArray(), fresh.Select(row => (short)Facts(row).Birth.Precision).ToArray(), fresh.Select(row => (short)Facts(row).Sex).ToArray(),
            fresh.Select(row => Facts(row).Nationality).ToArray(), fresh.Select(row => VietnameseText.Clean(Facts(row).Occupation)).ToArray(), context.Id.Value, context.Unit.Value, db.Visitor!.Account.Value, now);
        await new PersonImportParts(context, seals).WriteAsync(rows, fresh, ct);
    }

    private static PersonFacts Facts(ImportedRow row) => row.Part<Part>()!.Facts;
    private static string? Name(ImportedRow row) => VietnameseText.Clean(Facts(row).Name);
    private static string? Code(ImportedRow row) => VietnameseText.Clean(Facts(row).Code);

    public async Task<IReadOnlyList<Later>> DependsAsync(ImportContext context, CancellationToken ct)
    {
        var depends = await Later.OfAsync(context, ct,
            ("stay", "SELECT s.person_id FROM pt.quarantine_stay s JOIN pt.person p ON p.id = s.person_id WHERE p.import_id = $1 AND s.import_id IS DISTINCT FROM $1"),
            ("case", "SELECT c.person_id FROM pt.case_record c JOIN pt.person p ON p.id = c.person_id WHERE p.import_id = $1 AND c.import_id IS DISTINCT FROM $1"),
            ("result", "SELECT l.person_id FROM pt.lab_result l JOIN pt.person p ON p.id = l.person_id WHERE p.import_id = $1 AND l.import_id IS DISTINCT FROM $1"),
            ("person", "SELECT id FROM pt.person WHERE import_id = $1 AND version > 1"),
            ("merge", "SELECT m.kept_id FROM pt.person_merge m WHERE EXISTS (SELECT 1 FROM pt.person p WHERE p.import_id = $1 AND p.id IN (m.kept_id, m.joined_id))"));
        var hidden = await context.Db.Connection.RowsAsync("SELECT what, many, persons FROM pt.later_of_import($1)", r => new Later(r.GetString(0), r.GetInt32(1), [.. r.GetFieldValue<Guid[]>(2).Select(person => new PersonId(person))], []), ct, context.Id.Value);
        // That there is something is said of everybody; about whom, only of those who are the visitor's to see.
        var visible = await context.Db.VisibleAsync([.. hidden.SelectMany(one => one.Persons).Distinct()], ct);
        depends.AddRange(hidden.Select(one => one with { Persons = [.. one.Persons.Where(visible.Contains)] }));
        return depends;
    }

    public Task LockAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct) =>
        context.Db.Connection.RunAsync("SELECT FROM pt.person WHERE import_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE", ct, context.Id.Value, persons.Select(person => person.Value).ToArray());

    public async Task UndoAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct)
    {
        object[] of = [context.Id.Value, persons.Select(person => person.Value).ToArray()];
        foreach (var table in new[] { "person_finding", "person_document", "person_phone", "person_address" })
            await context.Db.Connection.RunAsync($"DELETE FROM pt.{table} WHERE import_id = $1 AND person_id = ANY ($2)", ct, of);
        await context.Db.Connection.RunAsync("DELETE FROM pt.person WHERE import_id = $1 AND id = ANY ($2)", ct, of);
    }
}
