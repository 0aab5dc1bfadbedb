using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;

namespace PhongTuyen.Web.Shared;

/// <summary>Where files wait that are on their way out.</summary>
/// <param name="folder">Made when it is first needed, for the program's user alone.</param>
public sealed class OutgoingFiles(string folder)
{
    /// <summary>An empty one, which is gone with the answer to this request.</summary>
    public OutgoingFile New(HttpContext http)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = new OutgoingFile(Path.Combine(folder, Path.GetRandomFileName()));
        http.Response.RegisterForDisposeAsync(file);
        return file;
    }
}

/// <summary>
/// A file on its way out. It is whole, and the audit of who is in it is committed, before its first byte leaves; until then it waits on the disk, however long it is. What waits has no name there, so that it is
/// gone with the program however that ends, and is sealed by a key that stands in memory only: numbers of papers lie in clear nowhere else either.
/// </summary>
public sealed class OutgoingFile : IAsyncDisposable
{
    // A key of its own, made with it.
    private readonly Aes seal = Aes.Create();
    private readonly FileStream waiting;

    internal OutgoingFile(string path)
    {
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows()) open.Options |= FileOptions.DeleteOnClose;
        else open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        waiting = new FileStream(path, open);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
    }

    /// <summary>Bytes that will leave.</summary>
    public long Length { get; private set; }

    /// <summary>Writes the whole of it.</summary>
    public async Task FillAsync(Func<Stream, Task> write, CancellationToken ct)
    {
        await using var sealing = new CryptoStream(waiting, seal.CreateEncryptor(), CryptoStreamMode.Write, leaveOpen: true);
        var counting = new CountingStream(sealing);
        await write(counting);
        await sealing.FlushFinalBlockAsync(ct);
        Length = counting.Bytes;
    }

    /// <summary>Sends it when the act is committed.</summary>
    public FileStreamResult Send(string type, string name)
    {
        waiting.Position = 0;
        return new SentWhole(new CryptoStream(waiting, seal.CreateDecryptor(), CryptoStreamMode.Read), type, Length) { FileDownloadName = name };
    }

    public async ValueTask DisposeAsync()
    {
        await waiting.DisposeAsync();
        seal.Dispose();
    }

    /// <summary>The browser knows how much is to come, and whether all has.</summary>
    private sealed class SentWhole(Stream stream, string type, long length) : FileStreamResult(stream, type)
    {
        public override Task ExecuteResultAsync(ActionContext context)
        {
            context.HttpContext.Response.ContentLength = length;
            return base.ExecuteResultAsync(context);
        }
    }

    private sealed class CountingStream(Stream behind) : Stream
    {
        public long Bytes { get; private set; }

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Bytes += buffer.Length;
            return behind.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Bytes += count;
            behind.Write(buffer, offset, count);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => behind.FlushAsync(cancellationToken);
        public override void Flush() => behind.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
