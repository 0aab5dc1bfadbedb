using PhongTuyen.Formats.Files;
using PhongTuyen.Papers;

namespace PhongTuyen.Web.Papers;

/// <summary>A scan or photograph beside the form that is typed from it, or beside what was typed.</summary>
/// <param name="Files">One, or those among which who types goes to and fro.</param>
/// <param name="Shown">Null: none, a paper in hand.</param>
/// <param name="Form">The id of the form that says from which it is typed; null: there is nothing to choose.</param>
public sealed record PaperPicture(IReadOnlyList<PaperPicture.One> Files, Guid? Shown, string? Form = null)
{
    /// <param name="Address">Of the file.</param>
    /// <param name="Leads">The page that shows it: for browsers without script.</param>
    /// <param name="Kind">Null: forgotten.</param>
    public sealed record One(Guid Id, string Address, string? Leads, FileKind? Kind, string Label);

    public One? Now => Files.FirstOrDefault(one => one.Id == Shown);

    /// <summary>The one before or behind that which is shown.</summary>
    public One? Beside(int step) => Files.Select((one, i) => (one, i)).FirstOrDefault(at => at.one.Id == Shown) is { one: not null } now ? Files.ElementAtOrDefault(now.i + step) : step < 0 ? Files[^1] : null;

    /// <summary>Of all files of a batch, each said by its place: «Ảnh 3 trên 40».</summary>
    /// <param name="page">Its handler gives the files.</param>
    public static PaperPicture Choose(Screen s, IReadOnlyList<PaperFilesList.Row> files, Guid? shown, string page, string form, Func<Guid, string> leads) =>
        new([.. files.Select((file, i) => new One(file.Id, Links.PaperFile(page, file.Id), leads(file.Id), file.Forgotten ? null : file.Kind, Label(s, files, i, told: true)))], shown, form);

    /// <summary>The one from which something was typed; null: it was typed from a paper.</summary>
    public static PaperPicture? Of(Screen s, IReadOnlyList<PaperFilesList.Row> files, Guid? shown, string page) =>
        shown is { } id && files.ToList().FindIndex(file => file.Id == id) is >= 0 and var i ? new([new(id, Links.PaperFile(page, id), null, files[i].Forgotten ? null : files[i].Kind, Label(s, files, i, told: false))], id) : null;

    private static string Label(Screen s, IReadOnlyList<PaperFilesList.Row> files, int i, bool told) =>
        s.Say("picture.of", ("n", i + 1), ("all", files.Count)) + (files[i].Kind == FileKind.Pdf ? " (PDF)" : "") + (told && files[i].Papers > 0 ? ", " + s.Say("picture.typed", ("n", files[i].Papers)) : "");
}
