using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A manager makes an account for a unit of theirs, with one role, and gets a first password to hand over.</summary>
public sealed partial class MakeAccount(Db db, VolunteerEnds ends, TimeProvider clock)
{
    /// <param name="Id">Made by the sender.</param>
    /// <param name="Area">For a role over an area; otherwise the role is over <paramref name="Unit"/> and what is below it.</param>
    public sealed record Input(AccountId Id, [property: Most(40)] string UserName, [property: Most(Account.NameMost)] string DisplayName, UnitId Unit, [property: Most(Account.NameMost)] string? Position, [property: Most(200)] string? Email, Role Role, AreaId? Area, DateTimeOffset? Until)
    {
        /// <summary>Beside the role over <see cref="Area"/> the same over <see cref="Unit"/>: officers work with the offices below theirs and with the persons of their area.</summary>
        public bool AlsoUnit { get; init; }
    }

    /// <param name="FirstPassword">Shown once. Null when the same form was sent again: it was shown then.</param>
    public sealed record Made(AccountId Id, string UserName, string? FirstPassword);

    public async Task<Outcome<Made>> RunAsync(Input input, CancellationToken ct)
    {
        string? password = null;
        var outcome = await db.OnceAsync(input.Id.Value, "account.make", input, async () =>
        {
            var faults = Check(input);
            if (faults.Count > 0) return (Outcome<Made>)faults;
            var account = new Account
            {
                Id = input.Id,
                UserName = input.UserName.Trim(),
                DisplayName = VietnameseText.Clean(input.DisplayName)!,
                UnitId = input.Unit,
                Position = VietnameseText.Clean(input.Position),
                Email = VietnameseText.Clean(input.Email),
                ExpiresAt = input.Until,
                CreatedAt = clock.GetUtcNow(),
                CreatedBy = db.Visitor!.Account,
            };
            db.Add(account);
            db.Tell(new AccountMade(account.Id, account.UnitId));
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException clash) when (clash.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                return Problems.UserNameTaken(account.UserName);
            }
            var given = await GiveRole.GiveAsync(db, ends, new GiveRole.Input(clock.NewGuid(), input.Id, input.Role, input.Area is null ? input.Unit : null, input.Area, null, input.Until), ct);
            if (given.Done && input is { Area: not null, AlsoUnit: true }) given = await GiveRole.GiveAsync(db, ends, new GiveRole.Input(clock.NewGuid(), input.Id, input.Role, input.Unit, null, null, input.Until), ct);
            if (!given.Done) return given.As<Made>();
            password = await ReissueAccount.IssueAsync(db, input.Id, ct);
            return new Made(account.Id, account.UserName, null);
        }, ct);
        return outcome.Done ? outcome.Value with { FirstPassword = password } : outcome;
    }

    private List<Problem> Check(Input input)
    {
        var faults = new List<Problem>();
        if (!IsUserName(input.UserName.Trim())) faults.Add(Problems.UserNameForm());
        if (VietnameseText.Clean(input.DisplayName) is null) faults.Add(Refusals.Required("displayName"));
        if (!db.Scope.Units.Contains(input.Unit)) faults.Add(Refusals.NotFound());
        if (VietnameseText.Clean(input.Email) is { } email && !Account.IsEmail(email)) faults.Add(Problems.EmailForm());
        if (input.Until is { } until && until <= clock.GetUtcNow()) faults.Add(Problems.EndBeforeStart());
        return faults;
    }

    internal static bool IsUserName(string text) => UserNameForm().IsMatch(text);

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]$")]
    private static partial Regex UserNameForm();
}
