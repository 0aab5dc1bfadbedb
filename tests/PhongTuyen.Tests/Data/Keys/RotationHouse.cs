using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PhongTuyen.Accounts;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;
using PhongTuyen.Papers;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.Corrections;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using Shouldly;

namespace PhongTuyen.Tests.Data.Keys;

/// <summary>A house whose keys lie on the disk and change: it follows as a running program does, and has something in every sealed column.</summary>
public sealed class RotationHouse : TestHouse
{
    public const string List = "Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Điện thoại,Lý do cách ly";

    private KeyWatch watch = null!;

    public DatabaseSettings Settings => new() { Folder = Folder };

    public string KeyFolder => KeyCopy.Folder(Settings);

    /// <summary>Everybody with a number, and with a telephone.</summary>
    public List<(PersonId Person, string Number, string Phone)> Known { get; } = [];

    public PaperContent Paper { get; } = new() { Name = "Lê Văn Giấy", Birth = "5/8/1985", Sex = Sex.Male, Number = Given.Number(), Phone = "0912345678", Line = "12 Trần Phú", Came = "19/08/2021", Reason = "F1" };

    public (AccountId First, AccountId Second, Guid Batch, Guid Entry) Typed { get; private set; }

    public string Row { get; } = $"Trần Văn Vào,1990,Nam,{Given.Number()},0912 345 677,F1";

    /// <summary>A request that waits, and one that was approved and took a number and a telephone away.</summary>
    public (PersonId Person, AskCorrection.Input Asked, Guid Applied, string Gone, string GonePhone) Corrected { get; private set; }

    protected override KeyRing MakeKeys() => KeyRing.Make(KeyFolder);

    protected override async Task FurnishAsync()
    {
        await Installation.KeysAsync(Database, Settings, CancellationToken.None);
        watch = await WatchAsync(Database, Keys);
        await this.FacilityAsync(Place.ProvinceOfficer, Place.CampA);
        for (var n = 0; n < 25; n++) await KnownAsync();
        var person = Known[0].Person;
        await this.SqlAsync("UPDATE pt.person SET chronic = $2 WHERE id = $1", person.Value, Get<PersonSeals>().Chronic(person, "đái tháo đường")!);
        await AsAsync(Place.ClerkA, Permission.EnterData, async (services, _) =>
        {
            await services.GetRequiredService<Letters>().PostAsync("key-test", new Letter("a@example.vn", "Nhắc", "Nội dung"), false, CancellationToken.None);
            return 0;
        });
        await this.SqlAsync("UPDATE pt.account_secret SET authenticator_key = $2 WHERE account_id = $1", Place.ClerkA.Value, Get<FieldCipher>().Seal("AAAA", "account_secret", Place.ClerkA, "authenticator_key"));
        (await this.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv(List, Row))).Accepted.ShouldBe(1);
        var (first, second) = (await this.VolunteerAsync(Place.CampA), await this.VolunteerAsync(Place.CentreA));
        var batch = await this.BatchAsync(Place.ClerkA, first, second: second);
        await this.AddFilesAsync(Place.ClerkA, batch, Volunteers.Picture("Lê Văn Giấy"));
        Typed = (first, second, batch, (await this.TypeAsync(first, batch, Paper, file: (await this.FilesAsync(first, batch))[0].Id)).Value.Entry);
        (await this.AgainAsync(second, batch, Paper with { Birth = "6/8/1985" })).Done.ShouldBeTrue();
        await this.TypeAsync(first, batch, Paper with { Name = "Lê Văn Chờ", Number = null });
        await CorrectAsync();
    }

    private async Task CorrectAsync()
    {
        var (person, number, phone) = Known[1];
        var (document, telephone) = (await this.AskAsync<Guid>("SELECT id FROM pt.person_document WHERE person_id = $1", person.Value), await this.AskAsync<Guid>("SELECT id FROM pt.person_phone WHERE person_id = $1", person.Value));
        var applied = await this.AskedAsync(Place.ClerkA, person, new AskCorrection.Wish(CorrectedField.Document, document, Given.Number()), new AskCorrection.Wish(CorrectedField.Phone, telephone, null, true));
        (await this.DecideAsync(Place.HeadA, applied)).Value.ShouldBe(applied);
        Known.RemoveAt(1);
        var asked = this.Request(Known[1].Person, Requests.Name("Nguyễn Văn Đúng")) with { Files = [new AskCorrection.File(Requests.Picture)] };
        (await this.AskAsync(Place.ClerkA, asked)).Done.ShouldBeTrue();
        Corrected = (person, asked, applied, number, phone);
    }

    public async Task<(PersonId Person, string Number, string Phone)> KnownAsync()
    {
        var number = Given.Number();
        var phone = "0987" + number[^6..];
        Known.Add((await this.PersonAsync(Place.ClerkA, number: number, phone: phone), number, phone));
        return Known[^1];
    }

    internal static Task<KeyWatch> WatchAsync(Database database, KeyRing ring) => KeyWatch.BeginAsync(database, ring, TimeSpan.FromMilliseconds(20), TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    public IReadOnlyList<SealedTable> Tables()
    {
        using var scope = Services.CreateScope();
        return [.. scope.ServiceProvider.GetServices<ISealedTables>().SelectMany(module => module.Tables())];
    }

    /// <summary>The command, ended where a test says.</summary>
    internal RotateKeys Rotation(Func<string, Task>? at = null, int rows = 7, int wait = 20) =>
        new(Admin, Settings, new KeyRotationSettings { Rows = rows, PausePercent = 0, WaitSeconds = wait }, Tables(), TimeProvider.System) { At = at ?? (_ => Task.CompletedTask) };

    /// <summary>Begins, copies the keys, and goes on to the end.</summary>
    public async Task<KeyRotation> RotateAsync(Func<string, Task>? at = null)
    {
        var first = await Rotation(at).RunAsync(CancellationToken.None);
        first.Problem.Code.ShouldBe("data.copy-keys-first");
        KeyCopy.MarkAsCopied(Settings);
        return (await Rotation(at).RunAsync(CancellationToken.None)).Value;
    }

    public Task<bool> FoundAsync(string text, PersonId person) => AsAsync(Place.ClerkA, Permission.SeePersons, async (services, _) =>
        (await services.GetRequiredService<FindPersons>().RunAsync(text, CancellationToken.None)).Value.Rows.Any(row => row.Id == person));

    /// <summary>Every value opens, every number and telephone finds its person, and what was there is known to be there.</summary>
    public async Task HoldsAsync(string when)
    {
        await ReadAllAsync(same: false, when);
        foreach (var (person, number, phone) in Known)
            (await FoundAsync(number, person), await FoundAsync(phone, person)).ShouldBe((true, true), when);
        (await this.AskAsync(Place.ClerkA, Corrected.Asked with { Id = Clock.NewGuid() })).Problem.Code.ShouldBe("correction.same", when);
        (await this.TypeAsync(Typed.First, Typed.Batch, Paper with { Name = "Ai Đó" })).Problem.Code.ShouldBe("papers.number-typed", when);
        (await this.AddFilesAsync(Place.ClerkA, Typed.Batch, Volunteers.Picture("Lê Văn Giấy"))).Value.Duplicate.ShouldBe(1, when);
        var again = await this.CheckAsync(Place.ClerkA, await this.UploadAsync(Place.ClerkA, Place.CampA, ListImport.Csv(List, Row)));
        (again.Accepted, again.Duplicate).ShouldBe((0, 1), when);
        (await this.RowsAsync(Place.ClerkA, again.Id)).SelectMany(row => ImportRows.ReadProblems(row.Problems)).Select(problem => problem.Code).ShouldContain("import.taken-in-before", when);
        await this.SqlAsync("DELETE FROM pt.import_run WHERE id = $1", again.Id.Value);
    }

    /// <summary>Opens every sealed value there is.</summary>
    /// <param name="same">Nothing is under another key: each hash is what would be made of its value now.</param>
    /// <returns>How many rows.</returns>
    public async Task<int> ReadAllAsync(bool same, string when)
    {
        var rows = 0;
        await using var connection = await Direct.OpenConnectionAsync();
        foreach (var table in Tables())
        {
            var columns = table.Key.Select(part => part.Name).Concat(table.Sealed).Select(column => "t." + column).Concat(table.Beside).Concat(table.Hashed.Select(column => "t." + column));
            var (k, s, b) = (table.Key.Count, table.Sealed.Count, table.Beside.Count);
            rows += (await connection.RowsAsync($"SELECT {string.Join(", ", columns)} FROM pt.{table.Name} t WHERE {string.Join(" OR ", table.Sealed.Select(column => $"t.{column} <> ''"))}", r =>
            {
                var row = new SealedRow([.. Enumerable.Range(0, k).Select(r.GetValue)], [.. Enumerable.Range(k, s).Select(n => r.IsDBNull(n) ? null : r.GetFieldValue<byte[]>(n))], [.. Enumerable.Range(k + s, b).Select(n => r.IsDBNull(n) ? null : r.GetValue(n))]);
                var anew = table.Anew(row);
                if (same) for (var n = 0; n < table.Hashed.Count; n++) (r.IsDBNull(k + s + b + n) ? null : r.GetFieldValue<byte[]>(k + s + b + n)).ShouldBe(anew[s + n], $"{table.Name}.{table.Hashed[n]} {when}");
                return 0;
            }, CancellationToken.None)).Count;
        }
        return rows;
    }

    public override async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        await base.DisposeAsync();
        if (Directory.Exists(KeyFolder)) Directory.Delete(KeyFolder, recursive: true);
    }
}
