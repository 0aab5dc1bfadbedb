using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

public enum ImportState
{
    /// <summary>Columns are being matched.</summary>
    Mapping = 0,
    /// <summary>Checked: every problem of every row is known.</summary>
    Checked = 1,
    Committing = 2,
    Done = 3,
    /// <summary>A large one is being taken back in the background.</summary>
    Undoing = 4,
    Undone = 5,
    Failed = 6,
    /// <summary>A large file is being checked in the background.</summary>
    Checking = 7,
}

/// <summary>One file on its way from upload to undo. Read = accepted + duplicate + rejected, always.</summary>
public sealed class ImportRun : IScoped
{
    public ImportId Id { get; init; }
    public UnitId UnitId { get; init; }
    public AreaId ProvinceId { get; init; }
    public AreaId DistrictId { get; init; }
    public AreaId CommuneId { get; init; }
    public AccountId AccountId { get; init; }
    public required string FileName { get; init; }
    public byte[] Fingerprint { get; init; } = [];
    public string[] Headers { get; set; } = [];
    /// <summary>JSON of <see cref="Imports.Mapping"/>.</summary>
    public required string Mapping { get; set; }
    public string? Profile { get; set; }
    /// <summary>JSON of <see cref="FileReading"/>.</summary>
    public string Reading { get; set; } = "{}";
    public ImportState State { get; set; }
    public int Read { get; set; }
    public int Accepted { get; set; }
    public int Duplicate { get; set; }
    public int Rejected { get; set; }
    public int Findings { get; set; }
    /// <summary>JSON: kind of finding → how many.</summary>
    public string FindingKinds { get; set; } = "{}";
    /// <summary>Rows worked on so far, while committing.</summary>
    public int Progress { get; set; }
    /// <summary>The last row whose person was compared with the others since it was taken in. Written by a statement of its own.</summary>
    public int Followed { get; private set; }
    /// <summary>Rows taken back so far, while undoing.</summary>
    public int TakenBack { get; internal set; }
    /// <summary>JSON: what stood in the way when it was to be undone in the background.</summary>
    public string Later { get; private set; } = "[]";
    /// <summary>JSON: every problem of every row, the same ones together; and the words that are no answer of their field.</summary>
    public string Faults { get; private set; } = "[]";
    public string UnknownWords { get; private set; } = "[]";
    /// <summary>Rows that were taken in and about whose person something has to be looked at.</summary>
    public int FindingRows { get; private set; }
    public string? Fault { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
    public AccountId? UndoneBy { get; set; }
    public string? UndoneWhy { get; set; }
    public int Version { get; set; } = 1;

    public AreaKeys Area => new(ProvinceId, DistrictId, CommuneId);

    /// <summary>Nothing of it is taken in yet and nobody works on it.</summary>
    public bool MayBeMapped => State is ImportState.Mapping or ImportState.Checked || State == ImportState.Failed && StartedAt is null;

    /// <summary>It stopped halfway: the rows that are left can still be taken in.</summary>
    public bool MayGoOn => State == ImportState.Failed && StartedAt is not null;

    /// <summary>What was made of the texts of the file.</summary>
    public FileReading ReadAs => JsonSerializer.Deserialize<FileReading>(Reading)!;

    public IReadOnlyDictionary<string, int> FindingsByKind => JsonSerializer.Deserialize<SortedDictionary<string, int>>(FindingKinds)!;

    /// <summary>What stood in the way.</summary>
    public IReadOnlyList<Later> InTheWay => JsonSerializer.Deserialize<List<Later>>(Later)!;

    internal void Found(IReadOnlyDictionary<string, int> kinds) => (Findings, FindingKinds) = (kinds.Values.Sum(), JsonSerializer.Serialize(kinds));

    private sealed class Mapper : IEntityTypeConfiguration<ImportRun>
    {
        public void Configure(EntityTypeBuilder<ImportRun> builder)
        {
            builder.ToTable("import_run");
            builder.Property(i => i.Id).ValueGeneratedNever();
            builder.Ignore(i => i.Area);
            builder.Ignore(i => i.FindingsByKind);
            builder.Ignore(i => i.ReadAs);
            builder.Ignore(i => i.InTheWay);
            builder.Ignore(i => i.MayBeMapped);
            builder.Ignore(i => i.MayGoOn);
            builder.Property(i => i.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>A file was read in for import.</summary>
public sealed record ImportUploaded(ImportId Import, int Rows) : IEvent
{
    public static string Act => "import.uploaded";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("import", Import.ToString());
}

/// <summary>A batch of rows was taken in: one audit row with all its persons.</summary>
public sealed record ImportCommitted(ImportId Import, int Rows, IReadOnlyList<PersonId> Persons) : IEvent
{
    public static string Act => "import.committed";
    public (string, string) Subject => ("import", Import.ToString());
}

/// <summary>A file that was read in was thrown away before anything of it was taken in.</summary>
public sealed record ImportDiscarded(ImportId Import, int Rows) : IEvent
{
    public static string Act => "import.discarded";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("import", Import.ToString());
}

/// <summary>A large import is to be undone in the background.</summary>
public sealed record ImportUndoAsked(ImportId Import, int Rows) : IEvent
{
    public static string Act => "import.undo-asked";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("import", Import.ToString());
}

/// <summary>Rows of an import were shown: they name persons, some of whom are not recorded.</summary>
public sealed record ImportRowsSeen(ImportId Import, RowsOf What, int Rows, IReadOnlyList<PersonId> Persons) : ISight
{
    public static string Act => "import.rows-seen";
    public (string, string) Subject => ("import", Import.ToString());
    public bool Opens => false;
}

/// <summary>Rows of an import were taken away as a file. Who is in it, and what it is for, says <c>list.taken</c> of the same act.</summary>
public sealed record ImportRowsTaken(ImportId Import, RowsOf What, int Rows) : IEvent
{
    public static string Act => "import.rows-taken";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("import", Import.ToString());
}
