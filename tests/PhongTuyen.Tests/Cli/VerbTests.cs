using System.CommandLine;
using PhongTuyen.Accounts;
using PhongTuyen.Cli;
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
        foreach (var verb in new[] { "accounts", "areas", "audit", "bench", "demonstration", "docs", "import", "keys", "scan" }) output.ToString().ShouldContain("\n  " + verb);
        VerbList.Root(TimeProvider.System).Subcommands.SelectMany(verb => verb.Subcommands.Append(verb)).Where(verb => verb.Description?.Split(" / ") is not [_, _]).Select(verb => verb.Name).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("audit", "verify", "--nothing")]
    [InlineData("accounts", "reset")]
    [InlineData("fly")]
    public void A_wrong_word_is_an_error_before_anything_is_opened(params string[] words) => VerbList.Root(TimeProvider.System).Parse(words).Errors.ShouldNotBeEmpty();

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
}
