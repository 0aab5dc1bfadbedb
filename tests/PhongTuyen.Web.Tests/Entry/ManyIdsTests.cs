using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>However much is asked for that is not the visitor's: it is answered as one id is, and stands in the audit.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class ManyIdsTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private const int Many = 120;

    private static IEnumerable<(string, string)> Ids(string field, string behind = "") => Enumerable.Range(0, Many).Select(_ => (field, Guid.CreateVersion7() + behind));

    private static string Unknown(string letters) => $"{Links.Worklists}/list?of={letters}";

    public static TheoryData<string, string, string> Forms => new()
    {
        { Links.Findings, "Ids", "finding" },
        { Links.Matches, "Ids", "match" },
        { Links.Day + "?handler=leave", "Selected", "stay" },
        { Links.Day + "?handler=beds", "Selected", "stay" },
        { Links.Worklist("correction"), "Picks", "work" },
        { Links.Worklist("correction") + "&handler=look", "Picks", "work" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Many_ids_that_are_nobodys_are_not_found_and_stand_in_the_audit(string address, string field, string kind)
    {
        var clerk = await house.AsAsync("clerk-a");
        var before = await AskedAsync(kind);
        var answer = await clerk.PostTokenAsync(address, [.. Ids(field, field == "Picks" ? "_1" : ""), ("Act", "Accepted"), ("Form.Reason", "thử"), ("Form.What", address.Contains("look", StringComparison.Ordinal) ? "Give" : "Take"), ("Intent", Guid.CreateVersion7().ToString())]);
        answer.Status.ShouldBe(HttpStatusCode.NotFound, answer.Main);
        (await AskedAsync(kind)).ShouldBe(before + 1);
        var subject = (await house.House.AskAsync<string>("SELECT subject_id FROM pt.audit_event WHERE act = 'asked.not-shown' AND subject_kind = $1 ORDER BY at DESC, id DESC LIMIT 1", kind))!;
        (subject.Length <= 200, subject.Contains($"… {Many} #", StringComparison.Ordinal)).ShouldBe((true, true), subject);
        house.Log.Lines.ShouldNotContain(line => line.Contains("The audit cannot be written", StringComparison.Ordinal));
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_of_seven_thousand_letters_is_not_found_and_stands_in_the_audit()
    {
        var clerk = await house.AsAsync("clerk-a");
        var before = await AskedAsync("list");
        // Letters that no two have in common: what repeats itself is squeezed, and would fit an index.
        var letters = string.Concat(Enumerable.Range(0, 360).Select(_ => Guid.CreateVersion7().ToString("N")[12..]))[..7000];
        (await clerk.GetAsync(Unknown(letters))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await AskedAsync("list")).ShouldBe(before + 1);
        (await clerk.GetAsync("/health/ready")).Html.ShouldBe("Healthy");
        house.Faults.Kept.ShouldBeEmpty();
    }

    private Task<long> AskedAsync(string kind) => house.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'asked.not-shown' AND subject_kind = $1", kind);
}
