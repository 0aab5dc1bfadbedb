using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using PhongTuyen.Web.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>What is larger than the program takes is answered by a sentence, after all of it was sent; never by a broken connection.</summary>
[Trait("Category", "Database")]
public sealed class TooLargeTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Theory]
    [InlineData(201, HttpStatusCode.RequestEntityTooLarge, "Tệp lớn hơn 200 MB")]
    [InlineData(221, HttpStatusCode.RequestEntityTooLarge, "Tệp quá lớn")]
    public async Task A_file_that_is_too_large_is_answered_by_a_page(int megabytes, HttpStatusCode status, string sentence)
    {
        var clerk = await house.AsAsync("clerk-a");
        var answer = await clerk.UploadAsync(new byte[megabytes * 1024 * 1024], "to.csv");
        answer.Status.ShouldBe(status);
        answer.Text.ShouldContain(sentence);
        (await clerk.GetAsync(Links.Imports)).Status.ShouldBe(HttpStatusCode.OK);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_said_in_the_language_of_the_account()
    {
        var nurse = await house.SignInAsync("nurse", TestProvince.TestPassword);
        await nurse.PostAsync(await nurse.GetAsync(Links.Own), "handler=Language", ("language", "en"));
        (await nurse.UploadAsync(new byte[221 * 1024 * 1024], "large.csv")).Text.ShouldContain("The file is too large");
        await nurse.PostAsync(await nurse.GetAsync(Links.Own), "handler=Language", ("language", "vi"));
    }

    [Fact]
    public async Task A_message_to_the_api_and_a_form_that_are_too_large_are_refused_the_same_way()
    {
        var clerk = await house.AsAsync("clerk-a");
        var answer = await clerk.PostJsonAsync("/api/people", "{\"x\":\"" + new string('a', 26 * 1024 * 1024) + "\"}");
        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Headers["Content-Type"].ShouldStartWith("application/problem+json");
        answer.Html.ShouldContain("25 MB");
        (await clerk.PostTokenAsync(Links.Search, ("q", new string('a', 26 * 1024 * 1024)))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }
}
