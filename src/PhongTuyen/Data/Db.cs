using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// The database as one visitor sees it, for the length of one request: one connection, one transaction, one scope. Entities pass the
/// named filter "scope" on the way out and the write guard on the way in; the row policies stand below both.
/// </summary>
public sealed partial class Db(Database database, IServiceProvider services, TimeProvider clock) : DbContext
{
    private NpgsqlTransaction? transaction;
    private NpgsqlConnection? connection;
    private bool entered;
    private bool withEntities;

    /// <summary>Who is asking; null before <see cref="EnterAsync"/> or <see cref="ActAsAsync"/>.</summary>
    public Visitor? Visitor { get; private set; }

    public Scope Scope => Visitor?.Scope ?? Scope.Nobody;

    public TimeProvider Clock => clock;

    /// <summary>The open connection, inside its transaction, for queries in plain SQL.</summary>
    /// <exception cref="InvalidOperationException">Nobody entered, or the work is already committed.</exception>
    public NpgsqlConnection Connection => connection ?? throw new InvalidOperationException("Nobody has entered: no connection without a scope.");

    /// <summary>Whether somebody entered and the work is neither committed nor left yet.</summary>
    public bool IsOpen => connection is not null;

    /// <summary>Opens the request's transaction in the name of a session. Null: not signed in (any more).</summary>
    /// <param name="roles">The roles that open the door that was asked for.</param>
    /// <param name="faceless">Of all roles, those that show figures only.</param>
    public Task<Visitor?> EnterAsync(byte[] tokenHash, short[] roles, short[] faceless, TimeSpan idle, CancellationToken ct) =>
        BeginAsync("SELECT * FROM pt.enter($1, $2, $3, $4, $5)", [tokenHash, roles, faceless, clock.GetUtcNow(), idle], ct);

    /// <summary>The same in the name of a program that shows its key.</summary>
    public Task<Visitor?> EnterByKeyAsync(byte[] hash, short[] roles, short[] faceless, CancellationToken ct) =>
        BeginAsync("SELECT * FROM pt.enter_by_key($1, $2, $3, $4)", [hash, roles, faceless, clock.GetUtcNow()], ct);

    /// <summary>The same for work done later in an account's name, and for the operator's command line.</summary>
    public Task<Visitor?> ActAsAsync(AccountId account, short[] roles, short[] faceless, CancellationToken ct) =>
        BeginAsync("SELECT * FROM pt.act_as($1, $2, $3, $4)", [account.Value, roles, faceless, clock.GetUtcNow()], ct);

    private async Task<Visitor?> BeginAsync(string enter, object[] values, CancellationToken ct)
    {
        if (entered) throw new InvalidOperationException("This request has already entered.");
        try
        {
            connection = await database.App.OpenConnectionAsync(ct);
            transaction = await connection.BeginTransactionAsync(ct);
            Visitor = await connection.RowAsync(enter, ReadVisitor, ct, values);
            entered = Visitor is not null;
            return Visitor;
        }
        finally
        {
            // Nobody there, or the database went away just now: the page that says so is drawn without it.
            if (!entered) await LeaveAsync();
        }
    }

    private static Visitor ReadVisitor(NpgsqlDataReader r) => new()
    {
        Account = new AccountId(r.GetGuid(0)),
        Session = r.Maybe<Guid>(1),
        UserName = r.GetString(2),
        DisplayName = r.GetString(3),
        Unit = new UnitId(r.GetInt32(4)),
        Language = (Language)r.GetInt16(5),
        MustChangePassword = r.GetBoolean(6),
        SecondFactor = r.GetBoolean(7),
        Roles = [.. r.GetFieldValue<short[]>(8).Select(role => (int)role)],
        Scope = new Scope(
            UnitsOf(r.GetString(9)), [.. r.GetFieldValue<int[]>(10).Select(AreaId.Of)],
            [.. r.GetFieldValue<int[]>(11).Select(AreaId.Of)], [.. r.GetFieldValue<int[]>(12).Select(AreaId.Of)], r.GetBoolean(13)),
        Unread = r.GetInt32(14),
        Figures = new FiguresStamp(r.GetInt64(15), r.GetInt64(16), r.GetInt64(17)),
        Reach = r.GetInt64(18),
        Doors = r.FieldCount > 19 ? r.GetFieldValue<string[]>(19) : null,
    };

    // So many lists are kept; behind that they are read anew.
    private const int MostLists = 5000;

    private static readonly ConcurrentDictionary<string, IReadOnlyList<UnitId>> Lists = new(StringComparer.Ordinal);

    /// <summary>The units of a scope, written as the database writes them: {1,2,3}. Hundreds of units are the same at every request, and are read once.</summary>
    private static IReadOnlyList<UnitId> UnitsOf(string text)
    {
        if (Lists.TryGetValue(text, out var known)) return known;
        var numbers = text.AsSpan(1, text.Length - 2);
        var units = new List<UnitId>();
        foreach (var range in numbers.Split(','))
            if (numbers[range] is { Length: > 0 } number) units.Add(new UnitId(int.Parse(number, CultureInfo.InvariantCulture)));
        if (Lists.Count >= MostLists) Lists.Clear();
        return Lists[text] = units.AsReadOnly();
    }

    /// <summary>A unit that this request made below its own is its own too, before the rights are written out anew.</summary>
    internal void WidenScope(UnitId unit) => Visitor = Visitor! with { Scope = Scope with { Units = [.. Scope.Units, unit] } };

    /// <summary>Makes everything done so far last. After it this context is finished; 2xx is answered only behind it.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        if (transaction is null) return;
        await transaction.CommitAsync(ct);
        foreach (var act in counted) Measures.Acts.Add(1, new KeyValuePair<string, object?>("act", act));
        await LeaveAsync();
    }

    /// <summary>Undoes everything done so far.</summary>
    public async Task LeaveAsync()
    {
        if (transaction is not null) await transaction.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
        (transaction, connection) = (null, null);
        told.Clear();
        counted.Clear();
        toldSomething = false;
    }

    /// <summary>Lets go of the database while something slow is waited for; whoever it was enters anew.</summary>
    public async Task StepOutAsync()
    {
        await LeaveAsync();
        (entered, Visitor) = (false, null);
    }

    public override async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        await base.DisposeAsync();
    }

    /// <summary>Called when entities are first used: many a request never does. They work on the connection and in the transaction that are open already.</summary>
    protected override void OnConfiguring(DbContextOptionsBuilder options)
    {
        withEntities = true;
        options.UseNpgsql(Connection).UseLoggerFactory(NoLog);
    }

    // EF would log statements; the program's own log says what it needs.
    private static readonly ILoggerFactory NoLog = NullLoggerFactory.Instance;

    protected override void ConfigureConventions(ModelConfigurationBuilder builder) => DbConventions.Configure(builder);

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasDefaultSchema("pt");
        model.ApplyConfigurationsFromAssembly(typeof(Db).Assembly);
        DbConventions.NameColumns(model);
        AreaGuard.AddFilters(model, this);
    }
}
