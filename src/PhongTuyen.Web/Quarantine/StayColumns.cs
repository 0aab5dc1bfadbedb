using PhongTuyen.Quarantine;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine;

/// <summary>The list of stays as a file. Numbers of papers and telephones are not in it, as they are not on the page.</summary>
internal static class StayColumns
{
    public static ListFile<StaysList.Row> File(Screen s) => new ListFile<StaysList.Row>(s, s["stays.title"])
        .With("person.name", row => row.Sealed ? s["seal.hidden"] : row.Shown, 28).With("person.sex", row => s.Word(row.Sex)).With("person.birth", row => row.Birth.ToString())
        .With("stay.state", row => row.EndedAs is { } end ? s.Word(end) : s.Word(row.State)).With("stay.class", row => s.Word(row.Class)).With("stay.tier", row => row.Tier > 0 ? row.Tier : default(int?)).With("stay.severity", row => s.Word(row.Severity))
        .With("stay.positive", row => s[row.Positive ? "form.yes" : "form.no"]).With("stay.reason", row => s.Word(row.Reason), 24).With("stay.place", row => s.Word(row.Place)).With("stay.where", row => row.UnitName, 32).With("stay.bed", row => row.Bed, 20)
        .With("stay.expected", row => row.ExpectedAt).With("stay.arrived", row => row.ArrivedAt).With("stay.planned-end", row => row.PlannedEnd).With("stay.ended", row => row.EndedAt);
}
