using System.CommandLine;

namespace PhongTuyen.Cli;

/// <summary>All verbs, with one line in each language: what <c>phongtuyen help</c> shows.</summary>
public static class VerbList
{
    public static RootCommand Root(TimeProvider clock) => new("Phòng Tuyến — dòng lệnh cho người vận hành. / The command line, for the operator.")
    {
        new Command("accounts", "Tài khoản. / Accounts.") { ResetAdministrator.Verb(clock) },
        new Command("areas", "Đơn vị hành chính. / Administrative units.") { AreasMatch.Verb(clock), AreasReform.Verb(clock) },
        new Command("audit", "Nhật ký truy cập. / The audit.") { AuditVerify.Verb(clock) },
        new Command("demonstration", "Dữ liệu mẫu. / The demonstration.") { DemonstrationPlanted.Verb(clock) },
        new Command("keys", "Khóa mã hóa. / The keys of the sealed fields.") { KeysCopied.Verb(), KeysStatus.Verb(clock), KeysRotate.Verb(clock) },
        Import.Verb(clock),
        Scan.Verb(clock),
        Docs.Verb(),
        // Run by the script itself; named here so that help lists it.
        new Command("bench", "Đo hiệu năng (./phongtuyen bench help). / Measures (./phongtuyen bench help)."),
    };
}
