using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Kernel;

/// <summary>What an operator sets is taken, or everything that is wrong with it is said at once.</summary>
public sealed class SettingsTests
{
    private static IServiceCollection With(params (string Name, string? Value)[] settings) =>
        new ServiceCollection().AddSettings(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))).Build());

    private static T Of<T>(IServiceCollection services) where T : class => services.BuildServiceProvider().GetRequiredService<T>();

    [Fact]
    public void Nothing_set_is_the_default_of_every_kind_and_no_fault()
    {
        var services = With();
        SettingsBook.Kinds.Count.ShouldBeGreaterThan(4);
        foreach (var kind in SettingsBook.Kinds) services.BuildServiceProvider().GetRequiredService(kind).ShouldBe(Activator.CreateInstance(kind));
    }

    [Fact]
    public void All_faults_of_all_kinds_are_said_together_each_with_its_setting()
    {
        var faults = Should.Throw<SettingsException>(() => With(
            ("Accounts:IdleMinutes", "3"), ("Accounts:LockMinutes", "viele"), ("Accounts:SecondFactorRequired", "ja"), ("Accounts:Idle", "30"), ("Database:Connections", "100000"), ("Database:Folder", " "),
            ("Mail:Server", "smtp.example"), ("Mail:Port", "0"), ("Mail:Password", "bí mật"), ("Mail:From:Name", "x"))).Faults;
        string[] settings = ["Accounts:IdleMinutes", "Accounts:LockMinutes", "Accounts:SecondFactorRequired", "Accounts:Idle", "Database:Connections", "Database:Folder", "Mail:Port", "Mail:From", "Mail:From"];
        faults.Select(fault => fault.Split(' ')[0]).ShouldBe(settings, ignoreOrder: true);
        faults.ShouldContain("Accounts:LockMinutes must be a whole number, not viele.");
        faults.ShouldContain("Accounts:SecondFactorRequired must be true or false, not ja.");
        faults.Single(fault => fault.StartsWith("Accounts:Idle is", StringComparison.Ordinal)).ShouldContain("IdleMinutes");
        string.Join('\n', faults).ShouldNotContain("bí mật");
    }

    [Fact]
    public void The_environment_and_a_file_set_the_same_things_and_case_does_not_matter()
    {
        const string prefix = "PTTEST_";
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "accounts": { "idleMinutes": 45 }, "Mail": { "Port": 2525, "Encrypted": false } }""");
            Environment.SetEnvironmentVariable(prefix + "Accounts__SessionHours", "8");
            Environment.SetEnvironmentVariable(prefix + "MAIL__PORT", "2526");
            var services = new ServiceCollection().AddSettings(new ConfigurationBuilder().AddJsonFile(file).AddEnvironmentVariables(prefix).Build());
            (Of<AccountSettings>(services).IdleMinutes, Of<AccountSettings>(services).SessionHours).ShouldBe((45, 8));
            (Of<OutboxSettings>(services).Port, Of<OutboxSettings>(services).Encrypted).ShouldBe((2526, false), "the environment comes after the file");
        }
        finally
        {
            File.Delete(file);
            foreach (var name in new[] { "Accounts__SessionHours", "MAIL__PORT" }) Environment.SetEnvironmentVariable(prefix + name, null);
        }
    }

    [Fact]
    public void Every_default_is_within_its_own_bounds_and_every_bound_is_kept()
    {
        new DatabaseSettings().Faults().ShouldBeEmpty();
        foreach (var (name, low, high) in new[] { ("IdleMinutes", 5, 720), ("SessionHours", 1, 24), ("FailuresToLock", 3, 20), ("LockMinutes", 1, 1440), ("PasswordAlone", 15, 64), ("PasswordWithSecondFactor", 8, 64), ("PasskeysMost", 1, 20) })
        {
            foreach (var good in new[] { low, high }) Should.NotThrow(() => With(($"Accounts:{name}", $"{good}")));
            foreach (var bad in new[] { low - 1, high + 1 }) Should.Throw<SettingsException>(() => With(($"Accounts:{name}", $"{bad}"))).Faults.ShouldHaveSingleItem().ShouldBe($"Accounts:{name} must be {low} to {high}, not {bad}.");
        }
    }
}
