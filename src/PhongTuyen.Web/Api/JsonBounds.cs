using System.Text.Json;
using System.Text.Json.Serialization;
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
        options.Converters.Add(new Lists());
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

    private sealed class Lists : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(typeof(Whole<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class Whole<T> : JsonConverter<IReadOnlyList<T>>
    {
        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return JsonSerializer.Deserialize<List<T>>(ref reader, options) is { } list && !list.Exists(one => one is null) ? list : throw new JsonException();
            }
            catch (JsonException part)
            {
                throw new JsonException(part.Message, part); // without its path, which begins at the list: the reader of the whole message says where the list stands
            }
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize<IEnumerable<T>>(writer, value, options);
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
