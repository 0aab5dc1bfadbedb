using System.Text.RegularExpressions;
using Mono.Cecil;
using PhongTuyen.Cli.Documents;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture
{
    /// <summary>Modules use those below them, or another's Contract; a module's SQL names its own tables and those below. The list is <see cref="ModuleBook"/>.</summary>
    public sealed partial class BoundaryTests
    {
        private static readonly AssemblyDefinition Library = AssemblyDefinition.ReadAssembly(typeof(Platform).Assembly.Location);

        /// <summary>Crossings that are allowed by name, each with its reason. May only become fewer.</summary>
        private static readonly Dictionary<(string From, string To), string> Known = new()
        {
            [("People", "Imports.Problems")] = "a row of a list is refused in the words of the import",
            [("Quarantine", "Imports.Problems")] = "a row of a list is refused in the words of the import",
            [("Cases", "Imports.Problems")] = "a row of a list is refused in the words of the import",
        };

        /// <summary>SQL that names a table of a module further up, each with its reason: questions, never a write. May only become fewer.</summary>
        private static readonly Dictionary<(string Module, string Table), string> KnownTables = new()
        {
            [("Units", "account")] = "a unit with accounts is not closed, and the list says how many there are",
            [("Quarantine", "case_record")] = "the class of the case stands beside the stay",
            [("People", "quarantine_stay")] = "an import on whose persons later entries depend is not undone",
            [("People", "case_record")] = "an import on whose persons later entries depend is not undone",
            [("People", "lab_result")] = "an import on whose persons later entries depend is not undone",
        };

        private static string ModuleOf(string name) => name.Split('.') is [_, var module, ..] ? module : "";

        /// <summary>What is used, without the name of the house: <c>Imports.Problems</c>.</summary>
        private static string Target(Crossings.Crossing crossing) => $"{crossing.To["PhongTuyen.".Length..]}.{crossing.What}";

        private static IEnumerable<string> Upward(IEnumerable<Crossings.Crossing> crossings) =>
            crossings.Where(crossing => ModuleOf(crossing.Namespace).Length > 0 && !ModuleBook.May(ModuleOf(crossing.Namespace), crossing.To) && !Known.ContainsKey((ModuleOf(crossing.Namespace), Target(crossing))))
                .Select(crossing => $"{crossing.From} uses {crossing.To}.{crossing.What}: {ModuleOf(crossing.Namespace)} may not use {ModuleOf(crossing.To)}; tell an event, or ask through a Contract.").Distinct();

        private static IEnumerable<string> ForeignTables(IEnumerable<Crossings.Sentence> sentences) =>
            from sentence in sentences
            let module = ModuleOf(sentence.Namespace)
            where ModuleBook.FloorOf(module) >= 0 && module is not ("Reporting" or "Demonstration")
            from table in Tables().Matches(sentence.Text).Select(match => match.Groups[1].Value).Distinct()
            let owner = ModuleBook.All.FirstOrDefault(one => one.Owns(table))
            where owner is not null && ModuleBook.FloorOf(owner.Name) > ModuleBook.FloorOf(module) && !KnownTables.ContainsKey((module, table))
            select $"{sentence.From}: the SQL of {module} names pt.{table}, which belongs to {owner.Name}.";

        [GeneratedRegex(@"\bpt\.([a-z_]+)\b(?!\s*\()")]
        private static partial Regex Tables();

        [Fact]
        public void Every_folder_of_the_library_is_a_module_of_the_list() =>
            Directory.EnumerateDirectories(Path.Combine(WorkingCopy.Root, "src/PhongTuyen")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)
                .ShouldBe(ModuleBook.All.Select(module => module.Name).Order(StringComparer.Ordinal));

        [Fact]
        public void A_module_uses_only_what_lies_below_it_or_a_contract() => Upward(Crossings.Of(Library)).ShouldBeEmpty();

        [Fact]
        public void The_SQL_of_a_module_names_only_tables_of_its_own_and_below() => ForeignTables(Crossings.Texts(Library)).ShouldBeEmpty();

        [Fact]
        public void Every_crossing_that_is_allowed_by_name_still_exists()
        {
            var crossings = Crossings.Of(Library).Select(crossing => (ModuleOf(crossing.Namespace), Target(crossing))).ToHashSet();
            Known.Keys.Where(known => !crossings.Contains(known)).ShouldBeEmpty();
            var texts = Crossings.Texts(Library);
            KnownTables.Keys.Where(known => !texts.Any(text => ModuleOf(text.Namespace) == known.Module && text.Text.Contains("pt." + known.Table, StringComparison.Ordinal))).ShouldBeEmpty();
        }

        [Fact]
        public void A_planted_crossing_is_found_in_the_built_code()
        {
            var tests = AssemblyDefinition.ReadAssembly(typeof(BoundaryTests).Assembly.Location);
            var planted = Upward(Crossings.Of(tests, type => type.FullName.StartsWith("PhongTuyen.Kernel.Planted", StringComparison.Ordinal))).ToList();
            planted.ShouldContain(line => line.Contains("Kernel may not use Quarantine", StringComparison.Ordinal));
            ForeignTables(Crossings.Texts(tests).Where(text => text.From.StartsWith("PhongTuyen.Kernel.Planted", StringComparison.Ordinal))).ShouldContain(line => line.Contains("pt.quarantine_stay", StringComparison.Ordinal));
        }

        [Theory]
        [InlineData("Lab", "PhongTuyen.Quarantine", false)]
        [InlineData("Lab", "PhongTuyen.Quarantine.Contract", true)]
        [InlineData("Quarantine", "PhongTuyen.Lab", true)]
        [InlineData("Data", "PhongTuyen.Audit", true)]
        [InlineData("Kernel", "PhongTuyen.Data", false)]
        public void The_direction_is_downward(string module, string used, bool may) => ModuleBook.May(module, used).ShouldBe(may);

        [Fact]
        public void Every_module_and_every_folder_of_pages_says_what_it_is_for()
        {
            var missing = from folder in new[] { "src/PhongTuyen", "src/PhongTuyen.Web" }
                          from path in Directory.EnumerateDirectories(Path.Combine(WorkingCopy.Root, folder))
                          where Path.GetFileName(path) is not ("bin" or "obj" or "wwwroot" or "Properties")
                          let readme = Path.Combine(path, "README.md")
                          where !File.Exists(readme) || File.ReadAllLines(readme).Length < 2
                          select Path.GetRelativePath(WorkingCopy.Root, readme);
            missing.ShouldBeEmpty();
        }
    }
}

namespace PhongTuyen.Kernel
{
    /// <summary>An offender, planted for the boundary test.</summary>
    internal static class Planted
    {
        public static async Task<object> ReachAsync()
        {
            await Task.Yield();
            return typeof(Quarantine.AdmitPerson).Name + "SELECT * FROM pt.quarantine_stay";
        }
    }
}
