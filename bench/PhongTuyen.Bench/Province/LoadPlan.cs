using System.Globalization;
using System.Security.Cryptography;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Province;

/// <summary>How big the generated province is.</summary>
public sealed record LoadPlan(int Persons, int Facilities, int Stays)
{
    /// <summary>Raised when the generator makes something else of the same numbers.</summary>
    private const int Edition = 6;

    public static readonly LoadPlan Small = new(100_000, 500, 200_000);
    public static readonly LoadPlan Big = new(1_000_000, 500, 200_000);

    /// <summary>Requests to correct a record that nobody has decided yet: a normal day's.</summary>
    public int Corrections { get; init; } = 350_000;

    /// <summary>Of a copy that a measurement uses up; null: the kept one.</summary>
    public string? Copy { get; init; }

    public string Folder => Path.Combine(BenchHome.Data, Copy ?? Persons.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a kept cluster must have been made of to be used again: these numbers, this generator, this schema.</summary>
    public string Mark => $"{Persons}/{Facilities}/{Stays}/{Corrections} edition {Edition} schema {Convert.ToHexStringLower(SHA256.HashData([.. Migrations.All.SelectMany(step => step.Hash)]))[..12]}";

    public string MarkFile => Folder + ".made";

    public bool IsLoaded => File.Exists(MarkFile) && File.ReadAllText(MarkFile).Trim() == Mark;
}
