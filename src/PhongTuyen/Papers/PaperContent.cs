using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Papers;

/// <summary>What stands on a paper, as it was typed: texts, not yet facts. Whether they can be read is asked when it is typed, and again when it is taken (<see cref="PaperReader"/>).</summary>
public sealed record PaperContent
{
    [Most(Person.NameMost)]
    public string? Name { get; init; }
    [Most(20)]
    public string? Birth { get; init; }
    public Sex Sex { get; init; }
    /// <summary>Of an identity card, a passport or a health insurance card.</summary>
    [Most(60)]
    public string? Number { get; init; }
    [Most(40)]
    public string? Phone { get; init; }
    /// <summary>0: the text names no single area.</summary>
    public AreaId Area { get; init; }
    [Most(200)]
    public string? AreaText { get; init; }
    [Most(100)]
    public string? Hamlet { get; init; }
    [Most(PersonAddress.LineMost)]
    public string? Line { get; init; }
    /// <summary>When they came.</summary>
    [Most(20)]
    public string? Came { get; init; }
    /// <summary>Why they are in quarantine or in treatment.</summary>
    [Most(200)]
    public string? Reason { get; init; }
    /// <summary>What who typed it says to the unit.</summary>
    [Most(200)]
    public string? Note { get; init; }
    /// <summary>What the unit said when it sent it back.</summary>
    [Most(200)]
    public string? Returned { get; init; }

    /// <summary>Nothing of a person was typed.</summary>
    public bool Empty => new[] { Name, Birth, Number, Phone, AreaText, Hamlet, Line, Came, Reason }.All(text => VietnameseText.Clean(text) is null);
}
