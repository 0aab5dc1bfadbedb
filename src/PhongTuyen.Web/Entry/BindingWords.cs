using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Entry;

/// <summary>What a form says of a value that is no number and no choice: in the visitor's language, and nothing of the inside. The name of the field stands beside it.</summary>
public sealed class BindingWords(IHttpContextAccessor http) : IConfigureOptions<MvcOptions>
{
    public void Configure(MvcOptions options)
    {
        var say = options.ModelBindingMessageProvider;
        say.SetAttemptedValueIsInvalidAccessor((_, _) => Say(Refusals.NotReadable("")));
        say.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => Say(Refusals.NotReadable("")));
        say.SetUnknownValueIsInvalidAccessor(_ => Say(Refusals.NotReadable("")));
        say.SetNonPropertyUnknownValueIsInvalidAccessor(() => Say(Refusals.NotReadable("")));
        say.SetValueIsInvalidAccessor(_ => Say(Refusals.NotReadable("")));
        say.SetValueMustBeANumberAccessor(_ => Say(Refusals.NotANumber("")));
        say.SetNonPropertyValueMustBeANumberAccessor(() => Say(Refusals.NotANumber("")));
        say.SetValueMustNotBeNullAccessor(_ => Say(Refusals.Required("")));
        say.SetMissingBindRequiredValueAccessor(_ => Say(Refusals.Required("")));
        say.SetMissingKeyOrValueAccessor(() => Say(Refusals.Required("")));
        say.SetMissingRequestBodyRequiredValueAccessor(() => Say(Refusals.Required("")));
    }

    private string Say(Problem problem) => http.HttpContext!.RequestServices.GetRequiredService<Screen>().Say(problem);
}
