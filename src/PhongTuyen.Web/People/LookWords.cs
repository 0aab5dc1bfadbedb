using PhongTuyen.People;

namespace PhongTuyen.Web.People;

/// <summary>What somebody saw of a person, in words.</summary>
public static class LookWords
{
    public static string Sentence(Screen s, WhoLooked.Look look)
    {
        var words = Of(s, look);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    public static string Of(Screen s, WhoLooked.Look look) => look is { Emergency: true, Act: not "person.opened" } ? s.Say("look.emergency", ("what", Plain(s, look))) : Plain(s, look);

    private static string Plain(Screen s, WhoLooked.Look look) => look switch
    {
        { Field: { } field } => s.Say("look.person.unmasked-field", ("field", s.Word(field))),
        { Act: "person.listed" } => s.Say("look.person.listed", ("list", s["looked-list." + look.List])),
        { Act: "list.taken" } => s.Say("look.list.taken", ("list", s["looked-list." + look.List])),
        _ => s["look." + look.Act],
    };
}
