using System.Buffers.Binary;

namespace PhongTuyen.Kernel;

/// <summary>Byte arrays that are equal by what they hold.</summary>
public sealed class ByteArrays : IEqualityComparer<byte[]>
{
    public static readonly ByteArrays Comparer = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj)
    {
        var hash = new HashCode();
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }

    /// <summary>The first 128 bits of a keyed hash or an id: as sure a name of it as the whole, in a fifth of the memory.</summary>
    public static UInt128 Half(byte[] of) => BinaryPrimitives.ReadUInt128BigEndian(of);
}
