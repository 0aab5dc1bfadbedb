using PhongTuyen.Areas;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People;

/// <summary>A form whose box of the name takes a scanned card as well.</summary>
public interface IFromCard
{
    string? Name { get; set; }

    /// <summary>Puts in what the card says; what it does not say stays as it was typed.</summary>
    void Fill(ScannedCard card, AreaStore areas, DateOnly today);

    /// <summary>Parts an address that a script put whole into its line, as it stands on the card; so that a card scanned there is saved as one that was sent here.</summary>
    /// <returns>Beginnings of the names of the fields that have changed.</returns>
    IEnumerable<string> Part(AreaStore areas, DateOnly today);
}

/// <summary>What a scanned card puts into a form. Nobody types a sign of such a code into a name, so that the box of the name takes the reader's text, too.</summary>
internal static class CardFill
{
    /// <summary>Fills the form from what was scanned into its name. Nothing is saved: who it is stands there, to be compared with the card. The next scan begins in an empty box.</summary>
    public static Outcome<ScannedCard> Scan(this HousePage page, IFromCard form, AreaStore areas)
    {
        var read = CardReader.Read(form.Name, page.S.Today);
        page.ModelState.Clear();
        form.Name = null;
        if (read.Done) form.Fill(read.Value, areas, page.S.Today);
        return read;
    }

    /// <summary>What a script filled from a card becomes what the server would have filled; drawn again, the form shows that.</summary>
    public static void Part(this HousePage page, IFromCard form, AreaStore areas)
    {
        foreach (var prefix in form.Part(areas, page.S.Today))
            foreach (var name in new[] { "Area", "AreaText", "Line", "Whole" }) page.ModelState.Remove($"Form.{prefix}{name}");
    }

    public static Sex SexOf(ScannedCard card) => card.Male switch { true => Sex.Male, false => Sex.Female, null => Sex.Unknown };

    public static string? PhoneOf(ScannedCard card) => card.Telephone is { } telephone && PhoneRules.Normal(telephone) is { } normal ? PhoneRules.Show(normal) : null;

    /// <summary>The address in its parts; where its units are none of today, the whole line as the card has it.</summary>
    public static (AreaId? Area, string? Text, string? Line) AddressOf(string? line, AreaStore areas, DateOnly today)
    {
        if (line is not { } address) return default;
        var read = areas.Matcher.MatchText(address, today);
        return read.Match.Verdict == AreaVerdict.One ? (read.Match.Area, areas.Book.Path(read.Match.Area), read.Head) : (null, null, address);
    }

    /// <summary>From what the form was filled, and what is to be looked at.</summary>
    public static string Said(Screen s, ScannedCard card) => string.Join(' ', new[]
    {
        s.Say("scan.filled", ("card", s["scan.card-" + Key(card.Kind)])), card.NameWithoutAccents ? s["scan.no-accents"] : null, card.NumberEnd is { } end ? s.Say("scan.masked", ("end", end)) : null,
    }.Where(sentence => sentence is not null));

    private static string Key(CardKind kind) => kind switch { CardKind.IdentityCard => "identity", CardKind.InsuranceCard => "insurance", _ => "personal" };
}
