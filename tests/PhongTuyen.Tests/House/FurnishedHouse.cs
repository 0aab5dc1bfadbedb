namespace PhongTuyen.Tests.House;

/// <summary>A house whose camps and hospitals are set up: two rooms of four beds each, treatment on tier 2.</summary>
public sealed class FurnishedHouse : TestHouse
{
    protected override async Task FurnishAsync()
    {
        foreach (var camp in new[] { Place.CampA, Place.CampB }) await this.FacilityAsync(Place.ProvinceOfficer, camp);
        foreach (var hospital in new[] { Place.HospitalA, Place.HospitalB }) await this.FacilityAsync(Place.ProvinceOfficer, hospital, treatment: true, tier: 2);
    }
}
