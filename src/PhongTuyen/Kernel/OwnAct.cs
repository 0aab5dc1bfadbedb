namespace PhongTuyen.Kernel;

/// <summary>An act over many of the visitor's own that was not taken back.</summary>
/// <param name="Intent">With which it was done, and is taken back.</param>
/// <param name="Count">How many it changed.</param>
/// <param name="What">The name of what it was done to, where there is one.</param>
public sealed record OwnAct(Guid Intent, DateTimeOffset At, int Count, string? What = null);

/// <summary>What the taking back of such an act is answered.</summary>
/// <param name="Of">Its intent: from this it is known that the act was taken back.</param>
/// <param name="Count">How many are as they were before it.</param>
public sealed record TakenBack(Guid Of, int Count);
