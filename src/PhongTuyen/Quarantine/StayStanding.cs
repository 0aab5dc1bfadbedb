using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Where persons are expected, stay or are on the way now.</summary>
public sealed class StayStanding : IPersonStanding
{
    public int Order => 10;

    public IReadOnlyList<PersonStanding> Ask(Questions questions, IReadOnlyList<PersonId> persons) => questions.Ask("""
        SELECT s.person_id, s.id, s.state, s.class, s.place, u.name, s.planned_end FROM pt.quarantine_stay s JOIN pt.unit u ON u.id = s.unit_id
        WHERE s.person_id = ANY ($1) AND s.state IN (1, 2, 3, 4) ORDER BY s.person_id, s.state DESC, s.listed_at
        """, r =>
    {
        var (state, place) = ((StayState)r.GetInt16(2), (StayPlace)r.GetInt16(4));
        return new PersonStanding(new PersonId(r.GetGuid(0)), place == StayPlace.Facility ? "stay" : "stay-home", state switch { StayState.Absent => Tone.Urgent, StayState.OnTheWay => Tone.Watch, _ => Tone.Info }, "stay", r.GetGuid(1),
            [("state", state), ("class", (StayClass)r.GetInt16(3)), ("place", place), ("unit", r.GetString(5)), ("end", r.Maybe<DateOnly>(6))]);
    }, persons.Select(person => person.Value).ToArray());
}
