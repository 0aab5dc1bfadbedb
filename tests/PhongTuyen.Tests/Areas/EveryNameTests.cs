using System.Text;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

/// <summary>Over every commune of the lists: its own names lead to it, or to a choice in which it stands; never to another one.</summary>
public sealed class EveryNameTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly AreaMatcher Matcher = new(Book, AreaLists.Links);

    /// <summary>The day, the way of writing, and how many of its communes a person has to choose between.</summary>
    [Theory]
    [InlineData("2021-02-01", "full", 0)]
    [InlineData("2021-07-01", "full", 0)]
    [InlineData("2021-07-01", "decomposed", 0)]
    [InlineData("2021-07-01", "bare", 40)]
    [InlineData("2021-07-01", "no marks", 42)]
    [InlineData("2021-07-01", "bare, no marks", 90)]
    [InlineData("2021-11-01", "bare", 40)]
    [InlineData("2025-07-01", "full", 0)]
    [InlineData("2025-07-01", "bare", 0)]
    [InlineData("2025-07-01", "no marks", 16)]
    [InlineData("2025-07-01", "bare, no marks", 20)]
    public void The_names_of_every_commune_lead_to_it_or_to_a_choice_with_it(string date, string writing, int choose)
    {
        var day = OfficialLists.Day(date);
        var (one, choices, seen) = (0, 0, 0);
        foreach (var commune in AreaLists.Rows().Where(row => row.Level == AreaLevel.Commune && row.ValidOn(day)))
        {
            var keys = Book.Keys(commune.Id);
            var match = Matcher.Match(Write(keys.Province, writing), keys.District.Value == 0 ? null : Write(keys.District, writing), Write(commune.Id, writing), day);
            seen++;
            if (match.Verdict == AreaVerdict.One)
            {
                match.Area.ShouldBe(commune.Id, Book.Path(commune.Id));
                one++;
            }
            else
            {
                match.Verdict.ShouldBe(AreaVerdict.Ambiguous, Book.Path(commune.Id));
                match.Candidates.ShouldContain(commune.Id, Book.Path(commune.Id));
                choices++;
            }
        }
        seen.ShouldBe(Book.Counts(day).Communes);
        one.ShouldBe(seen - choices);
choices.ShouldBe(choose);
    }

    [Fact]
    public void The_path_of_every_commune_in_one_line_leads_to_it()
    {
        foreach (var day in (DateOnly[])[new(2021, 7, 1), new(2025, 7, 1)])
            foreach (var commune in AreaLists.Rows().Where(row => row.Level == AreaLevel.Commune && row.ValidOn(day)))
            {
                var text = Matcher.MatchText("Số 7, " + Book.Path(commune.Id), day);
                text.Match.Area.ShouldBe(commune.Id, Book.Path(commune.Id));
                text.Head.ShouldBe("Số 7");
            }
    }

    [Fact]
    public void The_path_of_every_commune_typed_into_the_search_finds_it_first()
    {
        var day = new DateOnly(2021, 7, 1);
        foreach (var commune in AreaLists.Rows().Where(row => row.Level == AreaLevel.Commune && row.ValidOn(day)).Where((_, i) => i % 7 == 0))
            Book.Search(Book.Path(commune.Id), day).Select(hit => hit.Id).FirstOrDefault().ShouldBe(commune.Id, Book.Path(commune.Id));
    }

    private static string Write(AreaId id, string writing)
    {
        var name = Book.Find(id)!.Name;
        if (writing.StartsWith("bare", StringComparison.Ordinal)) name = AreaSpelling.Bare(name);
        return writing == "decomposed" ? name.Normalize(NormalizationForm.FormD) : writing.EndsWith("no marks", StringComparison.Ordinal) ? Unmarked(name) : name;
    }

    private static string Unmarked(string name) => string.Concat(name.Normalize(NormalizationForm.FormD)
        .Where(c => System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)).Replace('đ', 'd').Replace('Đ', 'D');
}
