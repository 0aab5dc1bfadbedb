using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A passkey (khóa truy cập) as its holder sees it: a key in a phone, a computer or a security key that signs in instead of the password, or behind it.</summary>
/// <param name="StoppedAt">It counted backwards, so there may be a copy of it: it signs in no more.</param>
public sealed record Passkey(Guid Id, string Name, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? StoppedAt)
{
    public const int NameMost = 60;
}

/// <summary>What an account has beside its password.</summary>
/// <param name="Code">Codes of an authenticator app.</param>
/// <param name="Passkeys">How many.</param>
public sealed record SecondFactors(bool Code, int Passkeys)
{
    public bool Any => Code || Passkeys > 0;
}

/// <summary>The public half of a passkey and what is known of it.</summary>
public sealed record PasskeyKey(Guid Id, byte[] CredentialId, byte[] PublicKey, long SignCount, string[] Transports, bool BackupEligible, bool BackedUp, DateTimeOffset AddedAt);

/// <summary>An account as an authenticator knows it: under a random handle, with the passkeys that sign it in.</summary>
/// <param name="Code">Whether it has codes of an app too.</param>
public sealed record PasskeyHolder(AccountId Account, string Handle, bool Code, IReadOnlyList<PasskeyKey> Keys);

/// <summary>What a browser has proven: it signed this challenge with this passkey of this account, and its user was verified.</summary>
/// <param name="Challenge">A hash of it: good for once.</param>
public sealed record PasskeyUse(AccountId Account, byte[] CredentialId, long SignCount, bool BackedUp, byte[] Challenge);

/// <summary>A passkey that a browser has just made for this challenge.</summary>
public sealed record NewPasskey(byte[] CredentialId, byte[] PublicKey, long SignCount, string[] Transports, bool BackupEligible, bool BackedUp, byte[] Challenge);
