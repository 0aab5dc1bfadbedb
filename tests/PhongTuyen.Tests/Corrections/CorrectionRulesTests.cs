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

    [Fact]
    public void A_file_is_what_its_bytes_say_and_a_cut_one_is_none()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[20]];
        CorrectionRules.KindOf(Requests.Picture).ShouldBe(EvidenceKind.Jpeg);
        CorrectionRules.KindOf(png).ShouldBe(EvidenceKind.Png);
        CorrectionRules.KindOf([.. "%PDF-1.7\n"u8, .. new byte[3000], .. "\n%%EOF\n"u8]).ShouldBe(EvidenceKind.Pdf);
        foreach (var none in new byte[][] { [], [0xFF], "%PDF-1.7\n"u8.ToArray(), Requests.Picture[..^2], png[..15], "<svg onload=alert(1)>"u8.ToArray(), "MZ"u8.ToArray(), "GIF89a"u8.ToArray() }) CorrectionRules.KindOf(none).ShouldBeNull();
    }
}
