using PhongTuyen.Kernel;

namespace PhongTuyen.People.Contract;

/// <summary>The refusal for whoever sees a person only because they once had to do with them.</summary>
public static class OnlySeen
{
    public static Problem Problem() => new("person.only-seen", 409, "This person is not with your unit any more: the record can be seen, not changed. Admit them again, or look the record up with number, birth and purpose.");
}
