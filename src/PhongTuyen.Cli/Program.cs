using PhongTuyen.Cli;

// One file a verb; VerbList is what `phongtuyen help` shows.
var parsed = VerbList.Root(TimeProvider.System).Parse(args);
var code = await parsed.InvokeAsync();
// Exit code 2 is wrong arguments, for every verb; each verb documents its others.
return parsed.Errors.Count > 0 ? 2 : code;
