using PhongTuyen.Corrections;
using PhongTuyen.Worklists.Contract;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Corrections;

public sealed class CorrectionRulesTests
{
    [Theory]
    [InlineData(CorrectionHaste.None, CorrectedField.Name, Urgency.Ordinary)]
    [InlineData(CorrectionHaste.None, CorrectedField.Document, Urgency.Soon)]
    [InlineData(CorrectionHaste.None, CorrectedField.Birth, Urgency.Soon)]
    [InlineData(CorrectionHaste.Leaving, CorrectedField.Name, Urgency.Urgent)]
    [InlineData(CorrectionHaste.Treatment, CorrectedField.Phone, Urgency.Urgent)]
    public void What_confuses_persons_comes_before_what_does_not_and_what_cannot_wait_before_both(CorrectionHaste haste, CorrectedField field, Urgency urgency) => CorrectionRules.Urgency(haste, [CorrectedField.Sex, field]).Urgency.ShouldBe(urgency);
}
