using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Audit;
using PhongTuyen.Cli;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Audit;

/// <summary>The verbs <c>phongtuyen audit verify</c> and <c>phongtuyen keys copied</c>.</summary>
[Trait("Category", "Database")]
public sealed class OperatorVerbsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(int Code, string Output)> VerifyAsync(bool json)
    {
        await using var scope = house.Services.CreateAsyncScope();
        using var output = new StringWriter();
        return (await AuditVerify.RunAsync(scope.ServiceProvider.GetRequiredService<VerifyAudit>(), Language.Vietnamese, json, output, Ct), output.ToString());
    }

    [Fact]
    public async Task A_whole_audit_is_said_to_be_whole_and_a_changed_row_is_named()
    {
        await house.PersonAsync(house.Place.ClerkA);
        await house.PersonAsync(house.Place.ClerkA);
        var seals = await house.SealAllAsync();
        await house.PersonAsync(house.Place.ClerkA);
        var (code, text) = await VerifyAsync(json: false);
        code.ShouldBe(0);
        text.ShouldContain($"Nhật ký nguyên vẹn: {seals} niêm phong, 2 dòng; 1 dòng mới chưa niêm phong.");

        await using var owner = new Npgsql.NpgsqlConnection(house.Admin);
        await owner.OpenAsync(Ct);
        var changed = await owner.ValueAsync<Guid>("UPDATE pt.audit_event SET persons = '{}' WHERE id = (SELECT id FROM pt.audit_event WHERE xact < (SELECT max(to_xact) FROM pt.audit_seal) LIMIT 1) RETURNING id", Ct);
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var (bad, answer) = await VerifyAsync(json: true);
        bad.ShouldBe(1);
        using var json = JsonDocument.Parse(answer);
        json.RootElement.GetProperty("whole").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("badRow").GetGuid().ShouldBe(changed);
        (await owner.ValueAsync<string>("SELECT string_agg(CASE WHEN fault IS NULL THEN 'whole' ELSE 'not' END, ',' ORDER BY at) FROM pt.audit_check", Ct)).ShouldBe("whole,not", "both results are kept");
    }

    [Fact]
    public void Keys_are_noted_as_copied_only_where_there_are_keys()
    {
        var folder = Directory.CreateTempSubdirectory("pt-keys-").FullName;
        try
        {
            var settings = new DatabaseSettings { Folder = Path.Combine(folder, "data"), KeyFolder = Path.Combine(folder, "keys") };
            using var output = new StringWriter();
            KeysCopied.Run(settings, Language.English, output, output).ShouldBe(5);
            KeyCopy.At(settings).ShouldBeNull();
            KeyRing.Make(settings.KeyFolder);
            KeysCopied.Run(settings, Language.English, output, output).ShouldBe(0);
            KeyCopy.At(settings).ShouldNotBeNull();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
