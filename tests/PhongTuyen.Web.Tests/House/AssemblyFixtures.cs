using PhongTuyen.Tests.House;
using Xunit;

[assembly: AssemblyFixture(typeof(TestCluster))]
