using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People.Contract;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Lab;

/// <summary>Records a result of a person.</summary>
public sealed class RecordResult(Db db, TimeProvider clock)
{
    public sealed record Input(ResultId Id, PersonId Person, [property: Most(40)] string Disease, TestKind Kind, TestOutcome Result, decimal? Ct, DateOnly? TakenOn, [property: Most(200)] string? SaidBy);

    public Task<Outcome<ResultId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id.Value, "result.record", input, async () =>
    {
        var faults = new List<Problem>();
        if (input.Ct is < 0 or > 50) faults.Add(Problems.CtRange());
        if (input.TakenOn > clock.Today()) faults.Add(Refusals.InFuture("takenOn"));
        if (input.TakenOn < await db.Connection.ValueAsync<DateOnly?>("SELECT birth FROM pt.person WHERE id = $1", ct, input.Person.Value)) faults.Add(Refusals.NotADate("takenOn"));
        if (!Diseases.Known(input.Disease)) faults.Add(Refusals.NotOneOf("disease"));
        if (faults.Count > 0) return faults;
        if (!await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person WHERE id = $1)", ct, input.Person.Value)) return Refusals.NotFound();
        var area = (await db.AreaOfAsync(db.Visitor!.Unit, ct)).GetValueOrDefault();
        db.Add(new TestResult
        {
            PersonId = input.Person, Id = input.Id, UnitId = db.Visitor.Unit, ProvinceId = area.Province, DistrictId = area.District, CommuneId = area.Commune,
            Disease = input.Disease, Kind = input.Kind, Result = input.Result, Ct = input.Ct, TakenOn = input.TakenOn, SaidBy = VietnameseText.Clean(input.SaidBy),
            EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor.Account,
        });
        await db.TieAsync(input.Person, TieBecause.Result, input.Id.Value, db.Visitor.Unit, AreaKeys.Unknown, ct);
        db.Tell(new ResultRecorded(input.Person, input.Id, input.Disease, input.Kind, input.Result, input.TakenOn));
        await db.SaveChangesAsync(ct);
        await db.UntiePassingAsync([input.Person], TieBecause.Result, [input.Id.Value], ct);
        return (Outcome<ResultId>)input.Id;
    }, ct);
}
