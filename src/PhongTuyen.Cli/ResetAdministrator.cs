using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen accounts reset-admin [--user NAME] [--data FOLDER] [--lang vi|en]</c>: a new first password for the administrator, when
/// nobody gets in any more. Done in the operator's name by the use-cases of the pages, so it stands in the audit. Exit codes: 0 done;
/// 2 wrong arguments, or several administrators and none named; 5 refused.
/// </summary>
public static class ResetAdministrator
{
    public static Command Verb(TimeProvider clock)
    {
        var (data, lang) = (Verbs.Data(), Verbs.Lang());
        var user = new Option<string?>("--user") { Description = "Tên đăng nhập, nếu có nhiều quản trị. / The user name, where there are several." };
        var verb = new Command("reset-admin", "Cấp lại mật khẩu lần đầu cho quản trị. / A new first password for the administrator.") { user, data, lang };
        verb.SetAction((parsed, ct) => Verbs.InHouseAsync(parsed.GetValue(data), parsed.GetValue(lang), clock,
            house => RunAsync(house.Services, parsed.GetValue(user), OpenHouse.LanguageOf(parsed.GetValue(lang)), clock, Console.Out, Console.Error, ct), ct));
        return verb;
    }

    private sealed record Known(AccountId Id, string UserName);

    /// <summary>The exit code; the password goes to <paramref name="output"/>, once.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, string? user, Language language, TimeProvider clock, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        string Say(string key, params ReadOnlySpan<(string, object?)> details) => OpenHouse.Texts.Say(language, key, details);
        await using var scope = services.CreateAsyncScope();
        var (administrators, operation) = await KnownAsync(scope.ServiceProvider.GetRequiredService<Database>(), ct);
        var chosen = administrators.Where(one => user is null || string.Equals(one.UserName, user.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        if (chosen.Count != 1)
        {
            await errors.WriteLineAsync(Say(chosen.Count == 0 ? "cli.admin-none" : "cli.admin-several", ("names", string.Join(", ", administrators.Select(one => one.UserName)))));
            return Verbs.Wrong;
        }
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(operation, Roles.With(Permission.ManageAccounts), Roles.Faceless, ct) is null) return await RefusedAsync(CliProblems.NoAccount(FirstAccounts.Operator));
        var resumed = await scope.ServiceProvider.GetRequiredService<SuspendAccount>().RunAsync(chosen[0].Id, false, ct);
        if (resumed.Refused(out var problem)) return await RefusedAsync(problem);
        var issued = await scope.ServiceProvider.GetRequiredService<ReissueAccount>().RunAsync(new(clock.NewGuid(), chosen[0].Id), ct);
        if (issued.Refused(out problem)) return await RefusedAsync(problem);
        await db.CommitAsync(ct);
        await output.WriteLineAsync(Say("cli.admin-password", ("name", chosen[0].UserName), ("password", issued.Value.Password)));
        return Verbs.Done;

        async Task<int> RefusedAsync(Problem why)
        {
            await errors.WriteLineAsync(OpenHouse.Texts.Say(language, why));
            return Verbs.Refused;
        }
    }

    /// <summary>Those who hold the role and can sign in, and the account of the command line.</summary>
    private static async Task<(List<Known> Administrators, AccountId Operation)> KnownAsync(Database database, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var known = await connection.RowsAsync("""
            SELECT DISTINCT a.id, a.user_name FROM pt.account a JOIN pt.account_grant g ON g.account_id = a.id
            WHERE g.role = $1 AND g.revoked_at IS NULL AND a.user_name <> $2 ORDER BY a.user_name
            """, r => new Known(new AccountId(r.GetGuid(0)), r.GetString(1)), ct, (short)Role.Administrator, FirstAccounts.Operator);
        return (known, new AccountId(await connection.ValueAsync<Guid>("SELECT id FROM pt.account WHERE user_name = $1", ct, FirstAccounts.Operator)));
    }
}
