using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>Where the data lies.</summary>
public sealed record DatabaseSettings : ISettings
{
    public static string Section => "Database";

    /// <summary>Folder of everything that this installation keeps: the embedded cluster, its secrets, logs, audit seals. Made at the first start.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>Folder of the key file. Empty: beside the data folder, with its name and "-keys". It belongs into another backup than the data.</summary>
    public string KeyFolder { get; set; } = "";

    /// <summary>Connection string of a PostgreSQL server (15 or later) and a role that may create roles; empty: the embedded PostgreSQL.</summary>
    public string Server { get; set; } = "";

    /// <summary>Connection string for the role pt_app, where the administrator of the server made the roles; empty: made and known by the program.</summary>
    public string App { get; set; } = "";

    /// <summary>Connection string for the role pt_jobs; goes together with App.</summary>
    public string Jobs { get; set; } = "";

    /// <summary>Folder with the programs initdb and postgres for the embedded cluster; empty: found beside the program or on the system.</summary>
    public string Binaries { get; set; } = "";

    /// <summary>Most connections that pages may hold at once; about six for each processor of the database. More make every page wait for all others. 4 to 200.</summary>
    public int Connections { get; set; } = 12;

    /// <summary>Longest time in seconds that one statement of a page may take. 1 to 600.</summary>
    public int StatementSeconds { get; set; } = 30;

    /// <summary>How often in seconds a running program looks whether the keys in use have changed. 1 to 60.</summary>
    public int KeySeconds { get; set; } = 1;

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Folder)) yield return "Database:Folder must name a folder.";
        if (Connections is < 4 or > 200) yield return $"Database:Connections must be 4 to 200, not {Connections}.";
        if (StatementSeconds is < 1 or > 600) yield return $"Database:StatementSeconds must be 1 to 600, not {StatementSeconds}.";
        if (KeySeconds is < 1 or > 60) yield return $"Database:KeySeconds must be 1 to 60, not {KeySeconds}.";
        if (string.IsNullOrEmpty(App) != string.IsNullOrEmpty(Jobs)) yield return "Database:App and Database:Jobs go together.";
        if (!string.IsNullOrEmpty(App) && string.IsNullOrEmpty(Server)) yield return "Database:App needs Database:Server.";
    }
}
