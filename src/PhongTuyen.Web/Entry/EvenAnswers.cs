using System.Diagnostics;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Entry;

/// <summary>
/// To find that a record is another district's takes the database some tenths of a millisecond more than to find nothing, and a thousand questions would tell one from the other. So what is not there is
/// answered on a beat that runs from the beginning of the request.
/// </summary>
public sealed class EvenAnswers(RequestDelegate next, WebSettings settings, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (settings.NotThereBeat == 0) return next(http);
        var since = Stopwatch.GetTimestamp();
        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode != StatusCodes.Status404NotFound) return Task.CompletedTask;
            var beat = TimeSpan.FromMilliseconds(settings.NotThereBeat);
            return Task.Delay(beat - TimeSpan.FromTicks(Stopwatch.GetElapsedTime(since).Ticks % beat.Ticks), clock, http.RequestAborted);
        });
        return next(http);
    }
}
