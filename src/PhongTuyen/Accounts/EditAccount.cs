using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A manager corrects what is known of an account, or sets the day on which it ends.</summary>
public sealed class EditAccount(Db db, TimeProvider clock)
{
    /// <param name="BaseVersion">The version that the form showed.</param>
    /// <param name="ExpiresAt">From this moment on it signs in no more; null: until it is suspended.</param>
    public sealed record Input(Guid Intent, AccountId Id, int BaseVersion, [property: Most(Account.NameMost)] string? DisplayName, [property: Most(Account.NameMost)] string? Position, [property: Most(200)] string? Email, DateTimeOffset? ExpiresAt);

    public Task<Outcome<Nothing>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "account.edit", input, () => EditAsync(input, ct), ct);

    private async Task<Outcome<Nothing>> EditAsync(Input input, CancellationToken ct)
    {
        var account = await db.Set<Account>().FirstOrDefaultAsync(a => a.Id == input.Id, ct);
        if (account is null) return Refusals.NotFound();
        if (await AccountReach.FaultAsync(db, input.Id, ct) is { } fault) return fault;
        var faults = Check(input, clock);
        // A later day is not set here: why it is needed would stand nowhere.
        if (await VolunteerEnds.OnlyUntilAsync(db, input.Id, ct) is { } end && !(input.ExpiresAt <= end)) faults.Add(Problems.VolunteerExtend(end.AddTicks(-1).LocalDay()));
        if (faults.Count > 0) return faults;
        if (account.Version != input.BaseVersion) return Refusals.Changed();
        (account.DisplayName, account.Position, account.Email, account.ExpiresAt) = (VietnameseText.Clean(input.DisplayName)!, VietnameseText.Clean(input.Position), VietnameseText.Clean(input.Email), input.ExpiresAt);
        db.Tell(new AccountChanged(input.Id, input.ExpiresAt));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    private static List<Problem> Check(Input input, TimeProvider clock)
    {
        var faults = new List<Problem>();
        if (VietnameseText.Clean(input.DisplayName) is null) faults.Add(Refusals.Required("displayName"));
        if (VietnameseText.Clean(input.Email) is { } email && !Account.IsEmail(email)) faults.Add(Problems.EmailForm());
        if (input.ExpiresAt is { } end && end <= clock.GetUtcNow()) faults.Add(Problems.EndBeforeStart());
        return faults;
    }
}
