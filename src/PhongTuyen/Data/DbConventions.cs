using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>How types and names of C# become those of the tables: typed ids as their bare value, enums as smallint, snake_case.</summary>
internal static class DbConventions
{
    public static void Configure(ModelConfigurationBuilder builder)
    {
        foreach (var type in typeof(PersonId).Assembly.GetTypes().Where(type => type is { IsValueType: true, IsGenericType: false }))
        {
            if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IGuidId<>)))
                builder.Properties(type).HaveConversion(typeof(GuidIdConverter<>).MakeGenericType(type));
            if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIntId<>)))
                builder.Properties(type).HaveConversion(typeof(IntIdConverter<>).MakeGenericType(type));
            if (type.IsEnum) builder.Properties(type).HaveConversion<short>();
        }
    }

    public static void NameColumns(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
    }

    /// <summary>PlannedEnd gives planned_end.</summary>
    public static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && snake.Length > 0) snake.Append('_');
            snake.Append(char.ToLowerInvariant(c));
        }
        return snake.ToString();
    }

    // An expression tree may not call a static abstract member by itself.
    private static TId Make<TId>(Guid value) where TId : struct, IGuidId<TId> => TId.Of(value);

    private static TId Number<TId>(int value) where TId : struct, IIntId<TId> => TId.Of(value);

    private sealed class GuidIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make<TId>(value)) where TId : struct, IGuidId<TId>;

    private sealed class IntIdConverter<TId>() : ValueConverter<TId, int>(id => id.Value, value => Number<TId>(value)) where TId : struct, IIntId<TId>;
}
