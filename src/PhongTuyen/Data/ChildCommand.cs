using System.ComponentModel;
using System.Diagnostics;

namespace PhongTuyen.Data;

/// <summary>A short-lived command of the system, run without a shell between, and its answer.</summary>
/// <param name="Code">0 when it succeeded, 127 when there is no such command.</param>
/// <param name="Output">What it wrote, errors last, without the spaces at its ends.</param>
internal sealed record ChildCommand(int Code, string Output)
{
    public bool Succeeded => Code == 0;

    public static async Task<ChildCommand> RunAsync(IEnumerable<string> command, CancellationToken cancel, string input = "")
    {
        var start = Prepare(command);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading its input; its code says why.
            }
            await process.WaitForExitAsync(cancel);
            return new(process.ExitCode, (await output + await errors).Trim());
        }
        catch (Win32Exception problem)
        {
            return new(127, problem.Message);
        }
    }

    /// <summary>Messages in English, no PG… variable of the user, and a working folder that every user can enter.</summary>
    public static ProcessStartInfo Prepare(IEnumerable<string> command)
    {
        var words = command.ToArray();
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
