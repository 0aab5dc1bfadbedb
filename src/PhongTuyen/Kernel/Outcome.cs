using System.Diagnostics.CodeAnalysis;

namespace PhongTuyen.Kernel;

/// <summary>What a use-case answers: its value, or one or more refusals. Exceptions are left for bugs.</summary>
public readonly struct Outcome<T>
{
    private readonly T? value;
    private readonly IReadOnlyList<Problem>? problems;

    private Outcome(T? value, IReadOnlyList<Problem>? problems) => (this.value, this.problems) = (value, problems);

    public bool Done => problems is null;

    /// <summary>All refusals, at once, so that a form can show them together. Empty when done.</summary>
    public IReadOnlyList<Problem> Problems => problems ?? [];

    /// <summary>The first refusal.</summary>
    /// <exception cref="InvalidOperationException">The use-case was done.</exception>
    public Problem Problem => problems?[0] ?? throw new InvalidOperationException("The outcome holds no problem.");

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The use-case refused; the message names the refusal.</exception>
    public T Value => problems is null ? value! : throw new InvalidOperationException($"Refused: {problems[0].Code}");

    public bool Refused([NotNullWhen(true)] out Problem? problem)
    {
        problem = problems?[0];
        return problem is not null;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Problem problem) => new(default, [problem]);
    public static implicit operator Outcome<T>(List<Problem> problems) =>
        problems.Count > 0 ? new(default, problems) : throw new ArgumentException("A refusal needs a problem.", nameof(problems));

    /// <summary>The same refusals for another type of value.</summary>
    public Outcome<TOther> As<TOther>() => problems is { } some ? new Outcome<TOther>(default, some) : throw new InvalidOperationException("Nothing was refused.");
}

/// <summary>The value of a use-case that has none.</summary>
public readonly record struct Nothing
{
    public static readonly Nothing Value;
}
