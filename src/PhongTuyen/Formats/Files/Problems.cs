using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Files;

/// <summary>Why a scan or a photograph is not kept.</summary>
public static class FileProblems
{
    public static Problem TooLarge(int most) => new Problem("file.too-large", 422, "A file is larger than {most} MB. Take the picture smaller, or only the page that matters.").With("most", most);
    public static Problem Kind() => new("file.kind", 422, "A file is no PDF, JPEG, PNG or WebP, or it is cut off.");
}
