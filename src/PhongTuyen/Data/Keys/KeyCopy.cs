namespace PhongTuyen.Data.Keys;

/// <summary>Whether the key file was copied elsewhere. A mark beside it says when; until then the program reminds.</summary>
public static class KeyCopy
{
    private const string Mark = "copied";

    /// <summary>The folder of the key file: as set, else beside the data.</summary>
    public static string Folder(DatabaseSettings settings) =>
        settings.KeyFolder.Length > 0 ? settings.KeyFolder : Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.Folder)) + "-keys";

    /// <summary>When it was last marked as copied; null: never.</summary>
    public static DateTimeOffset? At(DatabaseSettings settings) =>
        new FileInfo(Path.Combine(Folder(settings), Mark)) is { Exists: true } mark ? new DateTimeOffset(mark.LastWriteTimeUtc, TimeSpan.Zero) : null;

    /// <summary>The operator says that a copy lies elsewhere.</summary>
    public static void MarkAsCopied(DatabaseSettings settings) => File.WriteAllText(Path.Combine(Folder(settings), Mark), "");

    /// <summary>Where a key lies that is out of use: for backups from before.</summary>
    public static string RetiredFile(DatabaseSettings settings, int key) => KeyFile.RetiredFile(Folder(settings), key);

    /// <summary>There is a key that no copy has.</summary>
    internal static void Unmark(DatabaseSettings settings) => File.Delete(Path.Combine(Folder(settings), Mark));
}
