using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Web.People;

/// <summary>Fills the form of a person from the record.</summary>
internal static class PersonForms
{
    public static PersonFields Of(PersonView.Full full, AreaStore areas, Language language)
    {
        var person = full.Person;
        var form = new PersonFields
        {
            Name = person.Name, Code = person.Code, Birth = person.BirthDate.ToString(), Sex = person.Sex, Nationality = Countries.Name(person.Nationality, language),
            Occupation = person.Occupation, Pregnant = person.Pregnant, PregnancyWeeks = person.PregnancyWeeks, HouseholdHead = person.HouseholdHead, Documents = [new()], Phones = [new()],
        };
        foreach (var address in full.Addresses)
            if (form.Addresses.Find(field => field.Kind == address.Kind) is { } field) Fill(field, address, areas);
        return form;
    }

    public static void Fill(PersonFields.AddressField field, PersonView.AddressPart address, AreaStore areas)
    {
        (field.Hamlet, field.Line) = (address.Hamlet, address.Line);
        if (!address.Area.Known) return;
        field.Area = address.Area.Commune.Value != 0 ? address.Area.Commune : address.Area.District.Value != 0 ? address.Area.District : address.Area.Province;
        field.AreaText = areas.Book.Path(field.Area);
    }
}
