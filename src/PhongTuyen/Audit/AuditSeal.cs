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
        using var whole = new MemoryStream(512);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in new[]
        {
            Id.ToString(), Xact.ToString(CultureInfo.InvariantCulture), At.UtcTicks.ToString(CultureInfo.InvariantCulture), Account?.ToString(), Session?.ToString(),
            Unit.ToString(CultureInfo.InvariantCulture), Act, SubjectKind, SubjectId, string.Join(',', Persons), Purpose, Detail,
        })
        {
            var bytes = part is null ? null : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes?.Length ?? -1);
            whole.Write(length);
            if (bytes is not null) whole.Write(bytes);
        }
        return SHA256.HashData(whole.GetBuffer().AsSpan(0, (int)whole.Length));
    }
}

/// <summary>One link of the chain: the rows of a range of transactions, bound to the seal before.</summary>
/// <param name="RowHashes">The first 8 bytes of each row's hash, in order of id: names the bad row.</param>
internal sealed record AuditSeal(long No, DateTimeOffset SealedAt, ulong FromXact, ulong ToXact, int Rows, byte[] RowHashes, byte[] Root, byte[] Previous, byte[] Seal)
{
    public const int Short = 8;

    public static readonly byte[] First = new byte[32];

    /// <summary>The time is kept as the database keeps it, to the microsecond, so that seal and copy say the same.</summary>
    public static AuditSeal Over(long no, DateTimeOffset at, ulong from, ulong to, IReadOnlyList<SealedRow> rows, byte[] previous)
    {
        var (shortened, root) = Hashes(rows);
        var seal = new AuditSeal(no, at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)), from, to, rows.Count, shortened, root, previous, []);
        return seal with { Seal = seal.Bound() };
    }

    public static (byte[] Short, byte[] Root) Hashes(IEnumerable<SealedRow> rows)
    {
        using var root = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var shortened = new MemoryStream();
        foreach (var row in rows)
        {
            var hash = row.Hash();
            root.AppendData(hash);
            shortened.Write(hash, 0, Short);
        }
        return (shortened.ToArray(), root.GetHashAndReset());
    }

    /// <summary>What the seal has to be: over everything else that it says.</summary>
    public byte[] Bound() => SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"2|{No}|{SealedAt.UtcTicks / TimeSpan.TicksPerMicrosecond}|{FromXact}|{ToXact}|{Rows}|{Convert.ToHexString(SHA256.HashData(RowHashes))}|{Convert.ToHexString(Root)}|{Convert.ToHexString(Previous)}")));

    /// <summary>As the first seals were made, without their time and the short hashes. Behind the first whole one none is made so.</summary>
    public byte[] BoundAtFirst() => SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{No}|{FromXact}|{ToXact}|{Rows}|{Convert.ToHexString(Root)}|{Convert.ToHexString(Previous)}")));

    /// <summary>As one line of the copy outside of the database.</summary>
    public string Line() => $"{{\"no\":{No},\"at\":\"{SealedAt:O}\",\"from\":{FromXact},\"to\":{ToXact},\"rows\":{Rows},\"root\":\"{Convert.ToHexStringLower(Root)}\",\"seal\":\"{Convert.ToHexStringLower(Seal)}\"}}";
}
