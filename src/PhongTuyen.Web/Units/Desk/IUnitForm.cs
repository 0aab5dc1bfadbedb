namespace PhongTuyen.Web.Units.Desk;

/// <summary>A page that shows the form of a unit.</summary>
public interface IUnitForm
{
    UnitFields Form { get; }
}
