using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using PhongTuyen.Data;

namespace PhongTuyen.Web.Entry;

/// <summary>
/// A request larger than its page takes. A browser reads the answer only when it has sent everything, so the rest is taken and thrown away
/// (up to a bound); an answer in the middle would be a broken connection to whoever sends it.
/// </summary>
public sealed class TooLarge(RequestDelegate next)
{
    private const long MostThrownAway = 2L << 30;

    /// <summary>How many bytes a request of this page or address may have.</summary>
    public static long MostOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? WebHouse.MostRequest;

    public async Task InvokeAsync(HttpContext http, Db db)
    {
        if (http.Request.ContentLength is not { } length || length <= MostOf(http))
        {
            await next(http);
            return;
        }
        await db.LeaveAsync(); // taking it may last for minutes
        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        if (length > MostThrownAway || http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } limit) return;
        limit.MaxRequestBodySize = null;
        try
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // whoever sent it has given up
        }
        // The page that says so has nothing to read.
        (http.Request.Body, http.Request.ContentLength, http.Request.ContentType) = (Stream.Null, null, null);
    }
}
