using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;

namespace PhongTuyen.Web.Tests.Routes;

/// <summary>Accounts of the district, and what hangs on them.</summary>
public sealed partial class District
{
    /// <summary>An account of the camp: a clerk, as they are managed from the district.</summary>
    public async Task<AccountId> AccountAsync() => (await TwoDistricts.SpareAsync(House, Camp)).Id;

    public async Task<AccountId> SuspendedAsync()
    {
        var account = await AccountAsync();
        await DoAsync<SuspendAccount, Nothing>(Officer, use => use.RunAsync(account, true, CancellationToken.None), Permission.ManageAccounts);
        return account;
    }

    /// <summary>An account that opened more persons than usual.</summary>
    public async Task<AccountId> LookStoppedAsync()
    {
        var account = await AccountAsync();
        await House.AskAsync<object>("INSERT INTO pt.account_stop (id, account_id, unit_id, persons, stopped_at) VALUES (gen_random_uuid(), $1, $2, 150, now()) RETURNING NULL", account.Value, Camp.Value);
        return account;
    }

    /// <summary>A list with one person who shall have an account; made, where asked for.</summary>
    public async Task<Guid> AccountListAsync(bool made = false)
    {
        var list = await TwoDistricts.AccountListAsync(House, Officer, Camp);
        if (made) await DoAsync<MakeListedAccounts, MakeListedAccounts.Made>(Officer, use => use.RunAsync(new(House.Clock.NewGuid(), list), CancellationToken.None), Permission.ManageAccounts);
        return list;
    }

    public async Task<string> NameOfAsync(AccountId account) => (await House.AskAsync<string>("SELECT user_name FROM pt.account WHERE id = $1", account.Value))!;

    /// <summary>An account whose roles went to another.</summary>
    public async Task<Guid> HandoverAsync() => await TwoDistricts.HandoverAsync(House, Officer, await AccountAsync(), (await TwoDistricts.SpareAsync(House, Camp)).Name);

    /// <summary>A deadline for the accounts of the district's units.</summary>
    public Task<Guid> DeadlineAsync(bool withdrawn = false) => House.AskAsync<Guid>("""
        INSERT INTO pt.account_deadline (id, unit_id, due, paper, entered_at, entered_by, withdrawn_at) VALUES (gen_random_uuid(), $1, '2021-09-01', '12/UBND', now(), $2, CASE WHEN $3 THEN now() END) RETURNING id
        """, Camp.Value, Officer.Value, withdrawn);

    /// <summary>A key of an account for a program.</summary>
    public Task<Guid> KeyOfAsync(AccountId account) => House.AskAsync<Guid>("""
        INSERT INTO pt.account_key (id, account_id, name, hash, tail, doors, made_at, made_by, expires_at) VALUES (gen_random_uuid(), $1, 'HIS', decode(md5(random()::text), 'hex'), 'abcd', '{figures}', $2, $3, $2::timestamptz + interval '30 days') RETURNING id
        """, account.Value, House.Clock.GetUtcNow(), Officer.Value);

    public Task<Guid> GrantOfAsync(AccountId account) => House.AskAsync<Guid>("SELECT id FROM pt.account_grant WHERE account_id = $1", account.Value);

    public Task<Guid> SessionOfAsync(AccountId account) => House.AskAsync<Guid>("""
        INSERT INTO pt.account_session (id, account_id, token_hash, created_at, last_seen_at, expires_at, second_factor) VALUES (gen_random_uuid(), $1, decode(md5(random()::text), 'hex'), $2, $2, $2::timestamptz + interval '1 day', false) RETURNING id
        """, account.Value, House.Clock.GetUtcNow());
}
