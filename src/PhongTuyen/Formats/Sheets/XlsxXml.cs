using System.Text;
using System.Xml;

namespace PhongTuyen.Formats.Sheets;

/// <summary>XML of a part, read so that a hostile one costs no more than an honest one of its size.</summary>
internal static class XlsxXml
{
    /// <summary>Worksheets nest about a dozen deep; a reader keeps every open element.</summary>
    private const int Deepest = 64;

    /// <summary>A DTD is an error, and nothing is ever fetched.</summary>
    public static XmlReader Open(Stream part) => XmlReader.Create(new TagReader(part), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    });

    /// <summary>The next node; false at the end.</summary>
    /// <exception cref="InvalidDataException">Nested deeper than any worksheet.</exception>
    public static bool Step(this XmlReader xml) => xml.Read() && (xml.Depth <= Deepest ? true : throw new InvalidDataException("Nested too deep."));

    /// <summary>Moves to the end of the element on which the reader stands.</summary>
    public static void StepToEnd(this XmlReader xml)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.Step() && xml.Depth > depth) { }
    }

    /// <summary>
    /// Refuses a tag or text of more than a million characters: the XML reader keeps a tag with its attributes whole, and one of
    /// 190 MB took 1 GB. No "&lt;" can stand within a tag, so that its length is seen from outside.
    /// </summary>
    private sealed class TagReader(Stream part) : TextReader
    {
        private const int Longest = 1_000_000;
        // Packages are in UTF-8 or UTF-16, which has a mark.
        private readonly StreamReader text = new(part, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 32_768);
        private int length;

        public override int Read(char[] buffer, int index, int count)
        {
            int read;
            try
            {
                read = text.Read(buffer, index, count);
            }
            catch (DecoderFallbackException)
            {
                throw new InvalidDataException("Not in UTF-8.");
            }
            var last = buffer.AsSpan(index, read).LastIndexOf('<');
            length = last < 0 ? length + read : read - last;
            return length <= Longest ? read : throw new InvalidDataException("A tag or text is too long.");
        }

        public override int Read() => throw new NotSupportedException();
        public override int Peek() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) text.Dispose();
            base.Dispose(disposing);
        }
    }
}
