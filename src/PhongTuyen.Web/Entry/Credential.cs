using PhongTuyen.Accounts;
using PhongTuyen.Data;

namespace PhongTuyen.Web.Entry;

/// <summary>A group of the interface that the key of a program can open, by its name on the key.</summary>
public sealed record KeyDoor(string Name);

/// <summary>What a request shows of who it is: the key of a program in <c>Authorization: Bearer</c> (RFC 6750), else the cookie of a session; never both.</summary>
public readonly record struct Credential(byte[] Hash, bool IsKey)
{
    /// <summary>Null where it shows nothing that could be one.</summary>
    public static Credential? Of(HttpContext http, SessionCookie cookie)
    {
        if (http.Request.Headers.Authorization is [{ Length: > 0 } header, ..])
            return header.StartsWith("Bearer " + AccountKeys.Mark, StringComparison.OrdinalIgnoreCase) && header.Length < 100 ? new Credential(AccountKeys.HashOf(header[7..].Trim()), true) : null;
        return cookie.Read(http) is { } token ? new Credential(StartSession.HashOf(token), false) : null;
    }

    public Task<Visitor?> EnterAsync(Db db, Permission permission, AccountSettings settings, CancellationToken ct) =>
        IsKey ? db.EnterByKeyAsync(Hash, Roles.With(permission), Roles.Faceless, ct) : db.EnterAsync(Hash, Roles.With(permission), Roles.Faceless, TimeSpan.FromMinutes(settings.IdleMinutes), ct);

    /// <summary>Whether this visitor's key, where it is one, has this door on it.</summary>
    public static bool Opens(Visitor visitor, Endpoint? endpoint) => visitor.Doors is not { } doors || (endpoint?.Metadata.GetMetadata<KeyDoor>() is { } door && doors.Contains(door.Name));
}
