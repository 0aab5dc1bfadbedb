using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>What other programs send wrongly is refused with a problem in JSON that names the part; it is never a fault of the program.</summary>
[Trait("Category", "Database")]
public sealed class ApiInputTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private const string People = "/api/people", Stays = "/api/quarantine/stays";

    private JsonObject Person() => JsonNode.Parse($$"""
        { "id": "{{house.Clock.NewGuid()}}", "facts": { "name": "Phạm Thị Gửi", "birth": { "from": "1985-01-01", "precision": 3 }, "sex": 2 },
          "documents": [ { "kind": 1, "number": "{{Given.Number().Replace("079085", "079185", StringComparison.Ordinal)}}" } ], "phones": [ { "number": "0912 345 678", "whose": 1 } ],
          "addresses": [ { "kind": 3, "area": { "province": {{house.Place.Province}}, "district": {{house.Place.DistrictA}}, "commune": {{house.Place.CommuneA1}} }, "line": "12 Trần Phú" } ], "anotherPerson": false }
        """)!.AsObject();

    private static void Set(JsonNode root, string path, JsonNode? value)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1]) root = int.TryParse(step, out var i) ? root[i]! : root[step]!;
        if (int.TryParse(steps[^1], out var last)) root[last] = value;
        else root[steps[^1]] = value;
    }

    private async Task<(HttpStatusCode Status, JsonElement Problem)> SendAsync(string path, string json)
    {
        var answer = await (await house.AsAsync("clerk-a")).PostJsonAsync(path, json);
        if ((int)answer.Status >= 400) answer.Headers["Content-Type"].ShouldStartWith("application/problem+json", customMessage: $"{answer.Status} {json} {answer.Html}");
        return (answer.Status, JsonDocument.Parse(answer.Html).RootElement);
    }

    [Fact]
    public async Task What_is_whole_is_taken() => (await SendAsync(People, Person().ToJsonString())).Status.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("[null]", "$")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    [InlineData("\"x\"", "$")]
    public async Task What_is_no_message_is_refused(string json, string where)
    {
        foreach (var path in new[] { People, Stays, "/api/quarantine/stays/end", "/api/quarantine/transfers", "/api/quarantine/transfers/receive" })
        {
            var (status, problem) = await SendAsync(path, json);
            status.ShouldBe(HttpStatusCode.BadRequest, path);
            problem.GetProperty("code").GetString().ShouldBe("kernel.unreadable");
            problem.GetProperty("title").GetString()!.ShouldContain(where);
        }
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("documents", "[null]")]
    [InlineData("phones", "[null]")]
    [InlineData("addresses", "[null]")]
    [InlineData("documents", "[[]]")]
    [InlineData("documents", "{}")]
    [InlineData("facts", "null")]
    [InlineData("facts", "[null]")]
    [InlineData("facts.sex", "9")]
    [InlineData("facts.pregnant", "77")]
    [InlineData("facts.birth.precision", "77")]
    [InlineData("facts.birth.from", "\"0001-01-01\"")]
    [InlineData("facts.birth.from", "\"9999-12-31\"")]
    [InlineData("facts.birth.from", "\"1985-13-41\"")]
    [InlineData("documents.0.kind", "44")]
    [InlineData("documents.0.number", "null")]
    [InlineData("phones.0.whose", "-1")]
    [InlineData("phones.0.number", "null")]
    [InlineData("addresses.0.kind", "0")]
    [InlineData("id", "\"x\"")]
    public async Task A_part_that_is_not_of_its_kind_is_named(string part, string value)
    {
        var person = Person();
        Set(person, part, JsonNode.Parse(value));
        var (status, problem) = await SendAsync(People, person.ToJsonString());
        status.ShouldBe(HttpStatusCode.BadRequest, problem.ToString());
        problem.GetProperty("problems")[0].GetProperty("details").GetProperty("where").GetString()!.ShouldStartWith("$." + part.Split('.')[0]);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("documents", "documents")]
    [InlineData("phones", "phones")]
    [InlineData("addresses", "addresses")]
    public async Task A_part_that_is_missing_is_named(string part, string field)
    {
        var person = Person();
        person.Remove(part);
        var (status, problem) = await SendAsync(People, person.ToJsonString());
        ((int)status).ShouldBeInRange(400, 422, problem.ToString());
        problem.ToString().ShouldContain(field);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1849-12-31", "kernel.unreadable")]
    [InlineData("2021-08-22", "kernel.in-future")]
    [InlineData("2199-01-01", "kernel.in-future")]
    public async Task Nobody_is_born_at_such_a_time(string day, string code)
    {
        var person = Person();
        person["facts"]!["birth"] = new JsonObject { ["from"] = day, ["precision"] = 1 };
        person["documents"] = new JsonArray();
        var (_, problem) = await SendAsync(People, person.ToJsonString());
        problem.GetProperty("code").GetString().ShouldBe(code);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("1985-01-01", 0)]
    public async Task A_precision_without_its_day_and_a_day_without_its_precision_contradict_each_other(string? from, int precision)
    {
        var person = Person();
        person["facts"]!["birth"] = new JsonObject { ["from"] = from, ["precision"] = precision };
        var (status, problem) = await SendAsync(People, person.ToJsonString());
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("problems")[0].GetProperty("field").GetString().ShouldBe("birth");
    }

    [Theory]
    [InlineData("facts.name", "name")]
    [InlineData("facts.code", "code")]
    [InlineData("facts.nationality", "nationality")]
    [InlineData("facts.occupation", "occupation")]
    [InlineData("facts.chronic", "chronic")]
    [InlineData("documents.0.number", "documents.0.number")]
    [InlineData("phones.0.number", "phones.0.number")]
    [InlineData("addresses.0.line", "addresses.0.line")]
    public async Task A_text_of_five_thousand_letters_is_refused_with_its_field_and_its_limit(string part, string field)
    {
        var person = Person();
        Set(person, part, new string('a', 5000));
        var (status, problem) = await SendAsync(People, person.ToJsonString());
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var first = problem.GetProperty("problems")[0];
        (first.GetProperty("code").GetString(), first.GetProperty("field").GetString()).ShouldBe(("kernel.too-long", field));
        int.Parse(first.GetProperty("details").GetProperty("most").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(500);
        Set(person, part, new string('a', 20_000));
        (await SendAsync(People, person.ToJsonString())).Status.ShouldBe(HttpStatusCode.BadRequest);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Numbers_that_name_no_area_and_no_hamlet_are_refused()
    {
        foreach (var (path, value) in new[] { ("addresses.0.area.commune", 2_000_000_000), ("addresses.0.area.district", -5), ("addresses.0.area.province", 1), ("addresses.0.hamlet", 77_777_777), ("addresses.0.hamlet", -1) })
        {
            var person = Person();
            Set(person, path, value);
            var (status, problem) = await SendAsync(People, person.ToJsonString());
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, $"{path} {problem}");
        }
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("reasonNote", "\"LONG\"", 422)]
    [InlineData("note", "\"LONG\"", 422)]
    [InlineData("planReason", "\"LONG\"", 422)]
    [InlineData("disease", "\"LONG\"", 422)]
    [InlineData("plannedEnd", "\"2199-01-01\"", 422)]
    [InlineData("plannedEnd", "\"9999-12-31\"", 400)]
    [InlineData("plannedEnd", "\"1860-01-01\"", 422)]
    [InlineData("arrivedAt", "\"1860-01-01T00:00:00Z\"", 422)]
    [InlineData("arrivedAt", "\"9999-01-01T00:00:00Z\"", 400)]
    [InlineData("originOn", "\"1860-01-01\"", 422)]
    [InlineData("class", "9", 400)]
    [InlineData("reason", "77", 400)]
    [InlineData("severity", "-1", 400)]
    [InlineData("protection", "99", 400)]
    [InlineData("place", "12", 400)]
    [InlineData("tier", "99", 422)]
    [InlineData("tier", "-1", 422)]
    [InlineData("tier", "99999", 400)]
    [InlineData("unit", "-3", 404)]
    [InlineData("bed", "-3", 422)]
    [InlineData("disease", "null", 422)]
    public async Task An_admission_with_such_a_part_is_refused(string part, string value, int status)
    {
        await FacilityAsync();
        var person = await house.House.PersonAsync(house.Place.ClerkA);
        var admission = JsonSerializer.SerializeToNode(house.House.Admission(person, house.Place.CampA) with { PlanReason = "Theo quyết định" }, JsonSerializerOptions.Web)!.AsObject();
        admission[part] = JsonNode.Parse(value.Replace("LONG", new string('x', 5000), StringComparison.Ordinal));
        var (answered, problem) = await SendAsync(Stays, admission.ToJsonString());
        ((int)answered).ShouldBe(status, problem.ToString());
        house.Faults.Kept.ShouldBeEmpty();
    }

    private static bool made;

    private async Task FacilityAsync()
    {
        if (made) return;
        made = true;
        await house.House.FacilityAsync(house.Place.HeadA, house.Place.CampA);
    }

    [Theory]
    [InlineData("/api/nowhere", 404)]
    [InlineData("/api/imports/garbage", 404)]
    public async Task An_address_that_is_none_is_answered_in_json(string path, int status)
    {
        var answer = await (await house.AsAsync("clerk-a")).GetAsync(path);
        ((int)answer.Status).ShouldBe(status);
        answer.Headers["Content-Type"].ShouldStartWith("application/problem+json");
        JsonDocument.Parse(answer.Html).RootElement.GetProperty("status").GetInt32().ShouldBe(status);
    }

    [Fact]
    public async Task The_description_of_the_api_says_what_a_list_holds()
    {
        var description = JsonDocument.Parse((await (await house.AsAsync("clerk-a")).GetAsync("/openapi/v1.json")).Html).RootElement;
        var documents = description.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Value).First(schema => schema.TryGetProperty("properties", out var parts) && parts.TryGetProperty("documents", out _)).GetProperty("properties").GetProperty("documents");
        documents.GetProperty("type").ToString().ShouldContain("array", customMessage: documents.ToString());
        documents.TryGetProperty("items", out _).ShouldBeTrue(documents.ToString());
    }
}
