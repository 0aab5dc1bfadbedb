using Npgsql;
using PhongTuyen.Bench.Province;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Ledger;

/// <summary>Compares what the program said yes to with what the database holds.</summary>
internal static class LedgerAudit
{
    public static async Task<LedgerReport> CompareAsync(LedgerBook book, string folder, LedgerReport so, CancellationToken ct)
    {
        await using var cluster = (await EmbeddedPostgres.AttachAsync(folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        Task<long> CountAsync(string sql, params object?[] values) => connection.ValueAsync<long>(sql, ct, values)!;
        Guid[] persons = [.. book.Persons.Keys], stays = [.. book.Stays.Where(stay => stay.Value.Yes).Select(stay => stay.Key)], sent = [.. book.Transfers.Where(transfer => transfer.Value.Yes).Select(transfer => transfer.Key)];
        var received = book.Received.ToArray();
        var lost = await CountAsync("SELECT count(*) FROM unnest($1::uuid[]) x(id) WHERE NOT EXISTS (SELECT 1 FROM pt.person p WHERE p.id = x.id)", (object)persons)
            + await CountAsync("SELECT count(*) FROM unnest($1::uuid[], $2::uuid[]) x(id, person) WHERE NOT EXISTS (SELECT 1 FROM pt.quarantine_stay s WHERE s.id = x.id AND s.person_id = x.person AND s.state BETWEEN 2 AND 5)", stays, stays.Select(id => book.Stays[id].Person).ToArray())
            + await CountAsync("SELECT count(*) FROM unnest($1::uuid[]) x(id) WHERE NOT EXISTS (SELECT 1 FROM pt.quarantine_transfer t WHERE t.id = x.id AND t.state IN (2, 3))", (object)sent)
            + await CountAsync("SELECT count(*) FROM unnest($1::uuid[], $2::uuid[]) x(id, stay) WHERE NOT EXISTS (SELECT 1 FROM pt.quarantine_transfer t JOIN pt.quarantine_stay f ON f.id = t.from_stay WHERE t.id = x.id AND t.state = 3 AND t.to_stay = x.stay AND f.state = 5 AND f.ended_as = 3)",
                received.Select(pair => pair.Key).ToArray(), received.Select(pair => pair.Value).ToArray())
            + await CountAsync("SELECT count(*) FROM unnest($1::uuid[]) x(id) WHERE NOT EXISTS (SELECT 1 FROM pt.quarantine_stay s WHERE s.id = x.id AND s.state = 5)", (object)book.Ended.Keys.ToArray());
        // Sent twice and done twice would show as a second act in the audit, a second person of one paper, or a second present stay.
        var doubled = await CountAsync("SELECT count(*) FROM (SELECT 1 FROM pt.audit_event WHERE act IN ('person.entered', 'stay.admitted', 'stay.ended') GROUP BY act, subject_id HAVING count(*) > 1) x")
            + await CountAsync("SELECT count(*) FROM (SELECT 1 FROM pt.person_document GROUP BY number_index HAVING count(DISTINCT person_id) > 1) x")
            + await CountAsync("SELECT count(*) FROM (SELECT 1 FROM pt.quarantine_stay WHERE state IN (2, 3, 4) GROUP BY person_id HAVING count(*) > 1) x");
        var unasked = await CountAsync("SELECT count(*) FROM pt.quarantine_stay s WHERE s.person_id = ANY ($1) AND NOT s.id = ANY ($2)", persons, stays);
        // Who is on the way keeps the bed until the other side has answered.
        var oversold = await CountAsync("SELECT count(*) FROM (SELECT 1 FROM pt.quarantine_stay WHERE bed_id IS NOT NULL AND state IN (2, 3, 4) GROUP BY bed_id HAVING count(*) > 1) x")
            + await CountAsync("SELECT count(*) FROM (SELECT 1 FROM pt.quarantine_bed_use WHERE until IS NULL GROUP BY bed_id HAVING count(*) > 1) x")
            + await CountAsync("SELECT count(*) FROM pt.quarantine_bed_use u WHERE u.until IS NULL AND u.kind = 2 AND NOT EXISTS (SELECT 1 FROM pt.quarantine_stay s WHERE s.id = u.stay_id AND s.bed_id = u.bed_id AND s.state IN (2, 3, 4))")
            + await CountAsync("SELECT count(*) FROM pt.quarantine_stay s WHERE s.bed_id IS NOT NULL AND s.state IN (2, 3, 4) AND NOT EXISTS (SELECT 1 FROM pt.quarantine_bed_use u WHERE u.stay_id = s.id AND u.bed_id = s.bed_id AND u.until IS NULL)");
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        return so with { Lost = lost, Doubled = doubled, Unasked = unasked, Oversold = oversold, Differences = await Counters.DifferencesAsync(connection, ct) };
    }
}
