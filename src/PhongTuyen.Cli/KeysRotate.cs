using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen keys rotate [--data FOLDER] [--lang vi|en]</c>: changes the keys of sealed fields while the program is in use, or goes on with it; it may be stopped at any point. The first run makes
/// the new key and asks for a copy of it. Exit codes: 0 done; 2 wrong arguments; 3 copy the keys first, then again; 5 refused; 130 stopped.
/// </summary>
public static class KeysRotate
{
    public const int CopyFirst = 3;
    public const int Stopped = 130;

    /// <summary>The verb, for the list in <c>Program.cs</c>.</summary>
    public static Command Verb(TimeProvider clock)
    {
        var (data, lang) = (Verbs.Data(), Verbs.Lang());
        var verb = new Command("rotate", "Thay khóa mã hóa trong khi chương trình vẫn chạy; dừng lúc nào cũng được, chạy lại là làm tiếp. / Changes the keys while the program runs; it may be stopped whenever, and goes on when called again.") { data, lang };
        verb.SetAction((parsed, ct) => Verbs.InHouseAsync(parsed.GetValue(data), parsed.GetValue(lang), clock,
            house => RunAsync(house.Services, house.Admin, OpenHouse.LanguageOf(parsed.GetValue(lang)), clock, Console.Out, Console.Error, ct), ct));
        return verb;
    }

    /// <summary>The exit code; how far it is goes to <paramref name="output"/>.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, string admin, Language language, TimeProvider clock, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        string Say(string key, params ReadOnlySpan<(string, object?)> details) => OpenHouse.Texts.Say(language, key, details);
        await using var scope = services.CreateAsyncScope();
        var settings = services.GetRequiredService<DatabaseSettings>();
        var percent = -1;
        var rotate = new RotateKeys(admin, settings, services.GetRequiredService<KeyRotationSettings>(), [.. scope.ServiceProvider.GetServices<ISealedTables>().SelectMany(module => module.Tables())], clock)
        {
            Progress = state =>
            {
                if (state.Percent == percent) return;
                percent = state.Percent;
                output.WriteLine($"{percent,4} %  {Words.Show(state.Done)}");
            },
            Waiting = programs => output.WriteLine(Say("keys.waits", ("programs", string.Join(", ", programs)))),
            Tell = (state, ended) => TellAsync(services, state, ended, ct),
        };
        try
        {
            var outcome = await rotate.RunAsync(ct);
            if (outcome.Refused(out var problem))
            {
                await errors.WriteLineAsync(OpenHouse.Texts.Say(language, problem));
                return problem.Code == Data.Problems.CopyKeysFirst(0, "").Code ? CopyFirst : Verbs.Refused;
            }
            var done = outcome.Value;
            await output.WriteLineAsync(Say("keys.rotated", ("key", done.Key), ("old", done.Old), ("rows", done.Done), ("file", KeyCopy.RetiredFile(settings, done.Old))));
            return Verbs.Done;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await errors.WriteLineAsync(Say("keys.stopped"));
            return Stopped;
        }
    }

    private static async Task TellAsync(IServiceProvider services, KeyRotation state, bool ended, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await using (var connection = await scope.ServiceProvider.GetRequiredService<Database>().Jobs.OpenConnectionAsync(ct))
        {
            var account = await connection.ValueAsync<Guid>("SELECT id FROM pt.account WHERE user_name = $1", ct, FirstAccounts.Operator);
            if (await db.ActAsAsync(new AccountId(account), Roles.With(Permission.Operate), Roles.Faceless, ct) is null) throw new DatabaseException(CliProblems.NoAccount(FirstAccounts.Operator).Sentence);
        }
        if (ended) db.Tell(new KeyRotationEnded(state.Key, state.Done));
        else db.Tell(new KeyRotationBegun(state.Key));
        await db.SaveChangesAsync(ct);
        await db.CommitAsync(ct);
    }
}
