using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Data;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Entry;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Entry;

/// <summary>Two people who change one thing at once: the later is told so, in a page or in JSON, and it is no fault of the program.</summary>
[Trait("Category", "Database")]
public sealed class ClashAnswersTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    public static TheoryData<Exception, int> Faults => new() { { new DbUpdateConcurrencyException("planted"), 409 }, { new OutOfScopeException("planted"), 404 } };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_api_says_it_in_json(Exception fault, int status)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Response = { Body = new MemoryStream() }, Request = { Path = "/api/people" } };
        await new ApiAnswers(_ => throw fault).InvokeAsync(http);
        http.Response.StatusCode.ShouldBe(status);
        http.Response.ContentType.ShouldStartWith("application/problem+json");
        http.Response.Body.Position = 0;
        JsonDocument.Parse(http.Response.Body).RootElement.GetProperty("code").GetString().ShouldBe(status == 409 ? "kernel.changed" : "kernel.not-found");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_page_says_it_with_its_status(Exception fault, int status)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var context = new PageContext(new ActionContext(new DefaultHttpContext { RequestServices = scope.ServiceProvider }, new RouteData(), new CompiledPageActionDescriptor()));
        var handler = new HandlerMethodDescriptor { HttpMethod = "Post" };
        var executed = new PageHandlerExecutedContext(context, [], handler, new object()) { Exception = fault };
        await new KeepWork(scope.ServiceProvider.GetRequiredService<Db>()).OnPageHandlerExecutionAsync(new PageHandlerExecutingContext(context, [], handler, new Dictionary<string, object?>(), new object()), () => Task.FromResult(executed));
        (executed.ExceptionHandled, (executed.Result as StatusCodeResult)?.StatusCode).ShouldBe((true, status));
    }

    [Fact]
    public async Task The_page_of_a_clash_says_what_happened_in_both_languages()
    {
        using var visitor = house.Nobody();
        var page = await visitor.GetAsync("/error?status=409");
        (page.Status, page.Text.Contains("Có người khác vừa sửa", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Conflict, true), page.Text);
        await visitor.PostAsync(page, "/language");
        (await visitor.GetAsync("/error?status=409")).Text.ShouldContain("Somebody else changed");
    }

    [Fact]
    public async Task The_language_changes_though_the_account_changes_at_the_same_moment()
    {
        var visitor = await house.AsAsync("clerk-a");
        var own = await visitor.GetAsync(Links.Own);
        await using var connection = await house.House.Database.Jobs.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await connection.RunAsync("UPDATE pt.account SET position = 'Tổ trưởng', version = version + 1 WHERE id = $1", TestContext.Current.CancellationToken, house.Place.ClerkA.Value);
        var both = Task.WhenAll(visitor.PostOnlyAsync(own, "handler=Language", ("language", "en")), visitor.PostOnlyAsync(own, "handler=Language", ("language", "en")), visitor.PostOnlyAsync(own, "/language"));
        await Task.Delay(700, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        (await both).Select(answer => answer.Status).ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect]);
        (await house.House.AskAsync<short>("SELECT language FROM pt.account WHERE id = $1", house.Place.ClerkA.Value)).ShouldBe((short)1);
        house.Faults.Kept.ShouldBeEmpty();
    }
}
