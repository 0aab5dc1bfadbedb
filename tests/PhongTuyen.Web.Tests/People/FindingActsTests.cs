using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

/// <summary>What becomes of findings is what a button of the page says, and nothing is taken for it where none was pressed.</summary>
[Trait("Category", "Database")]
public sealed class FindingActsTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R14")]
    public async Task A_form_that_does_not_say_what_becomes_of_findings_changes_none()
    {
        var clerk = await house.AsAsync("clerk-a");
        var person = (await house.House.RunAsync<EnterPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new EnterPerson.Input(house.Clock.New<PersonId>(), new PersonFacts { Name = "Đỗ Văn Không Nút", Birth = BirthDate.OfYear(1950) }, [new DocumentFact(DocumentKind.CitizenCard, Given.Number()) { AsOnPaper = true }], [], [], false), CancellationToken.None))).Value;
        var id = await house.House.AskAsync<Guid>("SELECT id FROM pt.person_finding WHERE person_id = $1", person.Value);
        Task<WebPage> SendAsync(params (string, string)[] more) => clerk.PostTokenAsync(Links.Findings, [("Ids", id.ToString()), ("Intent", Guid.CreateVersion7().ToString()), .. more]);
        Task<short> StateAsync() => house.House.AskAsync<short>("SELECT state FROM pt.person_finding WHERE id = $1", id);
        (await SendAsync(("Act", "Accepted"), ("Form.Reason", "giấy ghi đúng như vậy"))).Main.ShouldContain("Đã xử lý 1 dòng");
        var closed = await StateAsync();
        foreach (var act in new (string, string)[][] { [], [("Act", "")], [("Act", "77")], [("Act", "-1")], [("Act", "xyz")], [("Act", "Open")] })
        {
            var answer = await SendAsync(act);
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, string.Join(' ', act));
            (await StateAsync()).ShouldBe(closed);
        }
        (await SendAsync(("Act", "Open"), ("Form.Reason", "đóng nhầm"))).Status.ShouldBe(HttpStatusCode.OK);
        (await StateAsync()).ShouldBe((short)FindingState.Open);
        (await house.House.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'finding.closed' AND subject_id = $1 ORDER BY at DESC, id DESC LIMIT 1", id.ToString())).ShouldBe("đóng nhầm");
        house.Faults.Kept.ShouldBeEmpty();
    }
}
