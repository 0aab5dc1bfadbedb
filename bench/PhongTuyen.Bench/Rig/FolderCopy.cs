using System.Diagnostics;
using PhongTuyen.Bench.Province;

namespace PhongTuyen.Bench.Rig;

/// <summary>A loaded province, for a measurement that uses it up.</summary>
internal static class FolderCopy
{
    public static async Task<LoadPlan> OfAsync(LoadPlan source, string name, CancellationToken ct)
    {
        await ProvinceLoader.EnsureAsync(source, ct);
        var copy = source with { Copy = name };
        foreach (var (from, to) in new[] { (source.Folder, copy.Folder), (source.Folder + "-keys", copy.Folder + "-keys") }) await MakeAsync(from, to, ct);
        File.Copy(source.MarkFile, copy.MarkFile, overwrite: true);
        return copy;
    }

    private static async Task MakeAsync(string from, string to, CancellationToken ct)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        using var process = Process.Start(new ProcessStartInfo("cp") { ArgumentList = { "-a", from, to } })!;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new IOException($"{from} could not be copied.");
    }
}
