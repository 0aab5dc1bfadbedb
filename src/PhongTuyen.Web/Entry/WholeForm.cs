using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace PhongTuyen.Web.Entry;

/// <summary>
/// The character without a meaning (NUL) stands in no text of ours, and the database takes none. The framework refuses it in a form of one line and lets it through in one with files: here both are refused alike, before
/// anything is read out of them. What stands in a file is the file's own affair.
/// </summary>
internal sealed class WholeForm : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var (http, request) = (context.HttpContext, context.HttpContext.Request);
        // The page of a refusal is drawn by the request that was refused, and takes nothing out of its form.
        var refused = http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;
        if (!refused && request.HasFormContentType && !HttpMethods.IsGet(request.Method) && !Holds(await request.ReadFormAsync(http.RequestAborted)))
            context.Result = new BadRequestResult();
        else await next();
    }

    /// <summary>Whether every field is text.</summary>
    public static bool Holds(IFormCollection form) =>
        form.All(field => IsText(field.Key) && field.Value.All(IsText)) && form.Files.All(file => IsText(file.Name) && IsText(file.FileName));

    private static bool IsText(string? text) => text is null || !text.Contains('\0', StringComparison.Ordinal);
}
