using PhongTuyen.Formats.Files;
using PhongTuyen.Tests.Corrections;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats.Files;

public sealed class SentFileTests
{
    [Fact]
    public void A_file_is_what_its_bytes_say_and_a_cut_one_is_none()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[20]];
        byte[] webp = [.. "RIFF"u8, 20, 0, 0, 0, .. "WEBPVP8 "u8, .. new byte[12]];
        SentFile.KindOf(Requests.Picture).ShouldBe(FileKind.Jpeg);
        SentFile.KindOf(png).ShouldBe(FileKind.Png);
        SentFile.KindOf(webp).ShouldBe(FileKind.Webp);
        SentFile.KindOf([.. "%PDF-1.7\n"u8, .. new byte[3000], .. "\n%%EOF\n"u8]).ShouldBe(FileKind.Pdf);
        foreach (var none in new byte[][] { [], [0xFF], "%PDF-1.7\n"u8.ToArray(), Requests.Picture[..^2], png[..15], webp[..^1], "RIFF\u0004\0\0\0WAVEfmt "u8.ToArray(), "<svg onload=alert(1)>"u8.ToArray(), "MZ"u8.ToArray(), "GIF89a"u8.ToArray() }) SentFile.KindOf(none).ShouldBeNull();
    }
}
