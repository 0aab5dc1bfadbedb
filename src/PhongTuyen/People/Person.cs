using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>A person (người được quản lý). Who may see them is said by their ties (<see cref="PersonTie"/>), not here.</summary>
public sealed class Person
{
    public const int NameMost = 100;

    public PersonId Id { get; init; }
    /// <summary>As on the paper; null where only a patient code is known.</summary>
    public string? Name { get; private set; }
    public string? Code { get; private set; }
    /// <summary>Folded words of name and code, each once; behind them all of them in their order, with a space before.</summary>
    public string[] NameTokens { get; private set; } = [];
    public byte[] NameKey { get; private set; } = [];
    public DateOnly? Birth { get; private set; }
    public BirthPrecision BirthPrecision { get; private set; }
    public Sex Sex { get; set; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Nationality { get; set; }
    public string? Occupation { get; set; }
    public Pregnancy Pregnant { get; set; }
    /// <summary>1 to 45.</summary>
    public short? PregnancyWeeks { get; set; }
    /// <summary>Chronic diseases; sealed free text.</summary>
    public byte[]? Chronic { get; set; }
    public Guid? HouseholdId { get; set; }
    public bool HouseholdHead { get; set; }
    /// <summary>The record that stands for the person, where two were merged and this is not the one.</summary>
    public PersonId? SameAs { get; private set; }
    /// <summary>Other records are the same person as this one, which stands for them.</summary>
    public bool Joined { get; private set; }
    public ImportId? ImportId { get; init; }
    public UnitId EnteredUnit { get; init; }
    public AccountId EnteredBy { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public int Version { get; set; } = 1;

    /// <summary>What a list shows: the name, else the code.</summary>
    public string Shown => Name ?? Code ?? "?";

    public BirthDate BirthDate
    {
        get => new(Birth, BirthPrecision);
        set => (Birth, BirthPrecision) = (value.From, value.From is null ? BirthPrecision.Unknown : value.Precision);
    }

    /// <param name="name">Cleaned; null where only a code is known.</param>
    public void Call(string? name, string? code)
    {
        (Name, Code) = (name, code);
        (NameTokens, NameKey) = SearchKeys(name, code);
    }

    /// <summary>A number, a telephone or an address is a part of the person: who changes one raises the version of the whole.</summary>
    internal void Touch(Db db) => db.Entry(this).Property(person => person.Version).IsModified = true;

    /// <summary>Words to be found by, and the key to be sorted by.</summary>
    public static (string[] Tokens, byte[] Key) SearchKeys(string? name, string? code)
    {
        var words = VietnameseText.Tokens($"{name} {code}");
        return ([.. words, InOrder(words)], VietnameseText.NameSortKey(name ?? code ?? ""));
    }

    /// <summary>" nguyen van tung": no single word begins with a space.</summary>
    internal static string InOrder(IEnumerable<string> words) => " " + string.Join(' ', words);

    private sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("person");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Ignore(p => p.BirthDate);
            builder.Ignore(p => p.Shown);
            builder.Property(p => p.Version).IsConcurrencyToken();
        }
    }
}
