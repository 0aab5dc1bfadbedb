using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Cards;

/// <summary>Why a scanned text is not taken as a card. None of them repeats what was scanned.</summary>
public static class CardProblems
{
    /// <summary>All of them: the reader in the browser says the same sentences.</summary>
    public static IReadOnlyList<Problem> All => [Empty(), TooLong(), Link(), Unknown(), CutShort(), Letters(), Hex(), Number(), Name(), Birth(), Sex(), Day()];

    public static Problem Empty() => new("scan.empty", 422, "Nothing was scanned. Hold the code before the reader again.");

    public static Problem TooLong() => new Problem("scan.too-long", 422, "This text is longer than that of any card ({most} characters).").With("most", CardReader.Most);

    public static Problem Link() => new("scan.link", 422, "This code is an address of a web page, and no card of a person.");

    public static Problem Unknown() => new("scan.unknown", 422,
        "This is no code of an identity card with a chip, a health insurance card or a personal QR code. Enter the person by hand.");

    /// <summary>The beginning is that of a card, and the end is missing.</summary>
    public static Problem CutShort() => new("scan.cut-short", 422, "The code was not read to its end. Scan it again.");

    /// <summary>The reader, or the way that the keyboard is set, changed letters on the way.</summary>
    public static Problem Letters() => new("scan.letters", 422,
        "The letters of this code are damaged. Set the reader to UTF-8, turn the Vietnamese typing program off while scanning, and scan again.");

    /// <summary>Of an insurance card, whose texts are hexadecimal UTF-8.</summary>
    public static Problem Hex() => new("scan.hex", 422, "The name or the address in this health insurance code is damaged: it is not written as such codes are. Enter the person by hand from the card.");

    public static Problem Number() => new("scan.number", 422, "The number in this code has not the form of such a card.");

    public static Problem Name() => new("scan.name", 422, "The name in this code is missing, or is none.");

    public static Problem Birth() => new("scan.birth", 422, "The date of birth in this code cannot be read, or lies in the future.");

    public static Problem Sex() => new("scan.sex", 422, "The sex in this code cannot be read.");

    public static Problem Day() => new("scan.day", 422, "A date in this code cannot be read.");
}
