using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;

namespace PhongTuyen.Tests.Papers;

/// <summary>Volunteers, what units give them, and what they type.</summary>
public static class Volunteers
{
    private static int made;

    /// <summary>A name that nobody else has.</summary>
    public static string Name() => $"tinh-nguyen-{Interlocked.Increment(ref made)}";

    /// <summary>An account that types for a unit and those below it for so many days, and is nothing else.</summary>
    public static async Task<AccountId> VolunteerAsync(this TestHouse house, UnitId unit, string? name = null, int days = 30)
    {
        var end = house.Clock.Today().AddDays(days + 1).AtLocal();
        var id = await house.AccountUntilAsync(name ?? Name(), unit, end, (Role.Volunteer, unit, null));
        await house.SqlAsync("UPDATE pt.account SET expires_at = $2 WHERE id = $1", id.Value, end);
        return id;
    }

    /// <summary>Papers that staff of a unit give to a volunteer.</summary>
    public static async Task<Guid> BatchAsync(this TestHouse house, AccountId by, AccountId volunteer, int papers = 10, string title = "Tờ khai y tế, tập 1", AccountId? second = null, int percent = 100)
    {
        var id = house.Clock.NewGuid();
        return (await house.RunAsync<GivePapers, Guid>(by, use => use.RunAsync(new(id, id, 0, title, "Tủ số 2", papers, null, null, volunteer) { Second = second, Percent = second is null ? null : percent }, CancellationToken.None))).Value;
    }

    /// <summary>The first paper of the sample that waits, or this one, typed a second time.</summary>
    public static async Task<Outcome<Nothing>> AgainAsync(this TestHouse house, AccountId by, Guid batch, PaperContent paper, bool unclear = false, Guid? entry = null)
    {
        entry ??= (await house.DueAsync(by, batch)).First().Entry;
        return await house.RunAsync<TypeAgain, Nothing>(by, use => use.RunAsync(new(house.Clock.NewGuid(), batch, entry.Value, unclear, paper, false), CancellationToken.None), Permission.TypePapers);
    }

    public static Task<List<TypeAgain.Due>> DueAsync(this TestHouse house, AccountId by, Guid batch) =>
        house.AsAsync(by, Permission.TypePapers, (services, _) => services.GetRequiredService<TypeAgain>().DueAsync(batch, CancellationToken.None));

    public static Task<Outcome<TypePaper.Typed>> TypeAsync(this TestHouse house, AccountId by, Guid batch, PaperContent paper, bool unclear = false, bool asOnPaper = false, (Guid Id, int Version)? entry = null, Guid? intent = null, Guid? file = null) =>
        house.RunAsync<TypePaper, TypePaper.Typed>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), batch, entry?.Id, entry?.Version ?? 0, unclear, paper, asOnPaper) { File = file }, CancellationToken.None), Permission.TypePapers);

    /// <summary>Scans that staff of a unit add to its papers.</summary>
    public static Task<Outcome<AddPaperFiles.Added>> AddFilesAsync(this TestHouse house, AccountId by, Guid batch, params IReadOnlyList<byte[]> files) =>
        house.RunAsync<AddPaperFiles, AddPaperFiles.Added>(by, use => use.RunAsync(new(house.Clock.NewGuid(), batch, files), CancellationToken.None));

    public static Task<List<PaperFilesList.Row>> FilesAsync(this TestHouse house, AccountId by, Guid batch, Permission door = Permission.TypePapers) =>
        house.AsAsync(by, door, (services, _) => services.GetRequiredService<PaperFilesList>().OfBatchAsync(batch, CancellationToken.None));

    /// <summary>A picture that says this.</summary>
    public static byte[] Picture(string said) => [0xFF, 0xD8, 0xFF, 0xE0, .. System.Text.Encoding.UTF8.GetBytes(said), 0xFF, 0xD9];

    public static Task<Outcome<TakePaper.Taken>> TakeAsync(this TestHouse house, AccountId by, Guid entry, int version = 1, PaperContent? corrected = null, bool asOnPaper = false, bool another = false) =>
        house.RunAsync<TakePaper, TakePaper.Taken>(by, use => use.RunAsync(new(entry, version, corrected, asOnPaper, another), CancellationToken.None));
}
