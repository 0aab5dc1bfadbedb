using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PhongTuyen.Audit;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Api;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web;

/// <summary>What the web adds to the platform: pages, doors, cookies, the API. The program and the tests build the same house.</summary>
public static class WebHouse
{
    /// <summary>Bytes of one request, where a page does not say otherwise.</summary>
    public const long MostRequest = MostMegabytes * 1024 * 1024;

    public const int MostMegabytes = 25;

    /// <summary>JSON lines on the console. Of the framework only warnings and faults: its chattier levels write addresses and queries. Nothing of ours names a person; a test reads along.</summary>
    /// <param name="ours">From which level on our own lines are written.</param>
    public static ILoggingBuilder AddLogs(this ILoggingBuilder logging, LogLevel ours = LogLevel.Information) =>
        logging.ClearProviders().AddJsonConsole(console => console.IncludeScopes = false).SetMinimumLevel(LogLevel.Warning).AddFilter("PhongTuyen", ours)
            // The keys of cookies lie in the data folder with everything else; and that no page is kept by a browser is so on purpose.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);

    /// <param name="installation">Tells cookies of two installations on one host apart.</param>
    public static IServiceCollection AddPages(this IServiceCollection services, Guid installation, string dataFolder, bool secure, bool demonstration)
    {
        var mark = installation.ToString("N")[..8];
        services.AddSingleton(new SessionCookie("pt-" + mark, secure));
        services.AddScoped(provider => new Screen(provider.GetRequiredService<Words>(), provider.GetRequiredService<TimeProvider>()) { Demonstration = demonstration, LookCookie = "pt-look-" + mark });
        services.AddSingleton(new Shared.OutgoingFiles(Path.Combine(dataFolder, "outgoing")));
        services.AddScoped<Accounts.AccountActs>().AddSingleton<OpenStreams>();
        Accounts.PasskeysSetup.AddPasskeys(services);
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostRequest;
        });
        services.AddDataProtection().SetApplicationName("phongtuyen").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(dataFolder, "web-keys")));
        services.AddAntiforgery(options =>
        {
            (options.Cookie.Name, options.FormFieldName, options.HeaderName) = ("pt-form-" + mark, "_form", "X-Form-Token");
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddRazorPages(options => options.RootDirectory = "/").AddMvcOptions(options =>
        {
            options.Filters.Add<KeepWork>();
            options.Filters.Add(new WholeForm());
            options.ModelBinderProviders.Insert(0, new IdBinders());
        });
        services.AddHttpContextAccessor().AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<Microsoft.AspNetCore.Mvc.MvcOptions>, BindingWords>();
        services.Configure<RazorPagesOptions>(options => options.Conventions.Add(new PageRoutes()));
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
            JsonBounds.Add(options.SerializerOptions);
        });
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(options => options.ValueLengthLimit = JsonBounds.MostText);
        // Vietnamese letters as they are: numeric entities would double the size of every page.
        services.AddSingleton(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        services.AddScoped<Quarantine.StayActs>().AddScoped<People.PersonHeads>().AddScoped<People.RecordSides>();
        services.AddSingleton(_ => Help.GuideBook.Read(Path.Combine(AppContext.BaseDirectory, "guide", "vi")));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // ApiAnswers says what was wrong
        services.AddOpenApi("v1");
        services.AddHealthChecks().AddCheck<DatabaseAnswers>("database").AddCheck<AuditTakes>("audit");
        services.AddResponseCompression(options => (options.EnableForHttps, options.MimeTypes) = (true, ["text/css", "text/javascript", "application/javascript", "application/wasm", "image/svg+xml"]));
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            // Only what is sent: an office of a hundred stands behind one address, and each opens the page first.
            options.AddPolicy("sign-in", http => HttpMethods.IsGet(http.Request.Method) ? RateLimitPartition.GetNoLimiter("") : RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = http.RequestServices.GetRequiredService<WebSettings>().SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
        return services;
    }

    public static WebApplication UsePages(this WebApplication app)
    {
        if (app.Services.GetRequiredService<WebSettings>().BehindProxy)
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        // Empties the answer: the headers come behind it, or the page of a fault had none.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", StatusCodeSelector = Turned.StatusOfFault, SuppressDiagnosticsCallback = fault => fault.Exception is AuditUnavailableException }); // that one is logged once, where it is met
        app.UseMiddleware<SafeHeaders>();
        app.UseMiddleware<EvenAnswers>();
        app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
        app.UseMiddleware<ApiAnswers>();
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = context => context.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable" });
        app.UseRouting();
        app.UseRateLimiter();
        app.UseMiddleware<EnterHouse>();
        app.UseMiddleware<TooLarge>();
        app.MapRazorPages();
        app.MapPhongTuyenApi();
        return app;
    }

    /// <summary>Numbers and dates of forms are read and written one way, whatever the host speaks.</summary>
    public static void SetCulture() => (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);
}
