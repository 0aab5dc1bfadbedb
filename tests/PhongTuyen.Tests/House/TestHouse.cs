using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using Xunit;

namespace PhongTuyen.Tests.House;

/// <summary>A whole installation on a database of its own, with one small province. Each test class has one.</summary>
public class TestHouse : IAsyncLifetime
{
    private TestCluster cluster = null!;
    private ServiceProvider services = null!;

    public TestClock Clock { get; } = new();
    public string Admin { get; private set; } = null!;
    /// <summary>Connections of the administrator that are kept open: a new one each time is a third of a test that asks after every page.</summary>
    public NpgsqlDataSource Direct { get; private set; } = null!;
    public Database Database { get; private set; } = null!;
    public KeyRing Keys { get; private set; } = null!;
    public AreaStore Areas { get; private set; } = null!;
    public IServiceProvider Services => services;
    public TestProvince Place { get; private set; } = null!;
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "pt-house-" + Guid.CreateVersion7().ToString("N")[^12..]);

    public static Words Words { get; } = new(typeof(Platform).Assembly);

    public async ValueTask InitializeAsync()
    {
        cluster = await TestCluster.CurrentAsync();
        Keys = MakeKeys();
        (Admin, Areas, Place) = await cluster.CopyAsync();
        Direct = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Admin) { Pooling = true, MaxPoolSize = 20 });
        Database = (await Database.OpenAsync(Admin, new DatabaseSettings { Connections = 80 }, CancellationToken.None, unsafeForTests: true)).Value;
        var collection = new ServiceCollection();
        foreach (var kind in SettingsBook.Kinds) collection.AddSingleton(kind, Activator.CreateInstance(kind)!);
        collection.AddSingleton(new DatabaseSettings { Folder = Folder }).AddSingleton<TimeProvider>(Clock).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        collection.AddPlatform(Database, Keys, Areas, PolicyBook.Read(Areas, [Platform.PolicyFolder()]), Words);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        await FurnishAsync();
    }

    /// <summary>A ring in memory; on the disk where a test changes keys.</summary>
    protected virtual KeyRing MakeKeys() => KeyRing.Fresh();

    /// <summary>What a house has besides the province.</summary>
    protected virtual Task FurnishAsync() => Task.CompletedTask;

    /// <summary>Does something as somebody, in a request of its own that is committed.</summary>
    public async Task<T> AsAsync<T>(AccountId account, Permission door, Func<IServiceProvider, Db, Task<T>> act)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(account, Roles.With(door), Roles.Faceless, CancellationToken.None) is null) throw new InvalidOperationException("No such account.");
        var result = await act(scope.ServiceProvider, db);
        await db.CommitAsync(CancellationToken.None);
        return result;
    }

    /// <summary>A use-case, run as somebody.</summary>
    public Task<Outcome<T>> RunAsync<TUseCase, T>(AccountId account, Func<TUseCase, Task<Outcome<T>>> act, Permission door = Permission.EnterData) where TUseCase : notnull =>
        AsAsync(account, door, (provider, _) => act(provider.GetRequiredService<TUseCase>()));

    public TService Get<TService>() where TService : notnull => services.GetRequiredService<TService>();

    public virtual async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Database.DisposeAsync();
        await Direct.DisposeAsync();
        await cluster.DropAsync(Admin);
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
