using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhongTuyen.Web.Tests.House;

/// <summary>A security key made of software, with one passkey: answers challenges as a browser would send the answers, and wrongly where a test wants it so.</summary>
public sealed class SoftAuthenticator(Uri address) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>What it keeps for the account, as it was told when the passkey was made.</summary>
    public string Handle { get; set; } = "";

    /// <summary>Counts every answer; 0 and not <see cref="Counts"/>: an authenticator that does not.</summary>
    public uint Count { get; set; }

    public bool Counts { get; init; }

    /// <summary>Whether finger, face or PIN were asked for.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Whose page asked, as the browser says it.</summary>
    public string Origin { get; set; } = address.GetLeftPart(UriPartial.Authority);

    private const byte Present = 1, Verified = 4, Attested = 64;

    /// <summary>A new passkey for the options of a page, as JSON.</summary>
    public string Make(string options)
    {
        var asked = JsonNode.Parse(options)!;
        Handle = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(asked["user"]!["id"]!.GetValue<string>()));
        var point = key.ExportParameters(false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, -7), (-1, 1) })
        {
            cose.WriteInt32(label);
            cose.WriteInt32(value);
        }
        foreach (var (label, value) in new[] { (-2, point.X!), (-3, point.Y!) })
        {
            cose.WriteInt32(label);
            cose.WriteByteString(value);
        }
        cose.WriteEndMap();
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        byte[] data = [.. Data(asked["rp"]!["id"]!.GetValue<string>(), Attested), .. new byte[16], .. length, .. CredentialId, .. cose.Encode()];
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(data);
        attestation.WriteEndMap();
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(Said("webauthn.create", asked)),
            ["attestationObject"] = Text(attestation.Encode()),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Signs the challenge of a page.</summary>
    /// <param name="forge">Of the bytes that are signed something else is sent.</param>
    public string Sign(string options, bool forge = false)
    {
        var asked = JsonNode.Parse(options)!;
        if (Counts) Count++;
        var data = Data(asked["rpId"]!.GetValue<string>(), 0);
        var said = Said("webauthn.get", asked);
        var signature = key.SignData([.. data, .. SHA256.HashData(said)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (forge) data[36] ^= 1;
        return Answer(new JsonObject { ["clientDataJSON"] = Text(said), ["authenticatorData"] = Text(data), ["signature"] = Text(signature), ["userHandle"] = Text(Encoding.UTF8.GetBytes(Handle)) });
    }

    private byte[] Data(string domain, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), (byte)(Present | (Verifies ? Verified : 0) | flags), .. count];
    }

    private byte[] Said(string type, JsonNode asked) => JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = asked["challenge"]!.GetValue<string>(), origin = Origin, crossOrigin = false });

    private string Answer(JsonObject response) =>
        new JsonObject { ["id"] = Text(CredentialId), ["rawId"] = Text(CredentialId), ["type"] = "public-key", ["clientExtensionResults"] = new JsonObject(), ["response"] = response }.ToJsonString();

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public void Dispose() => key.Dispose();
}
