using PhongTuyen.Bench.Ledger;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Bench.Shown;

/// <summary>The program with a fresh demonstration province, and clerks of it who write over the API.</summary>
internal sealed class DemonstrationRig : IAsyncDisposable
{
    private readonly List<ApiClient> clients = [];
    private readonly DemonstrationNames names = new(7);
    private int count;

    private DemonstrationRig(ProgramUnderTest program, IReadOnlyDictionary<string, UnitId> units, string folder) => (Program, Units, Folder) = (program, units, folder);

    /// <summary>Where its data lie.</summary>
    public string Folder { get; }

    public ProgramUnderTest Program { get; }
    public IReadOnlyDictionary<string, UnitId> Units { get; }

    public static async Task<DemonstrationRig> StartAsync(CancellationToken ct)
    {
        var folder = Path.Combine(BenchHome.Data, "demonstration");
        foreach (var old in new[] { folder, folder + "-keys" })
            if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        var program = await ProgramUnderTest.StartAsync(folder, ProgramUnderTest.OneForMany, ct);
        return new DemonstrationRig(program, await LedgerRun.UnitsAsync(folder, ct), folder);
    }

    public Task<SignedIn> SignInAsync(string account, CancellationToken ct) => SignedIn.AsAsync(Program.Address, account, DemonstrationProvince.Password, ct);

    public async Task<ApiClient> ClientAsync(string account, CancellationToken ct)
    {
        var client = new ApiClient(Program.Address, await SignInAsync(account, ct));
        clients.Add(client);
        return client;
    }

    public async Task<PersonId> PersonAsync(ApiClient clerk, CancellationToken ct)
    {
        var (facts, _, _, _) = names.Next();
        var id = TimeProvider.System.New<PersonId>();
        var answer = await clerk.SendAsync("/api/people", new EnterPerson.Input(id, facts, [new DocumentFact(DocumentKind.Passport, $"Y{++count:0000000}")], [], [], false), ct);
        return answer.Done ? id : throw new InvalidOperationException($"A person was refused: {answer.Code}.");
    }

    public static AdmitPerson.Input Admission(PersonId person, UnitId camp) =>
        new(TimeProvider.System.New<StayId>(), person, camp, StayPlace.Facility, StayClass.Observation, 0, TimeProvider.System.GetUtcNow(), false, StayReason.EpidemicArea) { AnyBed = true };

    public static EndStay.Input Leave(StayId stay) => new(TimeProvider.System.NewGuid(), stay, StayEnd.Left, null, null);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        await Program.DisposeAsync();
    }
}
