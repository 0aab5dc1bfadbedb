using Microsoft.AspNetCore.Mvc.ModelBinding;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Entry;

/// <summary>Reads ids and dates of forms and addresses: ids by their own form, dates as people write them (5/8/21). What is no id or date is a fault of its field, and what was typed stays.</summary>
public sealed class IdBinders : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var type = Nullable.GetUnderlyingType(context.Metadata.ModelType) ?? context.Metadata.ModelType;
        if (type == typeof(DateOnly)) return new DateBinder();
        if (type == typeof(DateTimeOffset)) return new MomentBinder();
        var isId = type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IGuidId<>) || i.GetGenericTypeDefinition() == typeof(IIntId<>)));
        return isId ? (IModelBinder)Activator.CreateInstance(typeof(IdBinder<>).MakeGenericType(type))! : null;
    }

    private abstract class TextBinder : IModelBinder
    {
        public Task BindModelAsync(ModelBindingContext context)
        {
            var value = context.ValueProvider.GetValue(context.ModelName);
            if (value == ValueProviderResult.None || string.IsNullOrWhiteSpace(value.FirstValue)) return Task.CompletedTask;
            context.ModelState.SetModelValue(context.ModelName, value);
            if (Read(value.FirstValue, context.HttpContext) is { } model) context.Result = ModelBindingResult.Success(model);
            else context.ModelState.TryAddModelError(context.ModelName, context.HttpContext.RequestServices.GetRequiredService<Screen>().Say(Fault(context.ModelName)));
            return Task.CompletedTask;
        }

        protected abstract object? Read(string text, HttpContext http);

        protected virtual Problem Fault(string field) => Refusals.NotOneOf(field);
    }

    private sealed class IdBinder<TId> : TextBinder where TId : struct
    {
        private delegate bool TryParse(string? text, out TId id);

        private static readonly TryParse Parse = typeof(TId).GetMethod("TryParse", [typeof(string), typeof(TId).MakeByRefType()])!.CreateDelegate<TryParse>();

        protected override object? Read(string text, HttpContext http) => Parse(text, out var id) ? id : null;
    }

    private sealed class DateBinder : TextBinder
    {
        protected override object? Read(string text, HttpContext http) => DateInput.TryDate(text, http.RequestServices.GetRequiredService<TimeProvider>().Today(), out var date) ? date : null;
        protected override Problem Fault(string field) => Refusals.NotADate(field);
    }

    private sealed class MomentBinder : TextBinder
    {
        protected override object? Read(string text, HttpContext http) => DateInput.TryMoment(text, http.RequestServices.GetRequiredService<TimeProvider>().Today(), out var moment) ? moment : null;
        protected override Problem Fault(string field) => Refusals.NotADate(field);
    }
}
