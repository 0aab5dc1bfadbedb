using System.Diagnostics;

namespace PhongTuyen.Bench.Rig;

/// <summary>A folder as it is, for a measurement that uses it up.</summary>
internal static class FolderCopy
{
    public static void Make(string from, string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        using var process = Process.Start(new ProcessStartInfo("cp") { ArgumentList = { "-a", from, to } })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new IOException($"{from} could not be copied.");
    }
}
