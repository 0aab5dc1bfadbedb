using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>A commune wrote down a hamlet.</summary>
public sealed record HamletAdded(int Hamlet, AreaId Commune, HamletKind Kind) : IEvent
{
    public static string Act => "hamlet.added";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("hamlet", new AreaId(Hamlet).ToString());
}

/// <summary>A hamlet's name, kind or number of households was changed, or it ended or was taken up again.</summary>
public sealed record HamletChanged(int Hamlet, AreaId Commune, bool Ended) : IEvent
{
    public static string Act => "hamlet.changed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("hamlet", new AreaId(Hamlet).ToString());
}

/// <summary>A person decided about a row of the list of links that contradicts the lists of units.</summary>
/// <param name="Into">What the old units went into; null where the row was set aside.</param>
public sealed record AreaLinkSettled(int Finding, AreaId? Into) : IEvent
{
    public static string Act => "area.link-settled";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("area-link", new AreaId(Finding).ToString());
}
