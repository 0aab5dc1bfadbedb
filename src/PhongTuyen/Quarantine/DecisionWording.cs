using System.Globalization;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>
/// The sentences of a paper, written when it is issued and kept with it: a law or a template of later days changes nothing that was signed.
/// Papers are in Vietnamese whatever the language of the screen.
/// </summary>
/// <param name="Heading">Quyết định, Giấy xác nhận.</param>
/// <param name="Basis">Căn cứ, one paragraph each.</param>
/// <param name="Verb">What stands between the basis and the articles.</param>
/// <param name="Recipients">Nơi nhận.</param>
public sealed record DecisionWording(string Heading, string Title, IReadOnlyList<string> Basis, string? Verb, IReadOnlyList<DecisionWording.Line> Lines, IReadOnlyList<string> Recipients)
{
    /// <summary>A paragraph, of which a part in the middle may be strong.</summary>
    public sealed record Line(string Text, string? Strong = null, string? Rest = null);

    /// <summary>The paper whose term is changed, and until when it was.</summary>
    /// <param name="Sign">Null: there is none in the program.</param>
    public sealed record Changed(string? Sign, DateOnly? SignedOn, DateOnly? End);

    /// <param name="laws">See <see cref="DecisionBasis.Basis"/>.</param>
    /// <param name="rulePaper">Number of the paper by whose rule the term was planned, or of several, between semicolons.</param>
    /// <param name="changed">For a change of the term: of what.</param>
    public static DecisionWording Of(DecisionKind kind, DecisionContent of, IReadOnlyList<string> laws, string? rulePaper, Changed? changed)
    {
        if (kind == DecisionKind.Completion)
            return new("Giấy xác nhận", "Hoàn thành cách ly y tế", [], null, [new($"{of.Unit} xác nhận:"), .. WhoLines(of), new($"Đã hoàn thành cách ly: {of.Facility}, {Term(of.From, of.To)}.")], Copies);
        var before = changed?.Sign is { } sign ? $"Quyết định số {sign} ngày {Day(changed.SignedOn!.Value)}" : null;
        List<string> basis = [.. laws.Select(law => $"Căn cứ {law};")];
        // A paragraph of the basis ends in a semicolon, and has none within.
        if (rulePaper?.Split(';', StringSplitOptions.TrimEntries) is { } papers) basis.Add($"Căn cứ quy định về thời hạn cách ly y tế tại {(papers.Length > 1 ? "các " : "")}văn bản số {string.Join(", ", papers)};");
        if (before is not null) basis.Add($"Căn cứ {before} của {of.Unit};");
        basis.Add($"Xét đề nghị của bộ phận chuyên môn{(of.Reason is null ? "" : $": {of.Reason}")},");
        return kind == DecisionKind.Term
            ? new("Quyết định", "Về việc thay đổi thời hạn cách ly y tế", basis, Decides, [Article(1, $"Thay đổi thời hạn cách ly {What(of)} y tế{(before is null ? "" : $" tại {before}")} đối với:"), .. WhoLines(of), .. NewTerm(of, changed), .. LastArticles(of, before)], Copies)
            : new("Quyết định", "Về việc áp dụng biện pháp cách ly y tế", basis, Decides, [Article(1, $"Áp dụng biện pháp cách ly {What(of)} y tế đối với:"), .. WhoLines(of), new($"Nơi cách ly: {of.Facility}, {Term(of.From, of.To)}."), .. LastArticles(of, null)], Copies);
    }

    private const string Decides = "QUYẾT ĐỊNH:";

    private static readonly string[] Copies = ["Người được cách ly;", "UBND xã, phường nơi ở;", "Lưu: VT."];

    private static IEnumerable<Line> WhoLines(DecisionContent of)
    {
        yield return new("Ông/bà: ", of.PersonName, $"{(of.Birth.Length > 0 ? $", sinh: {of.Birth}" : "")}{of.Sex switch { 1 => ", giới tính: nam", 2 => ", giới tính: nữ", _ => "" }}.");
        if (of.Address is not null) yield return new($"Nơi ở: {of.Address}.");
    }

    private static IEnumerable<Line> NewTerm(DecisionContent of, Changed? changed)
    {
        yield return new($"Nơi cách ly: {of.Facility}.");
        if (changed?.End is { } end) yield return new($"Thời hạn cũ: {Term(of.From, end)}.");
        yield return new($"Thời hạn mới: {Term(of.From, of.To)}.");
    }

    private static Line[] LastArticles(DecisionContent of, string? before) =>
    [
        Article(2, before is null ? "Trong thời gian cách ly, người được cách ly chấp hành nội quy, theo dõi sức khỏe và xét nghiệm theo quy định." : $"Các nội dung khác của {before} giữ nguyên."),
        Article(3, $"Quyết định có hiệu lực kể từ ngày ký. {of.Unit}, các đơn vị liên quan và ông/bà có tên tại Điều 1 chịu trách nhiệm thi hành."),
    ];

    private static Line Article(int number, string text) => new("", $"Điều {number}.", " " + text);

    private static string What(DecisionContent of) => of.Class == StayClass.Treatment ? "điều trị" : "theo dõi";

    private static string Term(DateOnly from, DateOnly? to) => $"từ ngày {Day(from)}{(to is { } end ? $" đến hết ngày {Day(end)}" : "")}";

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
