using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Cases;

/// <summary>The list of cases as a file. Numbers of papers and telephones are not in it, as they are not on the page.</summary>
internal static class CaseColumns
{
    public static ListFile<CasesList.Row> File(Screen s, Func<AreaKeys, string?> place) => new ListFile<CasesList.Row>(s, s["cases.title"])
        .With("person.name", row => row.Sealed ? s["seal.hidden"] : row.Shown, 28).With("case.code", row => row.Code).With("person.sex", row => s.Word(row.Sex)).With("person.birth", row => row.Birth.ToString())
        .With("case.disease", row => s["disease." + row.Disease]).With("case.class", row => s.Word(row.Class)).With("stay.severity", row => s.Word((Severity)row.Severity)).With("case.outcome", row => s.Word(row.Outcome)).With("case.outcome-on", row => row.OutcomeOn)
        .With("case.reported", row => row.ReportedOn).With("case.onset", row => row.OnsetOn).With("cases.area", row => place(row.Area), 40).With("case.unit", row => row.UnitName, 32);
}
