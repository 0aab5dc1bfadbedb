using Npgsql;
using PhongTuyen.Data;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data;

public sealed class SqlRowsTests
{
    [Fact]
    public void An_array_that_is_the_only_value_is_one_value()
    {
        using var connection = new NpgsqlConnection();
        connection.Command("SELECT $1", (object)new[] { "a", "b" }).Parameters.Count.ShouldBe(1);
        connection.Command("SELECT $1", new[] { "a", "b" }).Parameters.Count.ShouldBe(1);
        connection.Command("SELECT $1", new byte[][] { [1], [2], [3] }).Parameters.Count.ShouldBe(1);
        connection.Command("SELECT $1", new[] { 1, 2 }).Parameters.Count.ShouldBe(1);
        connection.Command("SELECT $1, $2", "a", null).Parameters.Count.ShouldBe(2);
        connection.Command("SELECT $1, $2", [.. new object?[] { "a", 2 }]).Parameters.Count.ShouldBe(2);
    }
}
