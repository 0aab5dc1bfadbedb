using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Api;

/// <summary>What other programs may send: choices that exist, days between 1850 and 2200, moments in UTC, texts of at most 10,000 characters, lists without holes. Anything else is no request (400).</summary>
internal static class JsonBounds
{
    public const int MostText = 10_000;

    public static void Add(JsonSerializerOptions options)
    {
        options.RespectNullableAnnotations = true;
        options.Converters.Add(new Texts());
        options.Converters.Add(new Days());
        options.Converters.Add(new Moments());
        options.Converters.Add(new Choices());
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(WholeLists);
    }

    /// <summary>Lists without holes: the annotations of a type say nothing of what its lists hold.</summary>
    private static void WholeLists(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        var lists = info.Properties.Where(part => part.Get is not null && part.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(part.PropertyType)).ToList();
        if (lists.Count == 0) return;
        info.OnDeserialized = read =>
        {
            if (lists.Find(part => part.Get!(read) is IEnumerable list && list.Cast<object?>().Contains(null)) is { } holed) throw new JsonException("A list with a hole.", "$." + holed.Name, null, null);
        };
    }

    private sealed class Texts : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text && text.Length <= MostText && !text.Contains('\0', StringComparison.Ordinal) ? text : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;
    }

    private sealed class Days : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", out var day) && day.Year is >= DateInput.Earliest and <= DateInput.Latest ? day : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class Moments : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TryGetDateTimeOffset(out var moment) && moment.Year is >= DateInput.Earliest and <= DateInput.Latest ? moment.ToUniversalTime() : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed class Choices : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(typeof(Choice<>).MakeGenericType(typeToConvert))!;
    }

    /// <summary>By number, as the sender of an earlier version wrote it, or by name.</summary>
    private sealed class Choice<T> : JsonConverter<T> where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            return Enum.TryParse<T>(text, out var choice) && Enum.IsDefined(choice) ? choice : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));
    }
}
