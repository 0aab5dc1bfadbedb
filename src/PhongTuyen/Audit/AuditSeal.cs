using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PhongTuyen.Audit;

/// <summary>An audit row as it is sealed: every column, in this order.</summary>
internal sealed record SealedRow(Guid Id, ulong Xact, DateTimeOffset At, Guid? Account, Guid? Session, int Unit, string Act, string SubjectKind, string SubjectId, Guid[] Persons, string? Purpose, string Detail)
{
    /// <summary>SHA-256 over the columns, each with its length in front, so that no text can run into the next.</summary>
    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in new[]
        {
            Id.ToString(), Xact.ToString(CultureInfo.InvariantCulture), At.UtcTicks.ToString(CultureInfo.InvariantCulture), Account?.ToString(), Session?.ToString(),
            Unit.ToString(CultureInfo.InvariantCulture), Act, SubjectKind, SubjectId, string.Join(',', Persons), Purpose, Detail,
        })
        {
            var bytes = part is null ? null : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes?.Length ?? -1);
            hash.AppendData(length);
            if (bytes is not null) hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}

/// <summary>One link of the chain: the rows of a range of transactions, bound to the seal before.</summary>
/// <param name="RowHashes">The first 8 bytes of each row's hash, in order of id: names the bad row.</param>
internal sealed record AuditSeal(long No, DateTimeOffset SealedAt, ulong FromXact, ulong ToXact, int Rows, byte[] RowHashes, byte[] Root, byte[] Previous, byte[] Seal)
{
    public const int Short = 8;

    public static readonly byte[] First = new byte[32];

    public static AuditSeal Over(long no, DateTimeOffset at, ulong from, ulong to, IReadOnlyList<SealedRow> rows, byte[] previous)
    {
        var (shortened, root) = Hashes(rows);
        return new AuditSeal(no, at, from, to, rows.Count, shortened, root, previous, Bind(no, from, to, rows.Count, root, previous));
    }

    public static (byte[] Short, byte[] Root) Hashes(IReadOnlyList<SealedRow> rows)
    {
        using var root = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var shortened = new byte[rows.Count * Short];
        for (var i = 0; i < rows.Count; i++)
        {
            var hash = rows[i].Hash();
            root.AppendData(hash);
            hash.AsSpan(0, Short).CopyTo(shortened.AsSpan(i * Short));
        }
        return (shortened, root.GetHashAndReset());
    }

    public static byte[] Bind(long no, ulong from, ulong to, int rows, byte[] root, byte[] previous) =>
        SHA256.HashData(Encoding.ASCII.GetBytes($"{no}|{from}|{to}|{rows}|{Convert.ToHexString(root)}|{Convert.ToHexString(previous)}"));

    /// <summary>As one line of the copy outside of the database.</summary>
    public string Line() => $"{{\"no\":{No},\"at\":\"{SealedAt:O}\",\"from\":{FromXact},\"to\":{ToXact},\"rows\":{Rows},\"root\":\"{Convert.ToHexStringLower(Root)}\",\"seal\":\"{Convert.ToHexStringLower(Seal)}\"}}";
}
