using System.Text;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Tests.House;

namespace PhongTuyen.Web.Tests.Imports;

/// <summary>A list on its way through the pages, as a person sends it.</summary>
internal static class ListOnPages
{
    public static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines));

    public static async Task<byte[]> XlsxAsync(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<SheetCell>> rows)
    {
        var stream = new MemoryStream();
        await using var writer = SheetWriter.Xlsx(stream, "Danh sách", [.. headers.Select(header => new SheetColumn(header))]);
        foreach (var row in rows) await writer.RowAsync([.. row]);
        await writer.FinishAsync();
        return stream.ToArray();
    }

    public static async Task<WebPage> UploadAsync(this WebVisitor visitor, byte[] file, string name = "danh sách.csv", params (string, string)[] fields) =>
        await visitor.SendFileAsync(await visitor.GetAsync(Links.Upload), "Form.About", "Form.File", name, file, fields);

    public static ImportId IdOf(WebPage page) => ImportId.TryParse(page.Address.Split('?')[0].Split('/')[^1], out var id) ? id : throw new InvalidOperationException($"No import at {page.Address}: {page.Main}");

    /// <summary>The work of the background, done now.</summary>
    public static async Task WorkAsync(this WebTestHouse house)
    {
        while (await house.House.Get<ImportWorker>().WorkAsync(CancellationToken.None)) { }
    }

    /// <summary>Check and, where there is anything to take in, take it in.</summary>
    public static async Task<WebPage> TakeInAsync(this WebTestHouse house, WebVisitor visitor, WebPage columns)
    {
        var preview = await visitor.PostAsync(columns, "Form.Columns[0]");
        await house.WorkAsync();
        preview = await visitor.GetAsync(preview.Address);
        if (!preview.Html.Contains("handler=Start", StringComparison.Ordinal)) return preview;
        var started = await visitor.PostAsync(preview, "handler=Start");
        await house.WorkAsync();
        return await visitor.GetAsync(started.Address);
    }
}
