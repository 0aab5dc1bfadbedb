using System.CommandLine;

// One file a verb; the list below is what `phongtuyen help` shows.
var root = new RootCommand("Phòng Tuyến");
return root.Parse(args).Invoke();
