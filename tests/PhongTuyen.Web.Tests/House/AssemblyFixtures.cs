using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Xunit;

[assembly: AssemblyFixture(typeof(TestCluster))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
