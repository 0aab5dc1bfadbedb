using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PhongTuyen.Kernel;

/// <summary>What an operator may set, one record a module. The property's sentence and default are the manual: <c>docs/settings.md</c> is made from them.</summary>
public interface ISettings
{
    /// <summary>The section of the configuration: <c>Database</c> gives <c>Database:Server</c> in a file, <c>Database__Server</c> in the environment.</summary>
    static abstract string Section { get; }

    /// <summary>Everything that is wrong, in sentences that name the setting and what is allowed.</summary>
    IEnumerable<string> Faults();
}

/// <summary>Reads all settings at start; a wrong one stops the program, and all wrong ones are named together.</summary>
public static class SettingsBook
{
    public static IReadOnlyList<Type> Kinds { get; } =
        [.. typeof(SettingsBook).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ISettings))).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The section of a settings record.</summary>
    public static string SectionOf(Type kind) =>
        (string)kind.GetProperty(nameof(ISettings.Section), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static IServiceCollection AddSettings(this IServiceCollection services, IConfiguration configuration)
    {
        var faults = new List<string>();
        foreach (var kind in Kinds)
        {
            var settings = (ISettings)Activator.CreateInstance(kind)!;
            faults.AddRange(Fill(settings, configuration.GetSection(SectionOf(kind))));
            faults.AddRange(settings.Faults());
            services.AddSingleton(kind, settings);
        }
        return faults.Count == 0 ? services : throw new SettingsException(faults);
    }

    /// <summary>Sets what the section names; a fault for each name that is no setting and each value of another kind.</summary>
    private static IEnumerable<string> Fill(ISettings settings, IConfigurationSection section)
    {
        var properties = settings.GetType().GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var given in section.GetChildren())
            if (!properties.TryGetValue(given.Key, out var property)) yield return $"{section.Path}:{given.Key} is no setting. {section.Path} has {string.Join(", ", properties.Keys)}.";
            else if (Read(property.PropertyType, given.Value) is { } value) property.SetValue(settings, value);
            else yield return $"{section.Path}:{property.Name} must be {(property.PropertyType == typeof(int) ? "a whole number" : property.PropertyType == typeof(bool) ? "true or false" : "a text")}, not {given.Value ?? "a group"}.";
    }

    private static object? Read(Type kind, string? text) =>
        kind == typeof(int) ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null
        : kind == typeof(bool) ? bool.TryParse(text, out var yes) ? yes : null
        : kind == typeof(string) ? text
        : throw new NotSupportedException($"A setting cannot be a {kind.Name}.");
}

/// <summary>The program does not start with these settings.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception("Wrong settings:\n  " + string.Join("\n  ", faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
