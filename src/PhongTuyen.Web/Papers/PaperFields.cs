using PhongTuyen.Areas;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.People.Contract;
using PhongTuyen.Web.Areas;
using PhongTuyen.Web.People;

namespace PhongTuyen.Web.Papers;

/// <summary>The form of a paper: its fields in the order in which papers have them, for who types and for who takes.</summary>
public sealed class PaperFields : IFromCard
{
    public string? Name { get; set; }
    public string? Birth { get; set; }
    public Sex Sex { get; set; }
    public string? Number { get; set; }
    public string? Phone { get; set; }
    public AreaId? Area { get; set; }
    public string? AreaText { get; set; }
    public string? Hamlet { get; set; }
    public string? Line { get; set; }
    /// <summary>The line holds the whole address of a card.</summary>
    public bool Whole { get; set; }
    public string? Came { get; set; }
    public string? Reason { get; set; }
    public string? Note { get; set; }
    /// <summary>It was looked at again: the paper says so.</summary>
    public bool AsOnPaper { get; set; }
    /// <summary>The press of the other button: it cannot be read.</summary>
    public bool Unclear { get; set; }
    /// <summary>The next paper begins with the place, day and reason of this one.</summary>
    public bool Keep { get; set; }
    /// <summary>The next paper is typed from the same file: there is somebody else on it.</summary>
    public bool SameFile { get; set; }
    public int BaseVersion { get; set; }

    public static PaperFields Of(PaperContent paper, int version) => new()
    {
        Name = paper.Name, Birth = paper.Birth, Sex = paper.Sex, Number = paper.Number, Phone = paper.Phone, Area = paper.Area.Value == 0 ? null : paper.Area, AreaText = paper.AreaText, Hamlet = paper.Hamlet, Line = paper.Line,
        Came = paper.Came, Reason = paper.Reason, Note = paper.Note, BaseVersion = version,
    };

    /// <summary>Puts in what a scanned card says; what it does not say stays as it was typed.</summary>
    public void Fill(ScannedCard card, AreaStore areas, DateOnly today)
    {
        Name = card.Name;
        if (card.Birth != BirthDate.Unknown) Birth = card.Birth.ToString();
        if (card.Male is not null) Sex = CardFill.SexOf(card);
        if (card.Number is { } number) Number = number;
        Phone ??= CardFill.PhoneOf(card);
        if (AreaText is null && Line is null) (Area, AreaText, Line) = CardFill.AddressOf(card.Address, areas, today);
    }

    public IEnumerable<string> Part(AreaStore areas, DateOnly today)
    {
        if (!Whole || AreaText is not null) yield break;
        (Area, AreaText, Line) = CardFill.AddressOf(Line, areas, today);
        Whole = false;
        yield return "";
    }

    /// <summary>What the next paper of a pile mostly has as well.</summary>
    public PaperFields Next() => Keep ? new() { Keep = true, SameFile = SameFile, Area = Area, AreaText = AreaText, Hamlet = Hamlet, Came = Came, Reason = Reason } : new() { SameFile = SameFile };

    /// <summary>As it is kept: the area by its number where the text names one, else the text alone.</summary>
    public PaperContent Read(AreaStore areas, DateOnly today)
    {
        var area = AreaPick.ReadOrNone(areas, Area, AreaText, today, "areaText");
        return new PaperContent
        {
            Name = Name, Birth = Birth, Sex = Sex, Number = Number, Phone = Phone, Area = area is { Done: true, Value: { } known } ? known : default, AreaText = AreaText, Hamlet = Hamlet, Line = Line, Came = Came, Reason = Reason, Note = Note,
        };
    }
}

/// <summary>A page with the form of a paper.</summary>
public interface IPaperForm
{
    PaperFields Form { get; }

    /// <summary>Something was found at the paper that may well stand there.</summary>
    bool Doubtful { get; }

    /// <summary>Who types says something to the unit; the unit itself does not.</summary>
    bool Typing { get; }

    /// <summary>It is typed from a file that may hold several papers.</summary>
    bool FromFile => false;
}
