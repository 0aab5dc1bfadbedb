using System.Buffers;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Keeps what a synchronous writer writes until it is sent on asynchronously: some tens of kilobytes.</summary>
internal sealed class HoldingStream : Stream
{
    private readonly ArrayBufferWriter<byte> waiting = new(64 * 1024);

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public async Task SendAsync(Stream stream, CancellationToken ct)
    {
        await stream.WriteAsync(waiting.WrittenMemory, ct);
        waiting.ResetWrittenCount();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => waiting.Write(buffer);
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
