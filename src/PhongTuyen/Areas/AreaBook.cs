using PhongTuyen.Kernel;
namespace PhongTuyen.Areas;
public sealed class AreaBook { private readonly string[] vn = ["VN"]; public IEnumerable<string> CodesUp(AreaId area) => vn; public bool Holds(AreaKeys k) => vn.Length>0; }
