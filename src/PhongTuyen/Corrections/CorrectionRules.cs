using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Corrections;

/// <summary>How urgent a request is.</summary>
public static class CorrectionRules
{
    /// <returns>With the reason, a sentence of the texts under <c>worklist.reason-</c> + it.</returns>
    public static (Urgency Urgency, string Reason) Urgency(CorrectionHaste haste, IEnumerable<CorrectedField> fields) => haste switch
    {
        CorrectionHaste.Treatment => (Worklists.Contract.Urgency.Urgent, "correction-treatment"),
        CorrectionHaste.Leaving => (Worklists.Contract.Urgency.Urgent, "correction-leaving"),
        // By a wrong number or birth somebody is taken for somebody else.
        _ when fields.Any(field => field is CorrectedField.Document or CorrectedField.Birth) => (Worklists.Contract.Urgency.Soon, "correction-identity"),
        _ => (Worklists.Contract.Urgency.Ordinary, "correction-ordinary"),
    };
}
