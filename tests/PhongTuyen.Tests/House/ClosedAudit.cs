using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Tests.House;

/// <summary>What keeps rows out of the audit, as it happens to an operator.</summary>
public enum Closing { RightTaken, TableGone, DiskFull, Locked, ValuesRightTaken }

/// <summary>An audit into which nothing can be written, for as long as this is held. Real: the database itself refuses the row.</summary>
public sealed class ClosedAudit : IAsyncDisposable
{
    private readonly NpgsqlConnection owner;
    private readonly string open;

    private ClosedAudit(NpgsqlConnection owner, string open) => (this.owner, this.open) = (owner, open);

    /// <param name="admin">Connection string of a superuser.</param>
    public static async Task<ClosedAudit> CloseAsync(string admin, Closing how = Closing.DiskFull)
    {
        var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(admin) { Pooling = false }.ConnectionString);
        await owner.OpenAsync();
        var (close, open) = how switch
        {
            Closing.RightTaken => ("REVOKE INSERT ON pt.audit_event FROM pt_app, pt_jobs", "GRANT INSERT ON pt.audit_event TO pt_app, pt_jobs"),
            Closing.TableGone => ("ALTER TABLE pt.audit_event RENAME TO audit_event_gone", "ALTER TABLE pt.audit_event_gone RENAME TO audit_event"),
            Closing.ValuesRightTaken => ("REVOKE INSERT ON pt.audit_value FROM pt_app", "GRANT INSERT ON pt.audit_value TO pt_app"),
            Closing.Locked => ("BEGIN; LOCK TABLE pt.audit_event IN EXCLUSIVE MODE", "ROLLBACK"),
            _ => ("""
                CREATE FUNCTION pt.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER no_room BEFORE INSERT ON pt.audit_event EXECUTE FUNCTION pt.no_room()
                """, "DROP FUNCTION pt.no_room() CASCADE"),
        };
        await owner.RunAsync(close, CancellationToken.None);
        return new ClosedAudit(owner, open);
    }

    /// <summary>Rows get in again.</summary>
    public async ValueTask DisposeAsync()
    {
        await owner.RunAsync(open, CancellationToken.None);
        await owner.DisposeAsync();
    }
}
