using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>A unit gives papers to a volunteer (giao việc), gives them to another, closes the batch and opens it again.</summary>
public sealed class GivePapers(Db db, BatchesList batches, PaperSettings settings)
{
    /// <param name="Id">Of the batch. A new one: made by the sender.</param>
    /// <param name="BaseVersion">The version that the form showed; 0: a new batch.</param>
    public sealed record Input(Guid Intent, Guid Id, int BaseVersion, [property: Most(PaperBatch.TitleMost)] string? Title, [property: Most(PaperBatch.PlaceMost)] string? Place, int? Papers, string? Note, DateOnly? Due, AccountId? Volunteer)
    {
        /// <summary>Types a sample of them again; null: nobody does.</summary>
        public AccountId? Second { get; init; }

        /// <summary>So many of a hundred papers are typed again, at least; null: as set (Papers:SecondPercent).</summary>
        public int? Percent { get; init; }
    }

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "papers.give", input, () => GiveAsync(input, ct), ct);

    private async Task<Outcome<Guid>> GiveAsync(Input input, CancellationToken ct)
    {
        var batch = input.BaseVersion == 0 ? null : await batches.OfUnitAsync(input.Id, ct);
        if (batch is null != (input.BaseVersion == 0)) return Refusals.NotFound();
        if (batch is null && await db.FindAsync<PaperBatch>([input.Id], ct) is not null) return Refusals.SentDifferently();
        var unit = batch?.UnitId ?? db.Visitor!.Unit;
        var area = await VolunteerEnds.AreaAsync(db, unit, ct);
        if (!db.Scope.Names || !db.Scope.Covers(unit, area)) return Refusals.NotFound();
        var faults = new List<Problem>();
        if (VietnameseText.Clean(input.Title) is null) faults.Add(Refusals.Required("title"));
        if (input.Papers is not (>= 1 and <= PaperBatch.PapersMost)) faults.Add(Problems.Papers(PaperBatch.PapersMost));
        if (input.Due is { } due && due < db.Clock.Today() && due != batch?.Due) faults.Add(Problems.DuePassed());
        var volunteers = await batches.VolunteersAsync(unit, ct);
        // Who typed it stays named also behind their last day: what is left is given to another, or is not.
        var name = NameOf(volunteers, input.Volunteer) ?? (batch is not null && batch.AccountId == input.Volunteer ? batch.AccountName : null);
        if (input.Volunteer is null) faults.Add(Refusals.Required("volunteer"));
        else if (name is null) faults.Add(Problems.VolunteerUnknown());
        var second = NameOf(volunteers, input.Second) ?? (batch is not null && batch.SecondAccountId == input.Second ? batch.SecondName : null);
        if (input.Second is not null && input.Second == input.Volunteer) faults.Add(Problems.SameVolunteer());
        else if (input.Second is not null && second is null) faults.Add(Problems.VolunteerUnknown().At("second"));
        if (input.Percent is < 1 or > 100) faults.Add(Problems.Percent());
        if (faults.Count > 0) return faults;
        if (batch is not null && batch.Version != input.BaseVersion) return Refusals.Changed();
        if (batch is null)
        {
            var unitName = await db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", ct, unit.Value);
            batch = new PaperBatch { Id = input.Id, UnitId = unit, ProvinceId = area.Province, DistrictId = area.District, CommuneId = area.Commune, UnitName = unitName!, Title = "", AccountName = "", GivenAt = db.Clock.GetUtcNow(), GivenBy = db.Visitor!.Account };
            db.Add(batch);
        }
        (batch.Title, batch.Place, batch.Papers, batch.Note, batch.Due) = (VietnameseText.Clean(input.Title)!, VietnameseText.Clean(input.Place), input.Papers!.Value, VietnameseText.Clean(input.Note), input.Due);
        (batch.AccountId, batch.AccountName) = (input.Volunteer!.Value, name!);
        (batch.SecondAccountId, batch.SecondName, batch.SecondEvery) = (input.Second, second, input.Second is null ? null : Every(input.Percent ?? settings.SecondPercent, batch.Papers));
        db.Tell(new PapersGiven(batch.Id, unit, batch.AccountId));
        await db.SaveChangesAsync(ct);
        // Once to each who gets it, however often the batch is changed.
        await db.Connection.RunAsync("SELECT pt.tell_of_papers($1, 'notice.papers-given', '/desk/papers/queue', $2)", ct, batch.Id, db.Clock.GetUtcNow());
        await db.Connection.RunAsync("SELECT pt.tell_of_papers_again($1, 'notice.papers-again', '/desk/papers/queue', $2)", ct, batch.Id, db.Clock.GetUtcNow());
        return batch.Id;
    }

    private static string? NameOf(List<BatchesList.Volunteer> volunteers, AccountId? id) => id is null ? null : volunteers.Find(one => one.Id == id)?.Name;

    /// <summary>One of so many papers: at least the share that was asked for, and of a small batch at least one paper.</summary>
    public static int Every(int percent, int papers) => Math.Max(1, Math.Min(100 / percent, papers));

    /// <summary>Closed, it is gone for who typed it, and stays with the unit.</summary>
    public Task<Outcome<Nothing>> CloseAsync(Guid id, bool closed, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await batches.OfUnitAsync(id, ct) is not { } batch) return Refusals.NotFound();
        if (batch.ClosedAt is not null == closed) return Nothing.Value;
        (batch.ClosedAt, batch.ClosedBy) = (closed ? db.Clock.GetUtcNow() : null, closed ? db.Visitor!.Account : null);
        db.Tell(new PapersClosed(id, closed));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);
}
