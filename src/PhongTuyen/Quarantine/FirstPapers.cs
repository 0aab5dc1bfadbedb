using System.Globalization;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>How papers stood that were issued before their wording was kept with them. They were printed and signed so: these sentences are never changed.</summary>
internal static class FirstPapers
{
    private static readonly string[] Recipients = ["Người được cách ly;", "UBND xã, phường nơi ở;", "Lưu: VT."];

    public static DecisionWording Of(DecisionKind kind, DecisionContent of)
    {
        var term = $"từ ngày {Day(of.From)}{(of.To is { } to ? $" đến hết ngày {Day(to)}" : "")}";
        DecisionWording.Line[] who = [new("Ông/bà: ", of.PersonName, $"{(of.Birth.Length > 0 ? $", sinh: {of.Birth}" : "")}{(of.Sex is 1 or 2 ? $", giới tính: {(of.Sex == 1 ? "nam" : "nữ")}" : "")}."), .. of.Address is null ? [] : new DecisionWording.Line[] { new($"Nơi ở: {of.Address}.") }];
        if (kind == DecisionKind.Completion)
            return new("Giấy xác nhận", "Hoàn thành cách ly y tế", [], null, [new($"{of.Unit} xác nhận:"), .. who, new($"Đã hoàn thành cách ly: {of.Facility}, {term}.")], Recipients);
        string[] basis = [$"Căn cứ Luật Phòng bệnh; căn cứ quy định về cách ly y tế hiện hành{(of.Rule is null ? "" : $" ({of.Rule})")};", $"Xét đề nghị của bộ phận chuyên môn{(of.Reason is null ? "" : $": {of.Reason}")},"];
        return new("Quyết định", kind == DecisionKind.Term ? "Về việc thay đổi thời hạn cách ly y tế" : "Về việc áp dụng biện pháp cách ly y tế", basis, "QUYẾT ĐỊNH:",
        [
            new("", "Điều 1.", $" {(kind == DecisionKind.Term ? "Thay đổi thời hạn" : "Áp dụng biện pháp")} cách ly {(of.Class == StayClass.Treatment ? "điều trị" : "theo dõi")} y tế đối với:"), .. who,
            new($"Nơi cách ly: {of.Facility}, {term}."),
            new("", "Điều 2.", " Trong thời gian cách ly, người được cách ly chấp hành nội quy, theo dõi sức khỏe và xét nghiệm theo quy định."),
            new("", "Điều 3.", $" Quyết định có hiệu lực kể từ ngày ký. {of.Unit}, các đơn vị liên quan và ông/bà có tên tại Điều 1 chịu trách nhiệm thi hành."),
        ], Recipients);
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
