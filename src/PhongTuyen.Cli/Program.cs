using System.CommandLine;
using PhongTuyen.Cli;

// One file a verb; the list below is what `phongtuyen help` shows.
var root = new RootCommand("Phòng Tuyến")
{
    new Command("areas", "Administrative units.") { AreasMatch.Verb(TimeProvider.System) },
    Import.Verb(TimeProvider.System),
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
// Exit code 2 is wrong arguments, for every verb; each verb documents its others.
return parsed.Errors.Count > 0 ? 2 : code;
