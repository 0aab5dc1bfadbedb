using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Web.Areas;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Policies.Desk;

/// <summary>The rules that decrees set: which holds where on which day, and every edition. The book is a folder of files; nothing is changed here.</summary>
public sealed class IndexModel(Db db, IPolicyBook book, AreaStore areas) : HousePage(db)
{
    public sealed class Fields
    {
        public AreaId? Area { get; set; }
        public string? AreaText { get; set; }
        public DateOnly? Day { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public Fields Form { get; set; } = new();

    public IReadOnlyList<PolicyEdition> All { get; private set; } = [];
    /// <summary>Of each kind and disease the one that rules there on that day.</summary>
    public IReadOnlyList<PolicyEdition> InForce { get; private set; } = [];
    public DateOnly Day { get; private set; }
    public AreaId? Area { get; private set; }

    public IActionResult OnGet()
    {
        Day = Form.Day ?? S.Today;
        All = PolicyEdition.All(book);
        var area = AreaPick.ReadOrNone(areas, Form.Area, Form.AreaText, Day, "areaText");
        if (area.Done) Area = area.Value;
        if (Form.AreaText is null && Area is null) (Area, Form.AreaText) = OwnProvince();
        var near = areas.CodesUp(Area ?? default).ToList();
        InForce = [.. All.Where(edition => edition.Policy.From <= Day && near.Contains(edition.Policy.Area)).GroupBy(edition => (edition.Kind, edition.Policy.Disease))
            .Select(same => same.OrderBy(edition => near.IndexOf(edition.Policy.Area)).ThenByDescending(edition => edition.Policy.From).First())];
        return area.Done ? Page() : Refuse(area.Problems);
    }

    public string AreaName(PolicyEdition edition) => NameOf(areas, S, edition.Policy);

    public static string NameOf(AreaStore areas, Screen screen, Policy policy) =>
        policy.Area == "VN" ? screen["area.country"] : areas.Book.ByCode(policy.Area, policy.From) is { } row ? areas.Book.Path(row.Id) : policy.Area;

    private (AreaId?, string?) OwnProvince() => Db.Scope.Provinces.FirstOrDefault(id => id.Value != 0) is { Value: not 0 } province ? (province, areas.Book.Path(province)) : (null, null);
}
