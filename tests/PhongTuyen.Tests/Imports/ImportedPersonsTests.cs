using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.People.Matching;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>Who a row of a list is, and who it is not.</summary>
[Trait("Category", "Database")]
public sealed class ImportedPersonsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private Task<ImportRun> ArriveAsync(params string[] lines) => house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv(["Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Điện thoại,Nghề nghiệp", .. lines]), ListAbout.Persons);

    private async Task<string?> ProblemOfAsync(ImportRun run, int row) =>
        ImportRows.ReadProblems((await house.RowsAsync(Place.ClerkA, run.Id)).Single(one => one.Number == row).Problems).Select(problem => problem.Code).SingleOrDefault();

    private static (int, int, int) Counts(ImportRun run) => (run.Accepted, run.Duplicate, run.Rejected);

    [Fact]
    public async Task A_number_beside_another_name_is_nobody_elses_in_one_list_and_in_the_next()
    {
        var number = Given.Number();
        var run = await ArriveAsync($"Lương Văn Đúng,1985,Nam,{number},,F1", $"LUONG VAN DUNG,1985,Nam,{number},,F1", $"Phùng Thị Nhầm Số,1990,Nữ,{number},,F1");
        Counts(run).ShouldBe((1, 1, 1));
        (await ProblemOfAsync(run, 4)).ShouldBe("person.number-of-another-row");
        var again = await ArriveAsync($"Lương Văn Đúng,1985,Nam,{number},,F1", $"Phùng Thị Nhầm Số,1990,Nữ,{number},,F1");
        Counts(again).ShouldBe((0, 1, 1));
        (await ProblemOfAsync(again, 3)).ShouldBe("person.number-of-another");
    }

    [Fact]
    public async Task A_list_of_whose_persons_one_was_merged_is_not_undone()
    {
        var person = await house.PersonAsync(Place.ClerkA, "Lương Văn Gộp");
        var run = await ArriveAsync($"Lương Văn Gộp,1985,Nam,{Given.Number()},,F1");
        var listed = await house.ValueAsync<Guid>("SELECT id FROM pt.person WHERE import_id = $1", run.Id.Value);
        (await house.RunAsync<MergePersons, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), person, new PersonId(listed), null), TestContext.Current.CancellationToken))).Done.ShouldBeTrue();
        (await house.UndoAsync(Place.ClerkA, run.Id)).Problem.Details["what"].ShouldContain("lần gộp hồ sơ: 1");
    }
}
