namespace PhongTuyen.Data;

/// <summary>How an embedded cluster is made and run. The defaults suit a laptop.</summary>
public sealed record ClusterOptions
{
    /// <summary>The folder with <c>postgres</c> and <c>initdb</c>. Null: the one from npm, else the system's newest.</summary>
    public string? Binaries { get; init; }

    /// <summary>
    /// Settings of <c>postgresql.conf</c> that go over those of <see cref="ServerSettings"/>. The three of
    /// <see cref="DatabaseSafety.Settings"/> are refused here.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How long to wait for a program or a cluster that is just stopping on the same folder.</summary>
    public TimeSpan WaitForOthers { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A cluster that LOSES acknowledged data in a power cut and is not checked for it: fsync, full_page_writes and
    /// synchronous_commit are off. Only for data that a test throws away. No command line or setting leads here.
    /// </summary>
    public bool UnsafeForTests { get; init; }

    /// <summary>As if the system forbade user namespaces, so that a test can walk the other way.</summary>
    internal bool WithoutUserNamespace { get; init; }
}
