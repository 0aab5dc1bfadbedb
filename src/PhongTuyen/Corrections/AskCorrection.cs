using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Formats.Files;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Corrections;

/// <summary>Asks for a correction of a person's record, with what proves it. It goes to the unit that is answerable for the person now, whoever asks.</summary>
public sealed class AskCorrection(Db db, CorrectionSeals seals, PersonSeals numbers, AreaStore areas, IWork work, CorrectionSettings settings, TimeProvider clock)
{
    public const string List = "correction";
    private const int WishesMost = 30;

    /// <summary>One thing that is wrong. Where it is as the record says, it is left out.</summary>
    /// <param name="Part">The number or telephone that is wrong; null: one that is missing.</param>
    /// <param name="Value">As typed: a name, a birth, a sex as its number, a country, a number, a line of an address; of something else what is wrong.</param>
    /// <param name="Remove">It is not the person's at all.</param>
    public sealed record Wish(CorrectedField Field, Guid? Part, [property: Most(200)] string? Value, bool Remove = false)
    {
        public DocumentKind? Kind { get; init; }
        public PhoneOwner? Whose { get; init; }
        public AreaKeys Area { get; init; }
        public int? Hamlet { get; init; }
    }

    /// <param name="Content">PDF, JPEG, PNG or WebP.</param>
    public sealed record File(byte[] Content);

    /// <param name="Id">Made by the sender.</param>
    /// <param name="Paper">The paper that proves it, described.</param>
    public sealed record Input(Guid Id, PersonId Person, IReadOnlyList<Wish> Wishes, CorrectionHaste Haste, [property: Most(Correction.WhyMost)] string? Why, [property: Most(Correction.PaperMost)] string? Paper, IReadOnlyList<File> Files);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id, "correction.ask", input, () => AskAsync(input, ct), ct);

    private async Task<Outcome<Guid>> AskAsync(Input input, CancellationToken ct)
    {
        if (await PersonNow.ReadAsync(db, input.Person, ct) is not { } now) return Refusals.NotFound();
        var faults = new List<Problem>();
        var fields = Fields(input, now, faults);
        if (faults.Count == 0 && fields.Count == 0) return Problems.NothingAsked();
        faults.AddRange(await FaultsAsync(input, fields, now, ct));
        if (faults.Count > 0) return faults;
        var prints = seals.Prints(input.Person, fields);
        await db.Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", ct, $"correction/{input.Person}");
        if (await db.Connection.RowAsync("SELECT id, unit, asked_at, mine FROM pt.correction_same($1, $2)", r => (Id: r.GetGuid(0), Unit: r.GetString(1), At: r.GetFieldValue<DateTimeOffset>(2), Mine: r.GetBoolean(3)), ct, input.Person.Value, prints) is { Unit: { } unit } same)
            return Problems.Same(same.Mine ? same.Id : default, unit, same.At);
        var to = await db.Connection.RowAsync("SELECT unit_id, because, province_id, district_id, commune_id FROM pt.answerable_unit($1)", r => (Unit: r.GetInt32(0), Because: r.GetInt16(1), Area: new AreaKeys(new(r.GetInt32(2)), new(r.GetInt32(3)), new(r.GetInt32(4)))), ct, input.Person.Value);
        if (to.Unit == 0) return Problems.NobodyAnswers();
        var (urgency, reason) = CorrectionRules.Urgency(input.Haste, fields.Select(field => field.Field));
        await db.Connection.RunAsync("""
            INSERT INTO pt.correction_request (person_id, id, unit_id, province_id, district_id, commune_id, to_unit_id, to_province_id, to_district_id, to_commune_id, because, urgency, content, fields, print, paper, state, asked_at, asked_by, asked_name)
            SELECT $1, $2, u.id, u.province_id, u.district_id, u.commune_id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15, $16 FROM pt.unit u WHERE u.id = $3
            """, ct, input.Person.Value, input.Id, db.Visitor!.Unit.Value, to.Unit, to.Area.Province.Value, to.Area.District.Value, to.Area.Commune.Value, to.Because, (short)urgency, seals.Seal(input.Id, new CorrectionContent(fields, VietnameseText.Clean(input.Why))),
            fields.Select(field => (short)field.Field).Distinct().ToArray(), prints[0], VietnameseText.Clean(input.Paper), clock.GetUtcNow(), db.Visitor.Account.Value, db.Visitor.DisplayName);
        await CorrectionSteps.AddAsync(db, input.Person, input.Id, CorrectionStepKind.Asked, null, ct);
        foreach (var file in input.Files)
        {
            var id = clock.NewGuid();
            await db.Connection.RunAsync("INSERT INTO pt.correction_evidence (person_id, request_id, id, kind, bytes, content, entered_at, entered_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", ct,
                input.Person.Value, input.Id, id, (short)SentFile.KindOf(file.Content)!.Value, file.Content.Length, seals.SealFile(id, file.Content), clock.GetUtcNow(), db.Visitor.Account.Value);
        }
        await work.PostAsync([new WorkPost(List, List, input.Id, input.Person, new UnitId(to.Unit), to.Area, urgency, reason)], ct);
        db.Tell(new CorrectionAsked(input.Person, input.Id, new UnitId(to.Unit)));
        await db.SaveChangesAsync(ct);
        return input.Id;
    }

    private List<FieldCorrection> Fields(Input input, PersonNow now, List<Problem> faults)
    {
        var fields = new List<FieldCorrection>();
        for (var i = 0; i < Math.Min(input.Wishes.Count, WishesMost); i++)
        {
            if (Read(input.Wishes[i], now, $"wishes.{i}.value", faults) is not { } asked) continue;
            var before = asked.Part is null && asked.Address is null && asked.Field is CorrectedField.Document or CorrectedField.Phone ? null : now.ValueOf(asked, numbers);
            if (asked.Part is null && asked.Field is CorrectedField.Document or CorrectedField.Phone && now.ValueOf(asked, numbers) is not null) continue; // it is there
            if (asked.Field == CorrectedField.Other || before != asked.After) fields.Add(asked with { Before = before });
        }
        return fields;
    }

    /// <summary>What is wished for, as the record would say it; null: nothing, or a fault was found.</summary>
    private FieldCorrection? Read(Wish wish, PersonNow now, string field, List<Problem> faults)
    {
        var value = VietnameseText.Clean(wish.Value);
        FieldCorrection To(string? after) => new(wish.Field, wish.Part, null, after) { Kind = wish.Kind, Whose = wish.Whose, Area = wish.Area, Hamlet = wish.Hamlet, Line = wish.Field >= CorrectedField.PermanentAddress ? value : null };
        FieldCorrection? Fault(Problem problem)
        {
            faults.Add(problem.At(field));
            return null;
        }
        switch (wish.Field)
        {
            case CorrectedField.Name:
                return value is null ? null : To(value);
            case CorrectedField.Birth:
                return value is null ? null : DateInput.TryBirth(value, clock.Today(), out var birth) && birth.From <= clock.Today() ? To(PersonNow.BirthText(birth)) : Fault(People.Problems.BirthForm());
            case CorrectedField.Sex:
                return value is null ? null : Enum.TryParse<People.Contract.Sex>(value, out var sex) && Enum.IsDefined(sex) ? To(PersonNow.Number((int)sex)) : Fault(Refusals.NotOneOf(field));
            case CorrectedField.Nationality:
                return value is null ? null : Countries.Code(value) is { } country ? To(country) : Fault(People.Problems.NationalityUnknown());
            case CorrectedField.Document:
                var document = now.Documents.Find(part => part.Id == wish.Part);
                if (wish.Part is not null && document is null) return Fault(Problems.PartGone(field));
                if (wish.Remove) return document is null ? null : To(null);
                if (value is null) return null;
                var (kind, number) = (wish.Kind ?? document?.Kind ?? DocumentKind.CitizenCard, DocumentRules.Normal(value));
                return DocumentRules.Fault(kind, number, field) is { } form ? Fault(form) : To($"{(int)kind}:{number}");
            case CorrectedField.Phone:
                var phone = now.Phones.Find(part => part.Id == wish.Part);
                if (wish.Part is not null && phone is null) return Fault(Problems.PartGone(field));
                if (wish.Remove) return phone is null ? null : To(null);
                return value is null ? null : PhoneRules.Normal(value) is { } normal ? To($"{(int)(wish.Whose ?? phone?.Whose ?? PhoneOwner.Own)}:{normal}") : Fault(People.Problems.PhoneForm(field));
            case CorrectedField.Other:
                return value is null ? null : To(value);
            default:
                if (!wish.Area.Known && value is null) return null;
                return wish.Area.Known && !areas.Holds(wish.Area) ? Fault(Refusals.NotOneOf(field)) : To(PersonNow.AddressText(wish.Area, wish.Hamlet, value));
        }
    }

    private async Task<List<Problem>> FaultsAsync(Input input, List<FieldCorrection> fields, PersonNow now, CancellationToken ct)
    {
        var faults = new List<Problem>();
        if (fields.Find(field => field.Field == CorrectedField.Name) is { After: { } name }) faults.AddRange(new PersonFacts { Name = name, Code = now.Person.Code }.Faults());
        foreach (var field in fields.Where(field => field.Hamlet is not null))
            if (!await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.area_hamlet WHERE id = $1 AND commune_id = $2)", ct, field.Hamlet, field.Area.Commune.Value)) faults.Add(People.Problems.HamletUnknown());
        if (VietnameseText.Clean(input.Paper) is null && input.Files.Count == 0) faults.Add(Problems.EvidenceNeeded());
        if (input.Files.Count > settings.FilesMost) faults.Add(Problems.TooManyFiles(settings.FilesMost));
        else if (input.Files.Select(file => SentFile.Fault(file.Content, settings.FileMegabytes)).FirstOrDefault(fault => fault is not null) is { } fault) faults.Add(fault.At("files"));
        return faults;
    }
}
