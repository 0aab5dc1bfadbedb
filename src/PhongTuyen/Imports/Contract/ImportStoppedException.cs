using PhongTuyen.Kernel;

namespace PhongTuyen.Imports.Contract;

/// <summary>A target lets the import go no further: not for a row's sake, but for what the whole list does.</summary>
/// <param name="fault">Key of the sentence on the page of the import.</param>
/// <param name="problem">The same for who waits for the answer.</param>
public sealed class ImportStoppedException(string fault, Problem problem) : Exception(problem.Sentence)
{
    public string Fault => fault;

    public Problem Problem => problem;
}
