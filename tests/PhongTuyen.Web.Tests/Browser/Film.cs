using System.Text;
using QRCoder;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>What a camera sees of a card: a film (Y4M, 4:2:0) with a QR code in the middle of a grey picture, for the fake device of Chromium.</summary>
internal static class Film
{
    private const int Width = 640, Height = 480, Frames = 10;

    public static async Task<string> OfAsync(string text, string path)
    {
        using var code = new QRCodeGenerator().CreateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var modules = code.ModuleMatrix;
        // Not aligned to its pixels, as no real picture is.
        var size = (Height - 60) / (double)modules.Count;
        var (left, top) = ((Width - (size * modules.Count)) / 2, (Height - (size * modules.Count)) / 2);
        var light = new byte[Width * Height];
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var (column, row) = ((int)Math.Floor((x - left) / size), (int)Math.Floor((y - top) / size));
                var inside = column >= 0 && row >= 0 && column < modules.Count && row < modules.Count;
                light[(y * Width) + x] = (byte)(!inside ? 150 : modules[row][column] ? 40 : 215);
            }
        await using var file = File.Create(path);
        await file.WriteAsync(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F5:1 Ip A1:1 C420jpeg\n"));
        var colour = Enumerable.Repeat((byte)128, Width * Height / 2).ToArray();
        for (var frame = 0; frame < Frames; frame++)
        {
            await file.WriteAsync("FRAME\n"u8.ToArray());
            await file.WriteAsync(light);
            await file.WriteAsync(colour);
        }
        return path;
    }
}
