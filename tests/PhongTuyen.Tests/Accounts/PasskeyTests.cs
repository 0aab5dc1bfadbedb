using System.Security.Cryptography;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>What a passkey opens and when it does not; signatures are verified by the pages, see PasskeyPagesTests.</summary>
[Trait("Category", "Database")]
public sealed class PasskeyTests(TestHouse house) : IClassFixture<TestHouse>
{
    private const string Short = "ngắn mà ổn 1";

    private static readonly StartSession.Browser Browser = new("10.0.0.1", "Firefox");
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private TestProvince Place => house.Place;

    private static byte[] Bytes() => RandomNumberGenerator.GetBytes(32);

    private static NewPasskey Made(long count = 0, byte[]? credential = null, byte[]? challenge = null) => new(credential ?? Bytes(), Bytes(), count, ["internal"], true, true, challenge ?? Bytes());

    private Task<Outcome<Nothing>> AddAsync(AccountId account, NewPasskey made, string name = "khóa") => house.RunAsync<OwnPasskeys, Nothing>(account, use => use.AddAsync(name, made, Ct), Permission.SignedIn);

    private Task<Outcome<Nothing>> RemoveAsync(AccountId account, Guid id, string password = TestProvince.TestPassword) => house.RunAsync<OwnPasskeys, Nothing>(account, use => use.RemoveAsync(id, password, Ct), Permission.SignedIn);

    private Task<List<Passkey>> ListAsync(AccountId account) => house.AsAsync(account, Permission.SignedIn, (provider, _) => ((OwnPasskeys)provider.GetService(typeof(OwnPasskeys))!).ListAsync(Ct));

    private Task<Outcome<StartSession.Session>> UseAsync(AccountId account, byte[] credential, long count = 0, byte[]? challenge = null) =>
        house.Get<StartSession>().WithPasskeyAsync(new(account, credential, count, true, challenge ?? Bytes()), Browser, Ct);

    [Fact]
    public async Task The_last_second_factor_goes_only_where_the_password_may_stand_alone()
    {
        var (one, two) = (Made(), Made());
        await AddAsync(Place.ClerkA, one, "một");
        await AddAsync(Place.ClerkA, two, "hai");
        // Beside a passkey eight characters are enough.
        (await house.RunAsync<OwnAccount, Nothing>(Place.ClerkA, use => use.ChangePasswordAsync(TestProvince.TestPassword, Short, Ct), Permission.SignedIn)).Done.ShouldBeTrue();
        var keys = await ListAsync(Place.ClerkA);
        keys.Select(key => key.Name).ShouldBe(["một", "hai"]);
        (await RemoveAsync(Place.ClerkA, keys[0].Id, "sai rồi")).Problem.Code.ShouldBe("account.password-wrong");
        (await RemoveAsync(Place.ClerkA, keys[0].Id, Short)).Done.ShouldBeTrue("there is another one");
        (await RemoveAsync(Place.ClerkA, keys[1].Id, Short)).Problem.Code.ShouldBe("account.password-alone-too-short");
        // With codes of an app it may go, and then the codes may not.
        var key = TimeCode.NewKey();
        (await house.RunAsync<OwnAccount, IReadOnlyList<string>>(Place.ClerkA, use => use.TurnOnSecondFactorAsync(key, TimeCode.At(key, TimeCode.StepAt(house.Clock.GetUtcNow())), Ct), Permission.SignedIn)).Done.ShouldBeTrue();
        (await RemoveAsync(Place.ClerkA, keys[1].Id, Short)).Done.ShouldBeTrue();
        Task<Outcome<Nothing>> OffAsync() => house.RunAsync<OwnAccount, Nothing>(Place.ClerkA, use => use.TurnOffSecondFactorAsync(Short, Ct), Permission.SignedIn);
        (await OffAsync()).Problem.Code.ShouldBe("account.password-alone-too-short");
        var third = Made();
        await AddAsync(Place.ClerkA, third);
        (await OffAsync()).Done.ShouldBeTrue("a passkey is a second factor wherever the codes are");
        // A stopped one is none.
        await house.SqlAsync("UPDATE pt.account_passkey SET stopped_at = now() WHERE credential_id = $1", third.CredentialId);
        await AddAsync(Place.ClerkA, Made());
        keys = await ListAsync(Place.ClerkA);
        (await RemoveAsync(Place.ClerkA, keys[1].Id, Short)).Problem.Code.ShouldBe("account.password-alone-too-short");
        (await RemoveAsync(Place.ClerkA, keys[0].Id, Short)).Done.ShouldBeTrue();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'account.own-changed' AND subject_id = $1 AND detail LIKE '%Passkey%'", Place.ClerkA.ToString())).ShouldBe(7);
    }

    [Fact]
    public async Task A_passkey_opens_a_session_with_both_factors_and_the_password_alone_none()
    {
        var made = Made();
        await AddAsync(Place.ClerkB, made);
        (await house.Get<StartSession>().WithPasswordAsync("clerk-b", TestProvince.TestPassword, Browser, Ct)).Value.Session.ShouldBeNull();
        var session = (await UseAsync(Place.ClerkB, made.CredentialId)).Value;
        (await house.AskAsync<bool>("SELECT second_factor FROM pt.account_session WHERE token_hash = $1", StartSession.HashOf(session.Token))).ShouldBeTrue();
        session.ExpiresAt.ShouldBe(house.Clock.GetUtcNow().AddHours(house.Get<AccountSettings>().SessionHours), TimeSpan.FromMinutes(1));
        (await ListAsync(Place.ClerkB)).Single().LastUsedAt.ShouldNotBeNull();
        (await UseAsync(Place.ClerkA, made.CredentialId)).Problem.Code.ShouldBe("account.passkey-failed", "of another account");
        (await UseAsync(Place.ClerkB, Bytes())).Problem.Code.ShouldBe("account.passkey-failed");
        var challenge = Bytes();
        var race = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => UseAsync(Place.ClerkB, made.CredentialId, 0, challenge))));
        race.Count(answer => answer.Done).ShouldBe(1, "one challenge, once, also at once");
    }

    [Fact]
    public async Task A_counter_goes_up_or_the_passkey_is_stopped_for_good()
    {
        var made = Made(count: 10);
        await AddAsync(Place.OfficerB, made);
        (await UseAsync(Place.OfficerB, made.CredentialId, 11)).Done.ShouldBeTrue();
        (await UseAsync(Place.OfficerB, made.CredentialId, 15)).Done.ShouldBeTrue();
        (await UseAsync(Place.OfficerB, made.CredentialId, 15)).Problem.Code.ShouldBe("account.passkey-stopped");
        (await UseAsync(Place.OfficerB, made.CredentialId, 16)).Problem.Code.ShouldBe("account.passkey-stopped");
        (await ListAsync(Place.OfficerB)).Single().StoppedAt.ShouldNotBeNull();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND text_key = 'notice.passkey-stopped'", Place.OfficerB.Value)).ShouldBe(1);
        (await house.Get<StartSession>().WithPasswordAsync("officer-b", TestProvince.TestPassword, Browser, Ct)).Value.Session.ShouldBeNull("a stopped one makes the password no stronger");
        var zero = Made();
        await AddAsync(Place.OfficerB, zero);
        for (var n = 0; n < 3; n++) (await UseAsync(Place.OfficerB, zero.CredentialId)).Done.ShouldBeTrue("one that does not count");
        (await UseAsync(Place.OfficerB, zero.CredentialId, 5)).Done.ShouldBeTrue();
        (await UseAsync(Place.OfficerB, zero.CredentialId)).Problem.Code.ShouldBe("account.passkey-stopped", "and then does not any more");
    }

    [Fact]
    public async Task Nobody_has_more_than_there_may_be_and_none_twice()
    {
        var first = Made();
        (await AddAsync(Place.HeadA, first)).Done.ShouldBeTrue();
        (await AddAsync(Place.HeadA, first with { Challenge = Bytes() })).Problem.Code.ShouldBe("account.passkey-known");
        (await AddAsync(Place.OfficerA, first with { Challenge = Bytes() })).Problem.Code.ShouldBe("account.passkey-known");
        (await AddAsync(Place.HeadA, Made(challenge: first.Challenge))).Problem.Code.ShouldBe("account.too-late");
        (await AddAsync(Place.HeadA, Made(), new string('k', Passkey.NameMost + 1))).Done.ShouldBeFalse();
        (await AddAsync(Place.HeadA, Made(), "  ")).Done.ShouldBeFalse();
        var more = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => AddAsync(Place.HeadA, Made(), $"khóa {n}"))));
        more.Count(answer => answer.Done).ShouldBe(9);
        more.First(answer => !answer.Done).Problem.Code.ShouldBe("account.passkeys-many");
        (await house.RunAsync<OwnPasskeys, string>(Place.HeadA, use => use.BeginAsync("một nữa", TestProvince.TestPassword, Ct), Permission.SignedIn)).Problem.Code.ShouldBe("account.passkeys-many");
        var handles = new HashSet<string>();
        foreach (var account in new[] { Place.Leader, Place.Nurse, Place.Leader }) handles.Add((await house.RunAsync<OwnPasskeys, string>(account, use => use.BeginAsync("khóa", TestProvince.TestPassword, Ct), Permission.SignedIn)).Value);
        handles.Count.ShouldBe(2, "one for each account, and always the same");
    }

    [Fact]
    public async Task The_pages_read_no_key_and_only_the_holder_and_the_manager_learn_how_many()
    {
        await AddAsync(Place.ClerkHospitalA, Made(), "của riêng");
        foreach (var table in new[] { "account_passkey", "account_passkey_spent" })
            await Should.ThrowAsync<Npgsql.PostgresException>(() => house.AsAsync(Place.ClerkHospitalA, Permission.SignedIn, (_, db) => db.Connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table}", Ct)));
        Task<int> SeenAsync(AccountId by, Permission door) => house.AsAsync(by, door, (_, db) => db.Connection.ValueAsync<int>("SELECT passkeys FROM pt.second_factors($1)", Ct, Place.ClerkHospitalA.Value));
        (await SeenAsync(Place.ClerkHospitalA, Permission.SignedIn)).ShouldBe(1);
        (await SeenAsync(Place.OfficerA, Permission.ManageAccounts)).ShouldBe(1);
        (await SeenAsync(Place.OfficerB, Permission.ManageAccounts)).ShouldBe(0, "of another district");
        (await SeenAsync(Place.ClerkB, Permission.SignedIn)).ShouldBe(0);
        (await ListAsync(Place.OfficerA)).ShouldBeEmpty("names are the holder's");
    }
}
