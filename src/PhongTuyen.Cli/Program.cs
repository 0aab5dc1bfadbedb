using System.CommandLine;
using PhongTuyen.Cli;

// One file a verb; the list below is what `phongtuyen help` shows.
var root = new RootCommand("Phòng Tuyến")
{
    new Command("areas", "Administrative units.") { AreasMatch.Verb(TimeProvider.System) },
    new Command("audit", "The record of who saw and did what.") { AuditVerify.Verb(TimeProvider.System) },
    Import.Verb(TimeProvider.System),
    new Command("keys", "The keys that open the sealed numbers.") { KeysCopied.Verb() },
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
// Exit code 2 is wrong arguments, for every verb; each verb documents its others.
return parsed.Errors.Count > 0 ? 2 : code;
