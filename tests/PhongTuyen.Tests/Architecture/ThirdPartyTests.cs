using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>
/// Every library that a project asks for stands in <c>THIRD-PARTY.md</c> with its licence, under the heading where it belongs: in the running
/// program, or for building and testing only. Nothing stands there, or among the versions, that nobody asks for; and no project asks for what it does not use.
/// </summary>
public sealed class ThirdPartyTests
{
    private const string Running = "## In the running program", Building = "## For building and testing only";

    private static string Text { get; } = File.ReadAllText(Path.Combine(WorkingCopy.Root, "THIRD-PARTY.md"));

    [Fact]
    public void Each_library_is_listed_with_its_licence() => Unlisted(Libraries(), Listed(Text)).ShouldBeEmpty();

    [Fact]
    public void A_library_that_is_no_longer_used_is_no_longer_listed() =>
        Listed(Text).Except(Libraries()).Where(name => !name.StartsWith(".NET", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void A_version_stands_there_for_each_library_that_a_project_asks_for_and_for_no_other() =>
        XDocument.Load(Path.Combine(WorkingCopy.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value)
            .ShouldBe(Projects().SelectMany(project => project.Libraries).Distinct(), ignoreOrder: true);

    [Fact]
    public void What_the_running_program_brings_along_stands_apart_from_what_builds_and_tests_it()
    {
        var shipped = Projects().Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal)).SelectMany(project => project.Libraries).ToHashSet();
        var nuget = Projects().SelectMany(project => project.Libraries).ToHashSet();
        Listed(Part(Running)).Where(nuget.Contains).ShouldBe(shipped, ignoreOrder: true);
        Listed(Part(Building)).Where(nuget.Contains).ShouldBe(nuget.Except(shipped), ignoreOrder: true);
    }

    [Fact]
    public void No_project_asks_for_what_it_does_not_use() =>
        Projects().Where(project => project.Path.EndsWith(".csproj", StringComparison.Ordinal)).SelectMany(project => Unused(project.Libraries.Select(name => (name, Spaces(name))), Sources(project.Path)).Select(name => $"{project.Path}: {name}"))
            .ShouldBeEmpty();

    [Fact]
    public void A_planted_library_is_found()
    {
        Unlisted(["Npgsql", "Planted"], Listed("| Npgsql | x | MIT |\n| Planted | x | |")).ShouldBe(["Planted"]);
        Unused([("Planted.OpenXml", "Planted"), ("Npgsql", "Npgsql")], ["using Npgsql;"]).ShouldBe(["Planted.OpenXml"]);
    }

    private static IEnumerable<string> Unlisted(IEnumerable<string> libraries, IEnumerable<string> listed) => libraries.Except(listed);

    private static IEnumerable<string> Unused(IEnumerable<(string Name, string Space)> libraries, IReadOnlyCollection<string> sources) =>
        libraries.Where(library => library.Space.Length > 0 && !sources.Any(text => text.Contains(library.Space, StringComparison.Ordinal))).Select(library => library.Name);

    /// <summary>What of a library stands in the code that uses it; nothing where it is used without a name: by another library, by an attribute of the project.</summary>
    private static string Spaces(string library) => library switch
    {
        "FSharp.Core" or "System.IO.Packaging" or "Microsoft.EntityFrameworkCore.Relational" => "",
        "Npgsql.EntityFrameworkCore.PostgreSQL" => "UseNpgsql",
        "OpenTelemetry.Exporter.OpenTelemetryProtocol" => "AddOtlpExporter",
        "Microsoft.AspNetCore.OpenApi" => "AddOpenApi",
        "xunit.v3" => "using Xunit",
        _ => library,
    };

    private static List<string> Sources(string project) => [.. WorkingCopy.Files(Path.GetDirectoryName(project)!, ".cs").Select(file => file.Text)];

    private static string Part(string heading) => Text[(Text.IndexOf(heading, StringComparison.Ordinal) + heading.Length)..] is var rest && rest.IndexOf("\n## ", StringComparison.Ordinal) is >= 0 and var end ? rest[..end] : rest;

    /// <summary>The first column of each row that has a third.</summary>
    private static IEnumerable<string> Listed(string text) =>
        from line in text.Split('\n')
        let cells = line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        where line.StartsWith('|') && cells.Length == 3 && cells[0] != "library" && cells[0][0] != '-'
        select cells[0];

    /// <summary>Every project, and what all of them share, with the packages that it asks for by name.</summary>
    private static List<(string Path, IReadOnlyList<string> Libraries)> Projects() =>
        [.. new[] { "src", "tests", "bench" }.SelectMany(folder => WorkingCopy.Files(folder, ".csproj")).Append(("Directory.Build.props", File.ReadAllText(Path.Combine(WorkingCopy.Root, "Directory.Build.props"))))
            .Select(file => (file.Item1, (IReadOnlyList<string>)[.. XDocument.Parse(file.Item2).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value)]))];

    private static IEnumerable<string> Libraries()
    {
        using var npm = JsonDocument.Parse(File.ReadAllText(Path.Combine(WorkingCopy.Root, "package.json")));
        var kinds = new[] { "dependencies", "devDependencies", "optionalDependencies" };
        return [.. Projects().SelectMany(project => project.Libraries).Distinct(), .. npm.RootElement.EnumerateObject().Where(part => kinds.Contains(part.Name)).SelectMany(part => part.Value.EnumerateObject()).Select(package => package.Name)];
    }
}
