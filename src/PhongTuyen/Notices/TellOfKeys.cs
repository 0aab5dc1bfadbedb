using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Notices;

/// <summary>Whoever holds an account learns that a program acts in its name from now on.</summary>
public sealed class TellOfKeys(Db db) : IHear<AccountKeyMade>
{
    public Task HearAsync(AccountKeyMade told, CancellationToken ct) => db.Connection.RunAsync("SELECT pt.tell_of_key($1, 'notice.key-made', '/desk/accounts/own', $2)", ct, told.Key, db.Clock.GetUtcNow());
}
