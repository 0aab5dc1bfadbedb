using PhongTuyen.Bench.Rig;
using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Bench.Ledger;

/// <summary>
/// One client: records persons, admits them into its camp, sends some to a hospital, whose clerk receives them, and lets others go, each
/// act under an id of its own that is sent again until it is answered.
/// </summary>
internal sealed class LedgerClerk(int number, LedgerBook book, ApiClient sender, ApiClient receiver, UnitId camp, UnitId hospital, TimeProvider clock)
{
    private readonly DemonstrationNames names = new(number);
    private readonly Random random = new(number);
    private readonly List<StayId> here = [];
    private readonly List<StayId> there = [];
    private int count;

    public async Task RunAsync(CancellationToken round, CancellationToken ct)
    {
        // An act that was begun is always finished: only between two acts does a round end.
        while (!round.IsCancellationRequested) await ActAsync(ct);
    }

    private async Task ActAsync(CancellationToken ct)
    {
        var (facts, _, phone, line) = names.Next();
        var paper = new DocumentFact(DocumentKind.Passport, $"Z{number:00}{++count:000000}");
        var person = clock.New<PersonId>();
        if (!Heard(await sender.SendAsync("/api/people", new EnterPerson.Input(person, facts, [paper], [phone], [new AddressFact(AddressKind.Present, AreaKeys.Unknown, null, line)], false), ct))) return;
        book.Persons[person.Value] = paper.Number;

        var stay = clock.New<StayId>();
        book.Stays[stay.Value] = (person.Value, false);
        if (!Heard(await sender.SendAsync("/api/quarantine/stays", new AdmitPerson.Input(stay, person, camp, StayPlace.Facility, StayClass.Observation, 0, clock.GetUtcNow(), false, StayReason.EpidemicArea) { AnyBed = true }, ct)))
        {
            await MakeRoomAsync(sender, here, ct);
            return;
        }
        book.Stays[stay.Value] = (person.Value, true);
        here.Add(stay);
        switch (random.Next(3))
        {
            case 0: await MoveAsync(stay, person, ct); break;
            case 1: await EndAsync(sender, here, here[random.Next(here.Count)], ct); break;
        }
    }

    private async Task MoveAsync(StayId stay, PersonId person, CancellationToken ct)
    {
        var transfer = clock.New<TransferId>();
        book.Transfers[transfer.Value] = (stay.Value, false);
        if (!Heard(await sender.SendAsync("/api/quarantine/transfers", new SendTransfer.Input(transfer, stay, hospital, StayClass.Treatment, "Sốt cao", LeavesNow: true), ct))) return;
        book.Transfers[transfer.Value] = (stay.Value, true);
        here.Remove(stay);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var next = clock.New<StayId>();
            book.Stays[next.Value] = (person.Value, false);
            if (!Heard(await receiver.SendAsync("/api/quarantine/transfers/receive", new AnswerTransfer.Receipt(transfer, next, clock.GetUtcNow(), null, AnyBed: true, Severity.Moderate), ct)))
            {
                await MakeRoomAsync(receiver, there, ct);
                continue;
            }
            book.Stays[next.Value] = (person.Value, true);
            book.Received[transfer.Value] = next.Value;
            there.Add(next);
            return;
        }
    }

    /// <summary>The house is full: somebody leaves.</summary>
    private async Task MakeRoomAsync(ApiClient of, List<StayId> stays, CancellationToken ct)
    {
        if (stays.Count > 0) await EndAsync(of, stays, stays[0], ct);
        else await Task.Delay(50, ct);
    }

    private async Task EndAsync(ApiClient of, List<StayId> stays, StayId stay, CancellationToken ct)
    {
        if (Heard(await of.SendAsync("/api/quarantine/stays/end", new EndStay.Input(clock.NewGuid(), stay, of == sender ? StayEnd.Left : StayEnd.Discharged, null, null), ct))) book.Ended[stay.Value] = 0;
        stays.Remove(stay);
    }

    private bool Heard(ApiAnswer answer)
    {
        if (!answer.Done) book.Refused.AddOrUpdate(answer.Code, 1, (_, n) => n + 1);
        return answer.Done;
    }
}
