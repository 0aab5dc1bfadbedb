using PhongTuyen.Data.Keys;

namespace PhongTuyen.Accounts;

/// <summary>What of accounts is sealed, for a change of the keys: the key of the authenticator app.</summary>
internal sealed class AccountSeals(FieldCipher cipher) : ISealedTables
{
    public IEnumerable<SealedTable> Tables() =>
        [new("account_secret", [("account_id", "uuid")], ["authenticator_key"], [], row => [cipher.Anew(row.Sealed[0], "account_secret", row.Id(0), "authenticator_key")])];
}
