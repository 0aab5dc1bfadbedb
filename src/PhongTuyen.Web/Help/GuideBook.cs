using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Help;

/// <summary>The guide as its pages show it: one file of Markdown a chapter, read once. No HTML of a file gets through.</summary>
public sealed class GuideBook
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    /// <param name="Anchor">Where on the page it stands.</param>
    /// <param name="Folded">Its words as they are searched.</param>
    public sealed record Section(string Title, string Anchor, string Text, string Folded);

    /// <param name="Slug">Its name in addresses, and that of its file: <c>02-nguoi-nhap-lieu</c>.</param>
    /// <param name="Lead">Its first paragraph.</param>
    public sealed record Chapter(string Slug, string Title, string Lead, string Html, IReadOnlyList<Section> Sections);

    /// <param name="Excerpt">The words around the first one that was looked for.</param>
    public sealed record Hit(Chapter Chapter, Section Section, string Excerpt);

    public IReadOnlyList<Chapter> Chapters { get; }

    private GuideBook(IReadOnlyList<Chapter> chapters) => Chapters = chapters;

    /// <exception cref="SettingsException">The guide is not beside the program.</exception>
    public static GuideBook Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new SettingsException(["The folder 'guide/vi' is missing beside the program."]);
        return new GuideBook([.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(path => ReadChapter(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))]);
    }

    public Chapter? Find(string slug) => Chapters.FirstOrDefault(chapter => chapter.Slug == slug);

    /// <summary>The sections in which every word stands, with marks or without; those with the words in their title first.</summary>
    public IReadOnlyList<Hit> Search(string text)
    {
        var words = VietnameseText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [];
        return [.. from chapter in Chapters
                   from section in chapter.Sections
                   where words.All(word => section.Folded.Contains(word, StringComparison.Ordinal))
                   let title = VietnameseText.Fold(section.Title)
                   orderby words.All(word => title.Contains(word, StringComparison.Ordinal)) descending
                   select new Hit(chapter, section, Excerpt(section.Text, words))];
    }

    private static Chapter ReadChapter(string slug, string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.Url is { } url && url.Split('#')[0].EndsWith(".md", StringComparison.Ordinal)))
            link.Url = Links.HelpChapter(link.Url!.Split('#')[0][..^3]) + (link.Url.Contains('#', StringComparison.Ordinal) ? "#" + link.Url.Split('#', 2)[1] : "");
        // A guide leads to its own chapters and to pages of the web, and nowhere else.
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.Url is { } url && !url.StartsWith('/') && !url.StartsWith('#') && !url.StartsWith("https://", StringComparison.Ordinal))) link.Url = "";
        var sections = new List<Section>();
        var title = "";
        string? lead = null;
        var (heading, anchor, words) = ("", "", new List<string>());
        foreach (var block in document)
        {
            if (block is HeadingBlock { Level: <= 2 } head)
            {
                Close();
                (heading, anchor, words) = (WordsOf(head), head.GetAttributes().Id ?? "", []);
                if (head.Level == 1) title = heading;
            }
            else
            {
                words.Add(WordsOf(block));
                if (block is ParagraphBlock) lead ??= words[^1];
            }
        }
        Close();
        foreach (var table in document.Descendants<Table>()) table.GetAttributes().AddClass("pt-table pt-table--small");
        // The title stands in the head of the page.
        if (document.OfType<HeadingBlock>().FirstOrDefault(head => head.Level == 1) is { } first) document.Remove(first);
        return new Chapter(slug, title, lead ?? "", document.ToHtml(Pipeline), sections);

        void Close()
        {
            var text = string.Join(' ', words);
            if (heading.Length > 0) sections.Add(new Section(heading, anchor, text, VietnameseText.Fold($"{heading} {text}")));
        }
    }

    private static string WordsOf(Block block) => string.Join(' ', string.Concat(Parts(block).Select(part => part switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        CodeBlock code => code.Lines + " ",
        LeafBlock => " ",
        _ => "",
    })).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Everything in a block, in reading order, each leaf before the words in it.</summary>
    private static IEnumerable<MarkdownObject> Parts(Block block) => block switch
    {
        LeafBlock { Inline: { } inline } leaf => [leaf, .. inline.Descendants()],
        ContainerBlock container => container.SelectMany(Parts),
        _ => [block],
    };

    private static string Excerpt(string text, string[] words)
    {
        const int most = 180;
        if (text.Length <= most) return text;
        // Folding keeps no positions: the word is looked for among the words of the text.
        var parts = text.Split(' ');
        var found = Math.Max(0, Array.FindIndex(parts, part => VietnameseText.Fold(part).Contains(words[0], StringComparison.Ordinal)));
        var from = Math.Max(0, found - 8);
        var cut = string.Join(' ', parts[from..]);
        return (from > 0 ? "… " : "") + (cut.Length > most ? cut[..cut.LastIndexOf(' ', most)] + " …" : cut);
    }
}
