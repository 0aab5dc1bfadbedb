namespace PhongTuyen.Tests.House;

/// <summary>The requirements (R1–R37 of the orders) that a test proves; <c>docs/requirements.md</c> is made from it.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = false)]
public sealed class AnswersAttribute(params string[] requirements) : Attribute
{
    public IReadOnlyList<string> Requirements => requirements;
}
