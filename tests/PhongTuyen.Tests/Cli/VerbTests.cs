using System.CommandLine;
using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Audit;
using PhongTuyen.Cli;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Cli;

/// <summary>What the verbs of the operator answer, and with which exit code.</summary>
[Trait("Category", "Database")]
public sealed class VerbTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(int Code, string Output, string Errors)> RunAsync(Func<TextWriter, TextWriter, Task<int>> verb)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await verb(output, errors), output.ToString(), errors.ToString());
    }

    [Fact]
    public void Help_lists_every_verb_with_one_line_in_each_language()
    {
        using var output = new StringWriter();
        VerbList.Root(TimeProvider.System).Parse(["--help"]).Invoke(new InvocationConfiguration { Output = output }).ShouldBe(0);
        foreach (var verb in new[] { "accounts", "areas", "audit", "bench", "docs", "import", "keys" }) output.ToString().ShouldContain("\n  " + verb);
        VerbList.Root(TimeProvider.System).Subcommands.SelectMany(verb => verb.Subcommands.Append(verb)).Where(verb => verb.Description?.Split(" / ") is not [_, _]).Select(verb => verb.Name).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("audit", "verify", "--nothing")]
    [InlineData("accounts", "reset")]
    [InlineData("fly")]
    public void A_wrong_word_is_an_error_before_anything_is_opened(params string[] words) => VerbList.Root(TimeProvider.System).Parse(words).Errors.ShouldNotBeEmpty();

    [Fact]
    [Answers("R7")]
    public async Task Audit_verify_says_0_where_all_is_sound_and_1_with_the_first_broken_seal()
    {
        for (var i = 0; i < 3; i++)
        {
            await house.PersonAsync(house.Place.ClerkA);
            await house.Get<AuditSealer>().SealAsync(Ct);
        }
        var sound = await RunAsync((output, _) => AuditVerify.RunAsync(house.Services, Language.Vietnamese, false, output, Ct));
        sound.Code.ShouldBe(0);
        sound.Output.ShouldContain("Nhật ký còn nguyên vẹn");
        await house.SqlAsync("UPDATE pt.audit_event SET act = 'person.else' WHERE id = (SELECT e.id FROM pt.audit_event e JOIN pt.audit_seal s ON s.no = 2 AND e.xact >= s.from_xact AND e.xact < s.to_xact LIMIT 1)");
        var broken = await RunAsync((output, _) => AuditVerify.RunAsync(house.Services, Language.English, false, output, Ct));
        broken.Code.ShouldBe(1);
        broken.Output.ShouldContain("First broken seal: 2");
        var json = await RunAsync((output, _) => AuditVerify.RunAsync(house.Services, Language.English, true, output, Ct));
        JsonDocument.Parse(json.Output).RootElement.GetProperty("badSeal").GetInt64().ShouldBe(2);
    }

    [Fact]
    [Answers("R1")]
    public async Task A_locked_out_administrator_gets_a_new_first_password_and_it_stands_in_the_audit()
    {
        await house.SqlAsync("UPDATE pt.account SET state = 2 WHERE user_name = 'administrator'");
        var done = await RunAsync((output, errors) => ResetAdministrator.RunAsync(house.Services, null, Language.English, house.Clock, output, errors, Ct));
        done.Code.ShouldBe(0, done.Errors);
        var password = done.Output.Split("the first password is ")[1].Split(". It")[0];
        var signIn = await house.Get<StartSession>().WithPasswordAsync("administrator", password, new("127.0.0.1", "test"), Ct);
        signIn.Done.ShouldBeTrue();
        (await house.Get<StartSession>().WithPasswordAsync("administrator", TestProvince.TestPassword, new("127.0.0.1", "test"), Ct)).Done.ShouldBeFalse();
        (await house.CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'account.reissued' AND subject_id = $1 AND account_id = $2", house.Place.Administrator.ToString(), house.Place.Operator.Value)).ShouldBe(1);
        var nobody = await RunAsync((output, errors) => ResetAdministrator.RunAsync(house.Services, "clerk-a", Language.English, house.Clock, output, errors, Ct));
        nobody.Code.ShouldBe(2);
        nobody.Errors.ShouldContain("There are: administrator");
    }

    [Fact]
    public async Task Keys_copied_is_noted_beside_the_keys_and_refused_where_there_are_none()
    {
        using var folder = new TemporaryFolder();
        var settings = new DatabaseSettings { Folder = Path.Combine(folder.Path, "data") };
        var missing = await RunAsync((output, errors) => KeysCopied.RunAsync(settings, Language.English, house.Clock, output, errors, Ct));
        missing.Code.ShouldBe(5);
        missing.Errors.ShouldContain("no key file");
        KeyRing.Make(Installation.KeyFolderOf(settings));
        (await RunAsync((output, errors) => KeysCopied.RunAsync(settings, Language.English, house.Clock, output, errors, Ct))).Code.ShouldBe(0);
        File.Exists(Path.Combine(Installation.KeyFolderOf(settings), KeyRing.CopiedMark)).ShouldBeTrue();
    }
}
