using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>Every library that the copy names stands in <c>THIRD-PARTY.md</c> with its licence, and nothing stands there that is gone.</summary>
public sealed class ThirdPartyTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Each_library_is_listed_with_its_licence() => Unlisted(Libraries(), Listed(File.ReadAllText(Path.Combine(Root, "THIRD-PARTY.md")))).ShouldBeEmpty();

    [Fact]
    public void A_library_that_is_no_longer_used_is_no_longer_listed() =>
        Listed(File.ReadAllText(Path.Combine(Root, "THIRD-PARTY.md"))).Except(Libraries()).Where(name => !name.StartsWith(".NET", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void A_planted_library_without_a_licence_is_found() => Unlisted(["Npgsql", "Planted"], Listed("| Npgsql | x | MIT |\n| Planted | x | |")).ShouldBe(["Planted"]);

    private static IEnumerable<string> Unlisted(IEnumerable<string> libraries, IEnumerable<string> listed) => libraries.Except(listed);

    /// <summary>The first column of each row that has a third.</summary>
    private static IEnumerable<string> Listed(string text) =>
        from line in text.Split('\n')
        let cells = line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        where line.StartsWith('|') && cells.Length == 3 && cells[0] != "library" && cells[0][0] != '-'
        select cells[0];

    private static IEnumerable<string> Libraries()
    {
        var nuget = XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value);
        using var npm = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "package.json")));
        var kinds = new[] { "dependencies", "devDependencies", "optionalDependencies" };
        return [.. nuget, .. npm.RootElement.EnumerateObject().Where(part => kinds.Contains(part.Name)).SelectMany(part => part.Value.EnumerateObject()).Select(package => package.Name)];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PhongTuyen.slnx"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the copy.");
        return folder.FullName;
    }
}
