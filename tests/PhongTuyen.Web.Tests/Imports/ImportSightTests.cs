using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Imports;

/// <summary>Rows of a list name persons: whoever looks at them has seen these.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class ImportSightTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task Rows_that_were_looked_at_stand_where_it_is_asked_who_looked_and_a_stopped_account_sees_none()
    {
        var run = await house.House.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Họ và tên,Năm sinh,Giới tính", "Doãn Thị Được Xem,1985,Nữ"));
        var person = new PersonId(await house.House.ValueAsync<Guid>("SELECT id FROM pt.person WHERE import_id = $1", run.Id.Value));
        var officer = await house.AsAsync("officer-a");
        (await officer.GetAsync($"/desk/imports/rows/{run.Id}?what=Accepted")).Main.ShouldContain("Doãn Thị Được Xem");
        (await officer.GetAsync(Links.Looked(person))).Main.ShouldContain("ó tên trong dòng của lượt nhập");

        await house.House.SqlAsync("INSERT INTO pt.account_stop (id, account_id, unit_id, stopped_at, persons) SELECT gen_random_uuid(), id, unit_id, now(), 100 FROM pt.account WHERE id = $1", Place.ClerkA.Value);
        var stopped = await (await house.AsAsync("clerk-a")).GetAsync($"/desk/imports/rows/{run.Id}?what=Accepted");
        stopped.Html.ShouldNotContain("Doãn Thị Được Xem");
        stopped.Status.ShouldBe(HttpStatusCode.OK);
        (await house.House.CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'asked.not-shown' AND subject_id = $1", run.Id.ToString())).ShouldBe(1);
    }
}
