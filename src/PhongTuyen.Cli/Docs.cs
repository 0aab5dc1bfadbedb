using System.CommandLine;
using PhongTuyen.Cli.Documents;

namespace PhongTuyen.Cli;

/// <summary>
/// <c>phongtuyen docs [--check]</c>: writes the documents of <c>docs/</c> that are made from the code. Exit codes: 0 written, or with
/// --check as they should be; 1 with --check: one differs; 2 wrong arguments; 4 this is no working copy.
/// </summary>
public static class Docs
{
    public static Command Verb()
    {
        var check = new Option<bool>("--check") { Description = "Chỉ so sánh, không ghi. / Compares and writes nothing." };
        var verb = new Command("docs", "Ghi lại các tài liệu sinh từ mã nguồn. / Writes the documents that are made from the code.") { check };
        verb.SetAction(parsed => Run(Environment.GetEnvironmentVariable("PHONGTUYEN_HOME") ?? Directory.GetCurrentDirectory(), parsed.GetValue(check), Console.Out, Console.Error));
        return verb;
    }

    /// <summary>The exit code; each document that was written or differs is named on <paramref name="output"/>.</summary>
    public static int Run(string root, bool check, TextWriter output, TextWriter errors)
    {
        if (!File.Exists(Path.Combine(root, "PhongTuyen.slnx")))
        {
            errors.WriteLine($"{root}: không phải bản mã nguồn / this is no working copy.");
            return 4;
        }
        var differ = 0;
        foreach (var (path, text) in GeneratedDocuments.All(root))
        {
            var file = Path.Combine(root, path);
            if (File.Exists(file) && File.ReadAllText(file) == text) continue;
            differ++;
            output.WriteLine(path);
            if (check) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        return check && differ > 0 ? Verbs.Found : Verbs.Done;
    }
}
