using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Reads a list of people who shall have accounts, from .xlsx or .csv, and keeps it as it was typed: nothing is made before somebody has looked at it.</summary>
public sealed class SendAccountList(Db db, TimeProvider clock)
{
    /// <summary>A longer list is cut by districts: each row becomes an account whose slip somebody must hand over.</summary>
    public const int MostRows = 500;

    private const int MostText = 200;

    public static readonly IReadOnlyList<FieldName> Columns =
    [
        new("name", "Họ và tên", "Họ tên", "Tên cán bộ", "Full name", "Name"),
        new("userName", "Tên tài khoản", "Tên đăng nhập", "Account name", "User name", "Account"),
        new("unit", "Đơn vị", "Mã đơn vị", "Tên đơn vị", "Đơn vị công tác", "Unit"),
        new("role", "Vai trò", "Quyền", "Role"),
        new("place", "Phạm vi", "Phạm vi của vai trò", "What the role is over", "Scope"),
        new("position", "Chức danh", "Chức vụ", "Position"),
        new("email", "Thư điện tử", "Email", "E-mail", "Mail address"),
        new("until", "Dùng đến hết ngày", "Đến ngày", "Ngày hết hạn", "In use until the end of", "Until"),
    ];

    /// <param name="Id">Made by the sender.</param>
    public sealed record Input(Guid Id, [property: Most(MostText)] string FileName);

    public async Task<Outcome<Guid>> RunAsync(Input input, Stream file, CancellationToken ct)
    {
        if (SheetReader.Open(file, input.FileName) is var opened && !opened.Done) return opened.As<Guid>();
        var sheet = opened.Value;
        var columns = HeaderMatch.Suggest(sheet.Header, Columns).Where(match => match.Column is not null).ToDictionary(match => match.Key, match => match.Column!.Value);
        if (new[] { "name", "unit", "role" }.Where(key => !columns.ContainsKey(key)).ToList() is { Count: > 0 } lacking) return Problems.ListLacks(string.Join(", ", Columns.Where(column => lacking.Contains(column.Key)).Select(column => "“" + column.Synonyms[0] + "”")));
        if (sheet.RowCount == 0) return Problems.ListEmpty();
        if (sheet.RowCount > MostRows) return Problems.ListTooLong(sheet.RowCount, MostRows);
        string Text(SheetRow row, string key) => columns.TryGetValue(key, out var column) && VietnameseText.Clean(row.Cells[column].Text) is { } text ? VietnameseText.Cut(text, MostText) : "";
        var rows = sheet.Rows.Select(row => new ListedAccount(row.Number, Text(row, "name"), Text(row, "userName"), Text(row, "unit"), Text(row, "role"), Text(row, "place"), Text(row, "position"), Text(row, "email"), Text(row, "until"))).ToList();
        return await db.OnceAsync(input.Id, "account.list", new { input, sheet.Fingerprint }, async () =>
        {
            var list = new AccountList { Id = input.Id, AccountId = db.Visitor!.Account, UnitId = db.Visitor.Unit, FileName = Path.GetFileName(VietnameseText.Clean(input.FileName) ?? "?"), Rows = JsonSerializer.Serialize(rows), RowCount = rows.Count, CreatedAt = clock.GetUtcNow() };
            db.Add(list);
            db.Tell(new AccountListSent(list.Id, rows.Count));
            await db.SaveChangesAsync(ct);
            return (Outcome<Guid>)list.Id;
        }, ct);
    }
}
