using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Corrections;

/// <summary>Shows the numbers of a request in full, to be compared with the paper: for a purpose that the audit keeps, as often an hour as any other number.</summary>
public sealed class SeeAskedNumbers(Db db, CorrectionReader reader, PersonSeals numbers, NumberQuota quota)
{
    /// <param name="Before">As it stood when it was asked for.</param>
    public sealed record Seen(CorrectedField Field, string? Before, string? Now, string? After);

    public async Task<Outcome<Dictionary<int, Seen>>> RunAsync(Guid id, string? purpose, CancellationToken ct)
    {
        if (VietnameseText.Clean(purpose) is not { Length: >= 3 } why) return PhongTuyen.People.Problems.PurposeNeeded();
        if (Inputs.TooLong("purpose", why, SeeNumbers.PurposeMost) is { } tooLong) return tooLong;
        if (await reader.FindAsync(id, toChange: false, ct) is not { } request || await PersonNow.ReadAsync(db, request.Person, ct) is not { } now) return Refusals.NotFound();
        if (!quota.Take(db.Visitor!.Account, NumberUse.Unmask)) return PhongTuyen.People.Problems.TooManyNumbers();
        db.Tell(new PersonUnmasked(request.Person, request.Content.Fields.Any(field => field.Field == CorrectedField.Document) ? UnmaskedField.Documents : UnmaskedField.Phones), why);
        await db.SaveChangesAsync(ct);
        return request.Content.Fields.Select((field, i) => (field, i)).Where(one => one.field.Field is CorrectedField.Document or CorrectedField.Phone).ToDictionary(one => one.i, one => new Seen(one.field.Field, Full(one.field.Before), Full(now.ValueOf(one.field, numbers)), Full(one.field.After)));
    }

    private static string? Full(string? value) => value is null ? null : PersonNow.Part(value).Number is var number && number.StartsWith('+') ? PhoneRules.Show(number) : number;
}
