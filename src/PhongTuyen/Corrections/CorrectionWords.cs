using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Corrections;

/// <summary>Fields and their values in the words of the screens; numbers masked.</summary>
public sealed class CorrectionWords(AreaStore areas, Words words)
{
    /// <summary>"Họ và tên: Nguyễn Văn A → Nguyễn Văn Á".</summary>
    public string Line(FieldCorrection field, Language language) =>
        field.Field == CorrectedField.Other ? $"{Name(field.Field, language)}: {field.Line}" : $"{Name(field.Field, language)}: {Show(field.Field, field.Before, language)} → {Show(field.Field, field.After, language)}";

    public string Name(CorrectedField field, Language language) => words.Say(language, $"word.CorrectedField.{field}");

    public string Show(CorrectedField field, string? value, Language language) => value is null ? words.Say(language, "correction.nothing") : field switch
    {
        CorrectedField.Birth => PersonNow.Birth(value).ToString(),
        CorrectedField.Sex => words.Say(language, $"word.Sex.{PersonNow.Sex(value)}"),
        CorrectedField.Nationality => Countries.Name(value, language),
        CorrectedField.Document => $"{words.Say(language, $"word.DocumentKind.{(DocumentKind)PersonNow.Part(value).Kind}")} {DocumentRules.Mask(PersonNow.Part(value).Number)}",
        CorrectedField.Phone => $"{PhoneRules.Mask(PersonNow.Part(value).Number)} ({words.Say(language, $"word.PhoneOwner.{(PhoneOwner)PersonNow.Part(value).Kind}")})",
        CorrectedField.PermanentAddress or CorrectedField.TemporaryAddress or CorrectedField.PresentAddress => Address(value),
        _ => value,
    };

    private static AreaId Of(string text) => AreaId.TryParse(text, out var id) ? id : default;

    private string Address(string value)
    {
        if (value.Split('/', 5) is not [var province, var district, var commune, _, var line]) return value;
        var keys = new AreaKeys(Of(province), Of(district), Of(commune));
        return string.Join(", ", new[] { line, keys.Known ? areas.Book.Path(keys.Lowest()) : null }.Where(part => !string.IsNullOrEmpty(part)));
    }
}
