namespace PhongTuyen.Web.Entry;

/// <summary>A write by cookie needs a header that no form of another site can send: <c>X-Requested-With</c>.</summary>
internal sealed class FormTokenFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers.ContainsKey("X-Requested-With") ? await next(context) : Results.StatusCode(StatusCodes.Status400BadRequest);
}
