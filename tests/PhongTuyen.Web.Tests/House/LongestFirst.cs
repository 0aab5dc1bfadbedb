using PhongTuyen.Web.Tests.Audit;
using PhongTuyen.Web.Tests.Bench;
using PhongTuyen.Web.Tests.Browser;
using PhongTuyen.Web.Tests.Routes;
using PhongTuyen.Web.Tests.Sight;
using Xunit.Sdk;
using Xunit.v3;

namespace PhongTuyen.Web.Tests.House;

/// <summary>Begins with the collections that take minutes: one of them begun last keeps one processor waiting to its end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [DemonstrationTests.Name, nameof(LedgerTests), nameof(AuditUnavailableTests), nameof(PlanTests), nameof(EveryRouteTests), nameof(EveryFormTests), nameof(EverySightTests), nameof(GarbageTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is var place and >= 0 ? place : Long.Length)];
}
