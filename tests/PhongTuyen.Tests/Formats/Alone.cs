using Xunit;

namespace PhongTuyen.Tests.Formats;

/// <summary>Tests that measure memory or time: no other runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
