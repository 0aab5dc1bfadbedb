using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class AreaChangesTests
{
    private static readonly DateOnly First = new(2021, 2, 1);
    private static readonly DateOnly Day = new(2022, 4, 10);

    private static readonly AreaRow[] Rows =
    [
        new(new(1), default, AreaLevel.Province, "19", "Tỉnh Thái Nguyên", First),
        new(new(2), new(1), AreaLevel.District, "172", "Thị xã Phổ Yên", First),
        new(new(3), new(2), AreaLevel.Commune, "05869", "Xã Hồng Tiến", First),
        new(new(4), new(2), AreaLevel.Commune, "05863", "Xã Phúc Tân", First),
        new(new(5), new(1), AreaLevel.District, "173", "Huyện Phú Bình", First),
    ];

    [Fact]
    public void A_renamed_unit_ends_and_begins_and_takes_along_what_lies_in_it()
    {
        var book = Apply(new AreaChange("172", AreaLevel.District, "Thành phố Phổ Yên", "19", Day, "469/NQ-UBTVQH15", []));

        book.Count.ShouldBe(Rows.Length + 3);
        book.ByCode("172", Day.AddDays(-1))!.Name.ShouldBe("Thị xã Phổ Yên");
        book.Path(book.ByCode("05863", Day)!.Id).ShouldBe("Xã Phúc Tân, Thành phố Phổ Yên, Tỉnh Thái Nguyên");
        book.Path(book.ByCode("05863", Day.AddDays(-1))!.Id).ShouldBe("Xã Phúc Tân, Thị xã Phổ Yên, Tỉnh Thái Nguyên");
        book.ByCode("05863", Day)!.Decree.ShouldBe("469/NQ-UBTVQH15");
        book.Versions(book.ByCode("05863", Day)!.Id).Count.ShouldBe(2);
    }

    [Fact]
    public void A_decree_may_change_a_unit_and_what_lies_in_it_on_one_day()
    {
        var book = Apply(
            new AreaChange("05869", AreaLevel.Commune, "Phường Hồng Tiến", "172", Day, "469/NQ-UBTVQH15", []),
            new AreaChange("172", AreaLevel.District, "Thành phố Phổ Yên", "19", Day, "469/NQ-UBTVQH15", []));

        book.Path(book.ByCode("05869", Day)!.Id).ShouldBe("Phường Hồng Tiến, Thành phố Phổ Yên, Tỉnh Thái Nguyên");
        book.Versions(book.ByCode("05869", Day)!.Id).Count.ShouldBe(2);
    }

    [Fact]
    public void A_unit_may_move_end_or_be_new()
    {
        var book = Apply(
            new AreaChange("05869", AreaLevel.Commune, "Xã Hồng Tiến", "173", Day, "a", []),
            new AreaChange("05863", AreaLevel.Commune, null, null, Day, "a", ["05869"]),
            new AreaChange("05999", AreaLevel.Commune, "Xã Mới", "172", Day, "a", []));

        book.Path(book.ByCode("05869", Day)!.Id).ShouldBe("Xã Hồng Tiến, Huyện Phú Bình, Tỉnh Thái Nguyên");
        book.ByCode("05863", Day).ShouldBeNull();
        book.Path(book.ByCode("05999", Day)!.Id).ShouldBe("Xã Mới, Thị xã Phổ Yên, Tỉnh Thái Nguyên");
        book.ByCode("05999", Day.AddDays(-1)).ShouldBeNull();
    }

    [Fact]
    public void The_same_decree_read_twice_changes_nothing_the_second_time()
    {
        var change = new AreaChange("172", AreaLevel.District, "Thành phố Phổ Yên", "19", Day, "469/NQ-UBTVQH15", []);
        var once = AreaChanges.Apply(Rows, [change]).Value;
        AreaChanges.Apply(once, [change]).Value.ShouldBe(once);
    }

    [Theory]
    [InlineData("05999", null, null, "areas.code-unknown")]
    [InlineData("05869", "Xã Hồng Tiến", "999", "areas.parent-unknown")]
    [InlineData("172", null, null, "areas.left-behind")]
    public void What_does_not_fit_is_refused(string code, string? name, string? parent, string problem)
    {
        var change = new AreaChange(code, code.Length == 3 ? AreaLevel.District : AreaLevel.Commune, name, parent, Day, "a", []);
        AreaChanges.Apply(Rows, [change]).Problem.Code.ShouldBe(problem);
    }

    [Fact]
    public void Two_changes_of_one_unit_on_one_day_are_refused()
    {
        var change = new AreaChange("05869", AreaLevel.Commune, "Phường Hồng Tiến", "172", Day, "a", []);
        AreaChanges.Apply(Rows, [change, change with { Name = "Phường Khác" }]).Problems.ShouldContain(problem => problem.Code == "areas.changed-twice");
    }

    private static AreaBook Apply(params AreaChange[] changes) => new(AreaChanges.Apply(Rows, changes).Value);
}
