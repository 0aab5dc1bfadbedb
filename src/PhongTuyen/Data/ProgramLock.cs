using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// Who owns the cluster of a data folder: the program that holds <c>program.lock</c>. The system lets go of it when the program ends,
/// however it ends, so that it is never stale.
/// </summary>
internal static class ProgramLock
{
    /// <summary>Waits a little for a program that is just ending.</summary>
    /// <returns>Dispose it to let go. <see cref="Problems.InUse"/>, <see cref="Problems.ForeignOwner"/>.</returns>
    public static async Task<Outcome<FileStream>> TakeAsync(ClusterFolder folder, TimeSpan patience, TimeProvider clock, CancellationToken cancel)
    {
        for (var since = clock.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancel))
        {
            try
            {
                return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException)
            {
                return await ClusterFolder.ForeignAsync(folder.Data, await Unix.OwnerOfAsync(folder.Lock, cancel), cancel);
            }
            catch (IOException)
            {
                if (clock.GetElapsedTime(since) >= patience) return Problems.InUse(folder.Data);
            }
        }
    }
}
