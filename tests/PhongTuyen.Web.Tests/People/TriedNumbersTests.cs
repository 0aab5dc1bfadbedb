using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

/// <summary>Who tries numbers, to learn whose are recorded in other areas, learns of none by an entry that is not saved and not counted.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class TriedNumbersTests : IAsyncLifetime
{
    private const int AnHour = 3;

    private readonly WebTestHouse house = new() { More = services => services.AddSingleton(new NumberSettings { LookUpsAnHour = AnHour }) };

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    private async Task<(HttpStatusCode Status, string Code)> EnterAsync(string number, string name = "Tạ Văn Thử", PersonId? householdOf = null, string? also = null, bool another = false)
    {
        string[] numbers = [number, .. also is null ? Array.Empty<string>() : [also]];
        var answer = await (await house.AsAsync("clerk-a")).PostJsonAsync("/api/people", JsonSerializer.Serialize(new
        {
            id = house.Clock.NewGuid(), facts = new { name, birth = new { from = "1985-05-05", precision = "Day" }, sex = 1 }, documents = numbers.Select(one => new { kind = 1, number = one }),
            phones = Array.Empty<object>(), addresses = Array.Empty<object>(), anotherPerson = another, householdOf = householdOf?.Value,
        }));
        return (answer.Status, answer.Status == HttpStatusCode.OK ? "" : JsonDocument.Parse(answer.Html).RootElement.GetProperty("code").GetString()!);
    }

    private Task<long> TracesAsync() => house.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'asked.not-shown' AND subject_id = 'number'");

    [Fact]
    public async Task What_refuses_without_the_number_refuses_before_it_is_looked_for_and_above_the_bound_too()
    {
        var (here, elsewhere) = (Given.Number(), Given.Number());
        await house.House.PersonAsync(house.Place.ClerkB, "Ngô Văn Nơi Khác", elsewhere);
        await house.House.PersonAsync(house.Place.ClerkA, "Tạ Văn Có Số", here);
        await house.House.PersonAsync(house.Place.ClerkA, "Tạ Văn Giống Hệt", birth: new BirthDate(new DateOnly(1985, 5, 5), BirthPrecision.Day));
        async Task AlikeAsync()
        {
            var nobody = new PersonId(house.Clock.NewGuid());
            (await EnterAsync(elsewhere, householdOf: nobody)).ShouldBe((HttpStatusCode.NotFound, "kernel.not-found"));
            (await EnterAsync(Given.Number(), householdOf: nobody)).ShouldBe((HttpStatusCode.NotFound, "kernel.not-found"));
            (await EnterAsync(elsewhere, name: "Tạ Văn Giống Hệt")).Code.ShouldBe("person.looks-like");
            (await EnterAsync(Given.Number(), name: "Tạ Văn Giống Hệt")).Code.ShouldBe("person.looks-like");
            (await EnterAsync(elsewhere, "Tạ Văn Có Số", also: here)).Code.ShouldBe("person.same-number");
            (await EnterAsync(Given.Number(), "Tạ Văn Có Số", also: here)).Code.ShouldBe("person.same-number");
        }
        await AlikeAsync();
        (await TracesAsync()).ShouldBe(0, "nothing was found out");
        for (var i = 0; i < AnHour; i++) (await EnterAsync(elsewhere)).ShouldBe((HttpStatusCode.Conflict, "person.same-number-elsewhere"));
        (await TracesAsync()).ShouldBe(AnHour);
        (await EnterAsync(elsewhere)).ShouldBe((HttpStatusCode.TooManyRequests, "person.too-many-numbers"));
        (await TracesAsync()).ShouldBe(AnHour + 1, "what was asked in vain is written down too");
        await AlikeAsync();
        (await TracesAsync()).ShouldBe(AnHour + 1);
    }

    [Fact]
    public async Task Entries_that_are_saved_are_not_counted_however_many_and_each_stands_in_the_audit()
    {
        for (var i = 0; i < AnHour * 3; i++) (await EnterAsync(Given.Number(), $"Tạ Thị {(char)('A' + i)}{(char)('a' + i)}", another: true)).Status.ShouldBe(HttpStatusCode.OK);
        (await house.ToldAsync("person.entered")).ShouldBe(AnHour * 3);
        var elsewhere = Given.Number();
        await house.House.PersonAsync(house.Place.ClerkB, "Ngô Thị Nơi Khác", elsewhere);
        (await EnterAsync(elsewhere)).Code.ShouldBe("person.same-number-elsewhere", "the bound was not touched");
    }
}
