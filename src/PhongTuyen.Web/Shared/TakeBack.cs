using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Shared;

/// <summary>The visitor's own acts over many that can still be taken back, where the note that followed them is gone.</summary>
/// <param name="Acts">Each with the key of its sentence (at, n), and the address to which its form is sent.</param>
public sealed record TakeBack(IReadOnlyList<(string Text, OwnAct Act, string Undo)> Acts)
{
    public static TakeBack Of(string text, IEnumerable<OwnAct> acts, string undo) => new([.. acts.Select(act => (text, act, $"{undo}&of={act.Intent}"))]);

    public TakeBack And(TakeBack other) => new([.. Acts.Concat(other.Acts).OrderByDescending(one => one.Act.At)]);
}
