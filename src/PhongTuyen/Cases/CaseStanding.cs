using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

/// <summary>Which case persons have now: the last of each disease that was not discarded.</summary>
public sealed class CaseStanding : IPersonStanding
{
    public int Order => 20;

    public IReadOnlyList<PersonStanding> Ask(Questions questions, IReadOnlyList<PersonId> persons) => questions.Ask("""
        SELECT DISTINCT ON (person_id, disease) person_id, id, disease, classification, outcome, coalesce(code, '') FROM pt.case_record
        WHERE person_id = ANY ($1) AND classification <> 4 ORDER BY person_id, disease, listed_on DESC, id DESC
        """, r =>
    {
        var (of, outcome) = ((CaseClass)r.GetInt16(3), (CaseOutcome)r.GetInt16(4));
        var tone = outcome switch { CaseOutcome.Recovered => Tone.Ok, CaseOutcome.Died => Tone.Info, _ => of == CaseClass.Confirmed ? Tone.Urgent : Tone.Watch };
        return new PersonStanding(new PersonId(r.GetGuid(0)), outcome is CaseOutcome.Unknown or CaseOutcome.Other ? "case" : "case-outcome", tone, "case", r.GetGuid(1),
            [("disease", new TextKey("disease." + r.GetString(2))), ("class", of), ("outcome", outcome), ("code", r.GetString(5))]);
    }, persons.Select(person => person.Value).ToArray());
}
