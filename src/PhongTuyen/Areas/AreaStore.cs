namespace PhongTuyen.Areas;
public sealed class AreaStore { public AreaBook Book { get; } = new(); }
