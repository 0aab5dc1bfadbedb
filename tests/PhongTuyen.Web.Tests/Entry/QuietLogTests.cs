using System.Net;
using System.Text.Json;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Routes;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>The log tells what the program did and never on whom: a day's work with one person, its refusals and its faults, and then the whole log is read.</summary>
[Trait("Category", "Database")]
public sealed class QuietLogTests(RouteHouse house) : IClassFixture<RouteHouse>
{
    private const string Name = "Vương Thục Quyên Lê";
    private const string Number = "079085771234";
    private const string Phone = "0987123450";
    private const string Street = "47 ngõ Hạ Hồi";

    private WebTestHouse Web => house.Web;

    private static IEnumerable<string> Telling(IEnumerable<string> lines) =>
        lines.Where(line => new[] { Name, "Thục Quyên", "Thuc Quyen", "thuc quyen", Number, Phone, "+84987123450", Street, TestProvince.TestPassword, "sai-mat-khau-nay" }.Any(word => line.Contains(word, StringComparison.Ordinal)));

    [Fact]
    public void A_planted_line_that_names_a_person_is_found() => Telling(["ok", $"Person {Name} was refused"]).Count().ShouldBe(1);

    [Fact]
    [Answers("R7")]
    public async Task A_day_with_a_person_leaves_no_name_number_or_password_in_the_log()
    {
        using var nobody = Web.Nobody();
        var form = await nobody.GetAsync(Links.SignIn);
        await nobody.PostAsync(form, "Password", ("UserName", "clerk-a"), ("Password", "sai-mat-khau-nay"));
        var clerk = await Web.SignInAsync("clerk-a", TestProvince.TestPassword);

        var person = new PersonId(Guid.CreateVersion7());
        var input = new EnterPerson.Input(person, new PersonFacts { Name = Name, Birth = BirthDate.OfYear(1985), Sex = Sex.Male }, [new DocumentFact(DocumentKind.CitizenCard, Number)], [new PhoneFact(Phone, PhoneOwner.Own)], [new AddressFact(AddressKind.Present, Web.Place.KeysA1, null, Street)], false);
        (await SendAsync("/api/people", input)).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync("/api/people", input with { Id = new PersonId(Guid.CreateVersion7()) })).Status.ShouldBe(HttpStatusCode.Conflict);
        // A fault of the program: a character that the database cannot hold, in the middle of a name.
        (await SendAsync("/api/people", input with { Id = new PersonId(Guid.CreateVersion7()), AnotherPerson = true, Documents = [], Facts = input.Facts with { Name = Name + "\ud800", Occupation = "\0" + Name } })).Status.ShouldNotBe(HttpStatusCode.OK);
        var stay = new AdmitPerson.Input(new StayId(Guid.CreateVersion7()), person, Web.Place.CampA, StayPlace.Facility, StayClass.Observation, 0, Web.Clock.GetUtcNow(), false, StayReason.CloseContact);
        (await SendAsync("/api/quarantine/stays", stay)).Status.ShouldBe(HttpStatusCode.OK);
        (await clerk.GetAsync(Links.Stay(stay.Id))).Main.ShouldContain(Name);
        foreach (var route in house.Routes.Where(route => "/" + route.Pattern == Links.Search && route.Posts.Count > 0))
            foreach (var asked in new[] { Name, Number, Phone })
                (await clerk.PostTokenAsync(Links.Search + route.Posts[0], ("Query", asked), ("Q", asked), ("Text", asked))).Status.ShouldNotBe(HttpStatusCode.InternalServerError);

        Web.Log.Lines.ShouldNotBeEmpty("the fault above has to be in the log, or nothing was looked at");
        Telling(Web.Log.Lines).ShouldBeEmpty();

        async Task<WebPage> SendAsync<T>(string path, T body) => await clerk.PostJsonAsync(path, JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
    }
}
