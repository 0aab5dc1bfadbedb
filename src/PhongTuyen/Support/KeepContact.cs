using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>Sets whom the users of a province call. For those whose grants hold the province, or the unit that looks after it.</summary>
public sealed class KeepContact(Db db, TimeProvider clock)
{
    /// <param name="Intent">Made by the sender.</param>
    /// <param name="Province">0: the whole country.</param>
    /// <param name="BaseVersion">The version that the form showed; 0: there was none.</param>
    public sealed record Input(Guid Intent, AreaId Province, int BaseVersion, [property: Most(SupportContact.OfficeMost)] string? Office, [property: Most(SupportContact.TelephoneMost)] string? Telephone, [property: Most(SupportContact.EmailMost)] string? Email, [property: Most(SupportContact.HoursMost)] string? Hours);

    /// <param name="Version">0: nothing is set yet.</param>
    public sealed record Place(AreaId Province, string Name, int Version, string? Office, string? Telephone, string? Email, string? Hours);

    /// <summary>The provinces whose contact the visitor keeps, the whole country before them.</summary>
    public Task<List<Place>> MineAsync(CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT a.id, a.name, coalesce(c.version, 0), c.office, c.telephone, c.email, c.hours FROM pt.area a LEFT JOIN pt.support_contact c ON c.province_id = a.id
        WHERE a.level <= 1 AND a.valid_to IS NULL AND (a.id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR a.id IN (SELECT u.covers_area_id FROM pt.unit u WHERE u.id = ANY ((SELECT pt.ints('pt.units'))::int[])))
        ORDER BY a.level, a.name COLLATE "vi-x-icu", a.id
        """, r => new Place(new AreaId(r.GetInt32(0)), r.GetString(1), r.GetInt32(2), r.Text(3), r.Text(4), r.Text(5), r.Text(6)), ct);

    public Task<Outcome<Nothing>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync<Nothing>(input.Intent, "support.contact", input, async () =>
    {
        if ((await MineAsync(ct)).Find(place => place.Province == input.Province) is not { } place) return Refusals.NotFound();
        var (office, telephone, email, hours) = (VietnameseText.Clean(input.Office), VietnameseText.Clean(input.Telephone), VietnameseText.Clean(input.Email), VietnameseText.Clean(input.Hours));
        var faults = new List<Problem>();
        if (office is null) faults.Add(Refusals.Required("office"));
        if (telephone is null && email is null) faults.Add(Problems.ContactEmpty());
        if (email is not null && !Account.IsEmail(email)) faults.Add(Accounts.Problems.EmailForm());
        if (faults.Count > 0) return faults;
        if (place.Version != input.BaseVersion) return Refusals.Changed();
        var contact = await db.FindAsync<SupportContact>([input.Province], ct);
        if (contact is null) db.Add(contact = new SupportContact { ProvinceId = input.Province, Office = office! });
        (contact.Office, contact.Telephone, contact.Email, contact.Hours, contact.ChangedAt, contact.ChangedBy) = (office!, telephone, email, hours, clock.GetUtcNow(), db.Visitor!.Account);
        db.Tell(new ContactChanged(input.Province));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);
}
