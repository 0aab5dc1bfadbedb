using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>A person was recorded for the first time.</summary>
public sealed record PersonEntered(PersonId Person, bool NumberAlsoOfAnother) : IEvent
{
    public static string Act => "person.entered";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
}

/// <summary>What is known of a person was corrected or added to.</summary>
public sealed record PersonCorrected(PersonId Person) : IEvent
{
    public static string Act => "person.corrected";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
}

/// <summary>These persons live in another household from now on, or in none.</summary>
public sealed record HouseholdsChanged(IReadOnlyList<PersonId> Persons) : IEvent
{
    public static string Act => "person.household-changed";
    public (string, string) Subject => ("person", Persons[0].ToString());
}

/// <summary>One person's page was opened.</summary>
public sealed record PersonSeen(PersonId Person) : ISight
{
    public static string Act => "person.seen";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
    public bool Opens => true;
}

/// <summary>Somebody read who looked at a person.</summary>
public sealed record LooksSeen(PersonId Person) : ISight
{
    public static string Act => "person.looks-seen";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
    public bool Opens => true;
}

/// <summary>A list with these persons was shown.</summary>
public sealed record PersonsListed(IReadOnlyList<PersonId> Persons, string List) : ISight
{
    public static string Act => "person.listed";
    public (string, string) Subject => ("list", List);
    public bool Opens => false;
}

/// <summary>A list was taken out of the program as a file, with these persons in it, for the purpose that the audit row names.</summary>
/// <param name="Request">That a second officer allowed, where there are more than one may take alone.</param>
public sealed record ListTaken(IReadOnlyList<PersonId> Persons, string List, int Rows, Guid? Request = null) : ISight
{
    public static string Act => "list.taken";
    public (string, string) Subject => ("list", List);
    public bool Opens => false;
}

/// <summary>A second officer was asked to let a list be taken out, for the purpose that the audit row names.</summary>
public sealed record ListAsked(Guid Request, string List, int Rows) : IEvent
{
    public static string Act => "list.asked";
    public (string, string) Subject => ("list-request", Request.ToString());
    public IReadOnlyList<PersonId> Persons => [];
}

/// <summary>A second officer let a list be taken out, or refused it.</summary>
public sealed record ListDecided(Guid Request, bool Allowed) : IEvent
{
    public static string Act => "list.decided";
    public (string, string) Subject => ("list-request", Request.ToString());
    public IReadOnlyList<PersonId> Persons => [];
}

/// <summary>A search was made; these persons were found.</summary>
public sealed record PersonsSearched(IReadOnlyList<PersonId> Persons, bool ByNumber) : ISight
{
    public static string Act => "person.searched";
    public (string, string) Subject => ("list", "search");
    public bool Opens => false;
}

/// <summary>Sealed numbers of a person were shown in full, for the purpose that the audit row names.</summary>
public sealed record PersonUnmasked(PersonId Person, UnmaskedField Field) : ISight
{
    public static string Act => "person.unmasked";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
    public bool Opens => true;
}

public enum UnmaskedField
{
    Documents,
    Phones,
    Chronic,
}

/// <summary>A person of another area was looked up with number, birth and purpose.</summary>
public sealed record PersonLookedUp(PersonId Person) : IEvent
{
    public static string Act => "person.looked-up";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
}

/// <summary>A person of another area was opened in an emergency, for the reason that the audit row names.</summary>
/// <param name="EndsAt">Until then the asking unit sees the person.</param>
public sealed record PersonOpened(PersonId Person, Guid Opening, DateTimeOffset EndsAt, DateTimeOffset ReviewBy) : IEvent
{
    public static string Act => "person.opened";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
}

/// <summary>Somebody asks to open a sealed record in an emergency, for the reason that the audit row names; a second officer decides.</summary>
public sealed record OpeningAsked(PersonId Person, Guid Opening, DateTimeOffset ReviewBy) : IEvent
{
    public static string Act => "person.opening-asked";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("person", Person.ToString());
}

/// <summary>A second officer let a sealed record be opened.</summary>
public sealed record OpeningLet(Guid Opening, DateTimeOffset EndsAt) : IEvent
{
    public static string Act => "person.opening-let";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("opening", Opening.ToString());
}

/// <summary>An opening in an emergency was reviewed; what was noted stands in the audit row.</summary>
public sealed record OpeningReviewed(Guid Opening, bool Justified) : IEvent
{
    public static string Act => "person.opening-reviewed";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("opening", Opening.ToString());
}

/// <summary>Something was asked for that is not there or not within the asker's area; which of the two is not found out.</summary>
public sealed record AskedNotShown(string Kind, string Id) : IEvent
{
    public static string Act => "asked.not-shown";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => (Kind, Id);
}

/// <summary>A finding was mended or accepted as it is.</summary>
public sealed record FindingClosed(PersonId Person, Guid Finding, FindingState State) : IEvent
{
    public static string Act => "finding.closed";
    public IReadOnlyList<PersonId> Persons => [Person];
    public (string, string) Subject => ("finding", Finding.ToString());
}

/// <summary>A record was shared with another unit, for the purpose that the audit row names; or is for longer.</summary>
public sealed record PersonShared(PersonId Person, Guid Share, UnitId With, DateTimeOffset EndsAt) : IEvent
{
    public static string Act => "person.shared";
    public (string, string) Subject => ("person", Person.ToString());
    public IReadOnlyList<PersonId> Persons => [Person];
}

/// <summary>One finding was shared with another unit, for the purpose that the audit row names; or is for longer.</summary>
public sealed record FindingShared(PersonId Person, Guid Finding, Guid Share, UnitId With, DateTimeOffset EndsAt) : IEvent
{
    public static string Act => "finding.shared";
    public (string, string) Subject => ("finding", Finding.ToString());
    public IReadOnlyList<PersonId> Persons => [Person];
}

/// <summary>What was shared is so no longer, before its time: ended by who shared it, or given back.</summary>
public sealed record ShareEnded(PersonId Person, Guid Share, bool Returned) : IEvent
{
    public static string Act => "share.ended";
    public (string, string) Subject => ("share", Share.ToString());
    public IReadOnlyList<PersonId> Persons => [Person];
}

/// <summary>The unit that a finding is shared with answered; what it says stands in the audit row, too.</summary>
public sealed record SharedFindingAnswered(PersonId Person, Guid Share) : IEvent
{
    public static string Act => "share.answered";
    public (string, string) Subject => ("share", Share.ToString());
    public IReadOnlyList<PersonId> Persons => [Person];
}

/// <summary>A record was sealed, for the reason that the audit row names.</summary>
public sealed record PersonSealed(PersonId Person, Guid Seal) : IEvent
{
    public static string Act => "person.sealed";
    public (string, string) Subject => ("person", Person.ToString());
    public IReadOnlyList<PersonId> Persons => [Person];
}

/// <summary>Somebody was named for a sealed record, or is not any more.</summary>
public sealed record SealKeyChanged(PersonId Person, AccountId Account, bool Given) : IEvent
{
    public static string Act => "person.seal-key";
    public (string, string) Subject => ("person", Person.ToString());
    public IReadOnlyList<PersonId> Persons => [Person];
}

/// <summary>A record is sealed no longer.</summary>
public sealed record PersonUnsealed(PersonId Person, Guid Seal) : IEvent
{
    public static string Act => "person.unsealed";
    public (string, string) Subject => ("person", Person.ToString());
    public IReadOnlyList<PersonId> Persons => [Person];
}

/// <summary>Rows of a list met numbers that are recorded elsewhere: as many look-ups as rows.</summary>
public sealed record NumbersMetElsewhere(ImportId Import, int Rows) : IEvent
{
    public static string Act => "person.met-elsewhere";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("import", Import.ToString());
}
