using PhongTuyen.Formats.Sheets;

namespace PhongTuyen.Imports;

/// <summary>Empty lists to fill in, whose headers are matched by themselves when they come back.</summary>
public static class ListTemplates
{
    private static readonly string[] Person = ["Họ và tên", "Ngày sinh", "Giới tính", "Quốc tịch", "Số giấy tờ", "Điện thoại", "Nghề nghiệp", "Địa chỉ", "Xã/phường", "Quận/huyện", "Tỉnh/thành phố"];

    public static IReadOnlyList<string> Headers(ListAbout about) => about switch
    {
        ListAbout.Arrivals => [.. ShippedMappings.Named("danh-sach-nguoi-vao")!.Mapping.Columns.Keys],
        ListAbout.Cases => ["Mã bệnh nhân", .. Person, "Bệnh", "Phân loại", "Ngày khởi phát", "Ngày báo cáo", "Ngày dương tính", "Kết cục", "Ngày kết cục"],
        _ => Person,
    };

    /// <summary>The workbook: headers and nothing below them, so that no example is ever taken for a person.</summary>
    public static async Task WriteAsync(ListAbout about, Stream stream, string sheetName, CancellationToken ct)
    {
        await using var writer = SheetWriter.Xlsx(stream, sheetName, [.. Headers(about).Select(header => new SheetColumn(header, Math.Clamp(header.Length + 6, 12, 30)))]);
        await writer.FinishAsync(ct);
    }
}
