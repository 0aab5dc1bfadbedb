using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>The areas of this installation: the shipped lists, and what was imported or made here. One book in memory, read anew when the tables change.</summary>
public sealed class AreaStore
{
    private volatile AreaBook book = null!;
    private volatile AreaMatcher matcher = null!;
    private volatile AreaFamilies families = AreaFamilies.None;

    /// <summary>The country: what lies in no province.</summary>
    public static readonly AreaId Country;

    public AreaBook Book => book;

    public AreaMatcher Matcher => matcher;

    public AreaFamilies Families => families;

    /// <summary>The official codes from an area up to the country: what a policy may name.</summary>
    public IEnumerable<string> CodesUp(AreaId area)
    {
        var keys = book.Keys(area);
        foreach (var id in new[] { keys.Commune, keys.District, keys.Province })
            if (id.Value != 0 && book.Find(id) is { } row) yield return row.Code;
        yield return "VN";
    }

    /// <summary>Whether these keys are those of one area.</summary>
    public bool Holds(AreaKeys keys) => book.Keys(keys.Commune.Value != 0 ? keys.Commune : keys.District.Value != 0 ? keys.District : keys.Province) == keys;

    /// <summary>A store for another database that holds the same areas: a book is never changed, and either may read anew.</summary>
    internal AreaStore Copy() => new() { book = book, matcher = matcher, families = families };

    /// <summary>Fills the tables from the shipped lists where this database has not seen them, then reads the book.</summary>
    public async Task OpenAsync(Data.Database database, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            await connection.RunAsync("SELECT pg_advisory_xact_lock(7103)", ct);
            await FillAsync(connection, clock, ct);
            await transaction.CommitAsync(ct);
        }
        await ReadAsync(connection, ct);
    }

    /// <summary>Reads the book anew, after units were imported or made.</summary>
    public async Task ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = await connection.RowsAsync("SELECT id, parent_id, level, code, name, valid_from, valid_to, decree FROM pt.area WHERE level > 0 ORDER BY level, id", r => new AreaRow(
            new AreaId(r.GetInt32(0)), new AreaId(r.GetInt32(1)), (AreaLevel)r.GetInt16(2), r.GetString(3), r.GetString(4), r.GetFieldValue<DateOnly>(5), r.Maybe<DateOnly>(6), r.Text(7)), ct);
        book = new AreaBook(rows, AreaLists.OtherNames());
        matcher = new AreaMatcher(book, await DecidedLinksAsync(connection, ct));
        families = new AreaFamilies(await connection.RowsAsync("SELECT old_id, new_id FROM pt.area_succession ORDER BY old_id, new_id", r => (new AreaId(r.GetInt32(0)), new AreaId(r.GetInt32(1))), ct));
    }

    /// <summary>The shipped links, but for those old communes of which a person of this installation decided otherwise.</summary>
    private static async Task<AreaLinks> DecidedLinksAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var decided = await connection.RowsAsync("SELECT o.code, n.code, l.partial FROM pt.area_link l JOIN pt.area o ON o.id = l.old_id JOIN pt.area n ON n.id = l.new_id WHERE l.decided_by IS NOT NULL",
            r => new AreaLink(r.GetString(0), r.GetString(1), r.GetBoolean(2) ? AreaLinkKind.Partial : AreaLinkKind.Full, AreaLinkHow.Person), ct);
        if (decided.Count == 0) return AreaLists.Links;
        var anew = decided.Select(link => link.OldCode).ToHashSet(StringComparer.Ordinal);
        return new AreaLinks([.. AreaLists.Links.All.Where(link => !anew.Contains(link.OldCode)), .. decided], AreaLists.Provinces(), AreaLists.Links.Findings);
    }

    private static async Task FillAsync(NpgsqlConnection connection, TimeProvider clock, CancellationToken ct)
    {
        const string edition = "shipped-2025";
        if (await connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.area_edition WHERE name = $1)", ct, edition)) return;
        var lists = AreaLists.Book;
        await connection.RunAsync("INSERT INTO pt.area (id, parent_id, level, code, name, kind, province_id, district_id, commune_id, valid_from, decree, source) VALUES (0, NULL, 0, 'VN', 'Việt Nam', 'country', 0, 0, 0, '1945-09-02', '', 1)", ct);
        var rows = AreaLists.Rows().OrderBy(row => row.Level).ToList();
        await InsertAsync(connection, rows, lists, source: 1, ct);
        await LinksAsync(connection, lists, ct);
        var content = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => $"{row.Id}|{row.Code}|{row.Name}|{row.From}|{row.To}"))));
        await connection.RunAsync("INSERT INTO pt.area_edition (name, content, loaded_at) VALUES ($1, $2, $3)", ct, edition, content, clock.GetUtcNow());
    }

    /// <param name="source">1 official list, 2 imported here, 3 demonstration.</param>
    internal static Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<AreaRow> rows, AreaBook keysOf, short source, CancellationToken ct) => connection.RunAsync("""
        INSERT INTO pt.area (id, parent_id, level, code, name, kind, province_id, district_id, commune_id, valid_from, valid_to, decree, source)
        SELECT id, parent, level, code, name, kind, province, district, commune, valid_from, valid_to, coalesce(decree, ''), $13
        FROM unnest($1::int[], $2::int[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::int[], $10::date[], $11::date[], $12::text[]) x(id, parent, level, code, name, kind, province, district, commune, valid_from, valid_to, decree)
        """, ct, rows.Select(row => row.Id.Value).ToArray(), rows.Select(row => row.Parent.Value).ToArray(), rows.Select(row => (short)row.Level).ToArray(), rows.Select(row => row.Code).ToArray(), rows.Select(row => row.Name).ToArray(),
        rows.Select(row => row.Kind.ToString()).ToArray(), rows.Select(row => keysOf.Keys(row.Id).Province.Value).ToArray(), rows.Select(row => keysOf.Keys(row.Id).District.Value).ToArray(), rows.Select(row => keysOf.Keys(row.Id).Commune.Value).ToArray(),
        rows.Select(row => row.From).ToArray(), rows.Select(row => row.To).ToArray(), rows.Select(row => row.Decree).ToArray(), source);

    private static async Task LinksAsync(NpgsqlConnection connection, AreaBook lists, CancellationToken ct)
    {
        var before = AreaBook.TwoLevelsFrom.AddDays(-1);
        var links = AreaLists.Links.All.Select(link => (Old: lists.ByCode(link.OldCode, before), New: lists.ByCode(link.NewCode, AreaBook.TwoLevelsFrom), Link: link)).Where(pair => pair is { Old: not null, New: not null })
            .Concat(AreaLists.Provinces().Select(pair => (Old: lists.ByCode(pair.Key, before), New: lists.ByCode(pair.Value, AreaBook.TwoLevelsFrom), Link: new AreaLink(pair.Key, pair.Value, AreaLinkKind.Full, AreaLinkHow.Decree))))
            .DistinctBy(pair => (pair.Old!.Id, pair.New!.Id)).ToList();
        await connection.RunAsync("INSERT INTO pt.area_link (old_id, new_id, partial, how) SELECT * FROM unnest($1::int[], $2::int[], $3::boolean[], $4::smallint[])", ct,
            links.Select(pair => pair.Old!.Id.Value).ToArray(), links.Select(pair => pair.New!.Id.Value).ToArray(), links.Select(pair => pair.Link.Kind == AreaLinkKind.Partial).ToArray(), links.Select(pair => (short)pair.Link.How).ToArray());
        foreach (var finding in AreaLists.Links.Findings)
            await connection.RunAsync("INSERT INTO pt.area_link_finding (old_text, new_text, fault, old_candidates, new_candidates) VALUES ($1, $2, $3, $4, $5)", ct,
                $"{finding.Row.OldCode} {finding.Row.OldName}, {finding.Row.OldDistrict}, {finding.Row.OldProvince}", $"{finding.Row.NewCode} {finding.Row.NewName}, {finding.Row.NewProvince}", finding.Fault.ToString(),
                finding.Fault == AreaLinkFault.OldUnknown ? finding.Candidates.Select(id => id.Value).ToArray() : [], finding.Fault == AreaLinkFault.OldUnknown ? [] : finding.Candidates.Select(id => id.Value).ToArray());
    }
}
