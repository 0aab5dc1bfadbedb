using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Web.People;

/// <summary>One of two records that are looked at beside each other.</summary>
/// <param name="Other">What the other says, for what differs.</param>
public sealed record RecordSide(PersonView.Full Full, PersonView.Full Other, IReadOnlyList<PersonStanding> Standings, IReadOnlyList<TimelineEntry> Entries)
{
    public const int EntriesMost = 12;

    public bool Differs(string field) => field switch
    {
        "birth" => Full.Person.BirthDate != Other.Person.BirthDate,
        "sex" => Full.Person.Sex != Other.Person.Sex,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}

/// <summary>Reads two persons, each with the whole course, to be compared.</summary>
public sealed class RecordSides(Db db, PersonView view, PersonHeads heads, IEnumerable<ITimelinePart> parts)
{
    /// <param name="oneOnly">The records that the one is made of; null: all that are this person.</param>
    /// <returns>Null where the visitor does not see both.</returns>
    public async Task<(RecordSide One, RecordSide Other)?> OfAsync(PersonId one, PersonId other, CancellationToken ct, IReadOnlyList<PersonId>? oneOnly = null, IReadOnlyList<PersonId>? otherOnly = null)
    {
        var questions = new Questions(db.Connection);
        if (await view.AskAsync(questions, one, ct, oneOnly) is not { } first || await view.AskAsync(questions, other, ct, otherOnly) is not { } second) return null;
        var (firstMore, secondMore) = (Ask(questions, first.Records), Ask(questions, second.Records));
        await questions.AnswerAsync(ct);
        var (full, full2) = (first.Answer(), second.Answer());
        return (Side(full, full2, firstMore), Side(full2, full, secondMore));
    }

    private Func<(IEnumerable<PersonStanding>, IEnumerable<TimelineEntry>)> Ask(Questions questions, IReadOnlyList<PersonId> records)
    {
        var (standings, entries) = (heads.AskStandings(questions, records), parts.Select(part => part.Ask(questions, records)).ToList());
        return () => (standings(), entries.SelectMany(part => part()));
    }

    private static RecordSide Side(PersonView.Full full, PersonView.Full other, Func<(IEnumerable<PersonStanding> Standings, IEnumerable<TimelineEntry> Entries)> more)
    {
        var (standings, entries) = more();
        return new RecordSide(full, other, [.. standings], [.. entries.OrderByDescending(entry => entry.At)]);
    }
}
