namespace PhongTuyen.Web.Help;

/// <summary>Which chapter of the guide explains a page: the longest address that the page's begins with.</summary>
public static class HelpChapters
{
    public const string Begin = "01-bat-dau";
    public const string Clerk = "02-nguoi-nhap-lieu";
    public const string Import = "03-nhap-danh-sach-tu-excel";
    public const string UnitHead = "04-nguoi-phu-trach-don-vi";
    public const string District = "05-huyen-va-tinh";
    public const string Leader = "06-lanh-dao-va-ban-chi-dao";
    public const string Accounts = "07-quan-tri-tai-khoan-va-don-vi";
    public const string Areas = "08-dia-ban-thon-to";
    public const string Operation = "09-van-hanh-may-chu";
    public const string Privacy = "10-bao-ve-du-lieu-ca-nhan";
    public const string Volunteer = "11-tinh-nguyen-vien";
    public const string Work = "12-cong-viec-va-dinh-chinh";

    private static readonly (string Address, string Chapter)[] Table =
    [
        (Links.Own, Begin), (Links.Password, Begin), (Links.SecondFactor, Begin), (Links.Passkeys, Begin), (Links.Notices, Begin), (Links.Help, Begin), (Links.MyReports, Begin),
        (Links.PaperQueue, Volunteer), ("/desk/papers/type", Volunteer), (Links.TypingSession, Volunteer), ("/desk/papers/again", Volunteer), (Links.Papers, UnitHead),
        ("/desk/quarantine", Clerk), ("/desk/people", Clerk), ("/desk/cases", Clerk), ("/desk/lab", Clerk), (Links.Worklists, Work), (Links.Corrections, Work),
        ("/desk/people/numbers", Privacy), (Links.Openings, Privacy), (Links.Seals, Privacy), ("/desk/people/seal", Privacy), (Links.ListRequests, Privacy), (Links.Supervision, Privacy), (Links.Shares, Privacy), ("/desk/people/share", Privacy), (Links.Imports, Import),
        (Links.Facilities, UnitHead), ("/desk/quarantine/facility", UnitHead), ("/desk/quarantine/facility-edit", UnitHead), ("/desk/quarantine/rooms", UnitHead), (Links.Entries, UnitHead),
        (Links.Board, Leader), (Links.Home, District), (Links.Policies, District), (Links.Duties, District),
        (Links.Units, Accounts), (Links.Accounts, Accounts), (Links.Areas, Areas), (Links.Operation, Operation),
        (Links.ReportQueue, Accounts), ("/desk/support/report", Accounts), (Links.SupportContacts, Accounts),
    ];

    /// <summary>The chapter that a line of the table gives to this address; null where none does: a test looks that each page of the desk and of the board has one.</summary>
    public static string? Named(string path) => Table.Where(row => path == row.Address || path.StartsWith(row.Address + "/", StringComparison.Ordinal)).OrderByDescending(row => row.Address.Length).Select(row => row.Chapter).FirstOrDefault();

    /// <summary>The first chapter where no other one fits: before signing in.</summary>
    public static string Of(string path) => Named(path) ?? Begin;

    /// <summary>All that pages lead to: a test looks that each is in the guide.</summary>
    public static IReadOnlyList<string> All => [.. Table.Select(row => row.Chapter).Append(Begin).Distinct()];
}
