using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PhongTuyen.Data;

/// <summary>The few things of a Unix system that .NET does not offer: owners, signals, and who works in a folder.</summary>
internal static class Unix
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersPass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [DllImport("libc", EntryPoint = "geteuid"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int UserId();

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Signal(int process, int signal);

    [DllImport("libc", EntryPoint = "open"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);

    /// <summary>Puts onto the disk which files a folder has: a file that took another's place keeps it after a power cut.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Open(Encoding.UTF8.GetBytes(path + '\0'), 0);
        if (folder < 0) return;
        _ = Flush(folder);
        _ = Close(folder);
    }

    /// <summary>Also true of a process of another kind that got the number after a restart of the machine.</summary>
    public static bool IsAlive(int process) => Signal(process, 0) == 0;

    /// <summary>Makes the folder for its owner only (0700). One that is there keeps its mode.</summary>
    public static void MakePrivateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, Private);
    }

    /// <summary>Writes the file (0600) whole and onto the disk, or not at all.</summary>
    public static void WritePrivateFile(string path, string text)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, open))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path);
    }

    /// <summary>Lets other users walk through the folder, but not list it.</summary>
    public static void LetOthersPass(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | OthersPass);
    }

    public static bool IsPrivateFolder(string path) =>
        !OperatingSystem.IsWindows() && new DirectoryInfo(path) is { Exists: true, LinkTarget: null } && File.GetUnixFileMode(path) == Private;

    /// <summary>The number of the owner of a file or folder; null where it cannot be seen.</summary>
    public static async Task<int?> OwnerOfAsync(string path, CancellationToken cancel)
    {
        var list = await ChildCommand.RunAsync(["ls", "-ldn", path], cancel);
        var words = list.Output.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        return list.Succeeded && words.Length == 4 && int.TryParse(words[2], CultureInfo.InvariantCulture, out var owner) ? owner : null;
    }

    /// <summary>The name of a user, for a sentence.</summary>
    public static async Task<string> NameOfAsync(int user, CancellationToken cancel)
    {
        var name = await ChildCommand.RunAsync(["id", "-un", $"{user}"], cancel);
        return name.Succeeded ? name.Output : $"{user}";
    }

    /// <summary>
    /// The processes whose working folder this is: a postmaster and its children stand in their cluster's. Unlike a number in a
    /// file, it cannot be mistaken for another program. Null where the system does not show it.
    /// </summary>
    public static IReadOnlyList<int>? ProcessesIn(string folder)
    {
        if (WorkingFolder(Environment.ProcessId) is null) return null;
        var found = new List<int>();
        foreach (var path in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var process) && WorkingFolder(process) == folder) found.Add(process);
        return found;
    }

    /// <summary>Null where the system shows it not, or not to this user.</summary>
    public static string? WorkingFolder(int process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/cwd").LinkTarget;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
