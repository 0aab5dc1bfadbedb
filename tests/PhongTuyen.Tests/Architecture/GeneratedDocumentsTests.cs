using PhongTuyen.Cli;
using PhongTuyen.Cli.Documents;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>The documents that are made from the code are those that the code makes now.</summary>
public sealed class GeneratedDocumentsTests
{
    private static IEnumerable<string> Differing(string root, IEnumerable<(string Path, string Text)> documents) =>
        documents.Where(document => !File.Exists(Path.Combine(root, document.Path)) || File.ReadAllText(Path.Combine(root, document.Path)) != document.Text)
            .Select(document => $"{document.Path} is not what the code says now: run ./phongtuyen docs and commit it.");

    [Fact]
    public void Every_generated_document_is_up_to_date() => Differing(WorkingCopy.Root, GeneratedDocuments.All(WorkingCopy.Root)).ShouldBeEmpty();

    [Fact]
    public void A_planted_difference_is_found_and_said_how_to_mend() =>
        Differing(WorkingCopy.Root, [("docs/settings.md", "another text")]).Single().ShouldContain("run ./phongtuyen docs");

    [Fact]
    public void The_verb_writes_them_compares_them_and_knows_a_folder_that_is_no_copy()
    {
        using var folder = new TemporaryFolder();
        using var errors = new StringWriter();
        Docs.Run(folder.Path, check: true, TextWriter.Null, errors).ShouldBe(4);
        errors.ToString().ShouldContain("no working copy");
        using var output = new StringWriter();
        Docs.Run(WorkingCopy.Root, check: true, output, errors).ShouldBe(0, output.ToString());
    }

    [Fact]
    public void Every_refusal_that_the_code_can_make_is_listed_with_its_Vietnamese_sentence()
    {
        var words = OpenHouse.Texts;
        var refusals = GeneratedDocuments.Refusals(WorkingCopy.Root);
        refusals.Count.ShouldBeGreaterThan(120);
        refusals.Where(refusal => !words.Has(Language.Vietnamese, "problem." + refusal.Code) && !refusal.Code.StartsWith("web.", StringComparison.Ordinal)).ShouldBeEmpty();
        // The names that an English sentence fills are those of the Vietnamese one.
        refusals.Where(refusal => words.Has(Language.Vietnamese, "problem." + refusal.Code)
            && Words.NamesIn(words.Of(Language.Vietnamese)["problem." + refusal.Code]).Except(Words.NamesIn(refusal.English)).Any()).ShouldBeEmpty();
    }

    [Fact]
    public void A_test_answers_only_requirements_that_there_are()
    {
        var known = Requirements.All.Select(requirement => requirement.Number).ToList();
        known.ShouldBe(Enumerable.Range(1, 37).Select(n => "R" + n));
        var answers = Requirements.Answers(WorkingCopy.Root);
        answers.Count.ShouldBeGreaterThan(10);
        answers.Where(answer => !known.Contains(answer.Number)).ShouldBeEmpty();
        // What the text of the tests says is what the compiler read.
        var marked = typeof(GeneratedDocumentsTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Cast<System.Reflection.MemberInfo>().Append(type)).Where(member => Attribute.IsDefined(member, typeof(AnswersAttribute), inherit: false)).Select(member => member.Name).Distinct();
        marked.Except(answers.Select(answer => answer.Test)).ShouldBeEmpty();
    }
}
