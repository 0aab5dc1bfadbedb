using Microsoft.AspNetCore.Identity;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Accounts;

/// <summary>
/// What the framework's passkey handler asks of a store, answered from our own tables: who has this handle, and which key is this one. Nothing is
/// written through it: adding and using a passkey are acts of the library (OwnPasskeys, StartSession).
/// </summary>
public sealed class PasskeyStore(PasskeyHolders holders) : IUserPasskeyStore<PasskeyHolder>
{
    /// <summary>Whose key was last asked for and found: whom an answer names, be it wrongly signed.</summary>
    public AccountId? Named { get; private set; }

    /// <summary>Handles are 43 letters of base64url; what a browser sends otherwise names nobody.</summary>
    public async Task<PasskeyHolder?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        userId.Length == 43 && userId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') ? await holders.WithHandleAsync(userId, cancellationToken) : null;

    public Task<string> GetUserIdAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult<IList<UserPasskeyInfo>>([.. user.Keys.Select(Info)]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyHolder user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var found = user.Keys.FirstOrDefault(key => key.CredentialId.AsSpan().SequenceEqual(credentialId));
        if (found is not null) Named = user.Account;
        return Task.FromResult(found is null ? null : Info(found));
    }

    // The counter is left at 0 here, so that the handler lets every one pass: it is judged under the lock of its row, which the handler does not have,
    // and one that goes backwards is told to the holder (StartSession.WithPasskeyAsync).
    private static UserPasskeyInfo Info(PasskeyKey key) => new(key.CredentialId, key.PublicKey, key.AddedAt, 0, key.Transports, isUserVerified: true, key.BackupEligible, key.BackedUp, attestationObject: [], clientDataJson: []);

    // Of what else a store of the framework can do, the handler asks nothing.
    public Task<string?> GetUserNameAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw NotAsked();
    public Task SetUserNameAsync(PasskeyHolder user, string? userName, CancellationToken cancellationToken) => throw NotAsked();
    public Task<string?> GetNormalizedUserNameAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw NotAsked();
    public Task SetNormalizedUserNameAsync(PasskeyHolder user, string? normalizedName, CancellationToken cancellationToken) => throw NotAsked();
    public Task<IdentityResult> CreateAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw NotAsked();
    public Task<IdentityResult> UpdateAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw NotAsked();
    public Task<IdentityResult> DeleteAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw NotAsked();
    public Task<PasskeyHolder?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw NotAsked();
    public Task AddOrUpdatePasskeyAsync(PasskeyHolder user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw NotAsked();
    public Task<PasskeyHolder?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult<PasskeyHolder?>(null);
    public Task RemovePasskeyAsync(PasskeyHolder user, byte[] credentialId, CancellationToken cancellationToken) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("Passkeys are changed by the library.");

    public void Dispose()
    {
    }
}
