namespace PhongTuyen.Web.Entry;

/// <summary>A write needs a header that no form of another site can send: <c>X-Requested-With</c> beside a cookie, or the key of a program.</summary>
internal sealed class FormTokenFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers is var sent && (sent.ContainsKey("X-Requested-With") || sent.ContainsKey("Authorization")) ? await next(context) : Results.StatusCode(StatusCodes.Status400BadRequest);
}
