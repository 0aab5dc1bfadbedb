using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhongTuyen.Kernel;

/// <summary>Writes an id as its bare value: <c>"0191…"</c> or <c>214</c>.</summary>
internal sealed class IdJson : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsValueType && type.GetProperty("Value") is not null;

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options)
    {
        var converter = type.GetProperty("Value")!.PropertyType == typeof(Guid) ? typeof(OfGuid<>) : typeof(OfInt<>);
        return (JsonConverter)Activator.CreateInstance(converter.MakeGenericType(type))!;
    }

    private sealed class OfGuid<TId> : JsonConverter<TId> where TId : struct, IGuidId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => TId.Of(reader.GetGuid());
        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class OfInt<TId> : JsonConverter<TId> where TId : struct, IIntId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => TId.Of(reader.GetInt32());
        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
