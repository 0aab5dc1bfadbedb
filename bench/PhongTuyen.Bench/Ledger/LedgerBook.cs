using System.Collections.Concurrent;

namespace PhongTuyen.Bench.Ledger;

/// <summary>What the clients asked for and what the program said yes to.</summary>
public sealed class LedgerBook
{
    public ConcurrentDictionary<Guid, string> Persons { get; } = [];

    /// <summary>Admissions and receipts: stay → person. True where the program said yes.</summary>
    public ConcurrentDictionary<Guid, (Guid Person, bool Yes)> Stays { get; } = [];

    /// <summary>Transfer → stay that it begins from.</summary>
    public ConcurrentDictionary<Guid, (Guid Stay, bool Yes)> Transfers { get; } = [];

    /// <summary>Transfers of which the receipt was acknowledged, with the stay that began.</summary>
    public ConcurrentDictionary<Guid, Guid> Received { get; } = [];

    public ConcurrentDictionary<Guid, byte> Ended { get; } = [];

    /// <summary>Refusals by code.</summary>
    public ConcurrentDictionary<string, int> Refused { get; } = [];

    public int Acknowledged => Persons.Count + Stays.Values.Count(stay => stay.Yes) + Transfers.Values.Count(transfer => transfer.Yes) + Ended.Count;
}

/// <summary>What was found when all had been asked and answered.</summary>
public sealed record LedgerReport(int Rounds, int Acknowledged, int Repeats, long Lost, long Doubled, long Oversold, long Unasked, long Differences, TimeSpan SlowestRecovery, IReadOnlyDictionary<string, int> Refused)
{
    public bool Passed => Acknowledged > 0 && Lost == 0 && Doubled == 0 && Oversold == 0 && Unasked == 0 && Differences == 0;

    public override string ToString() => FormattableString.Invariant(
        $"{Rounds} rounds, {Acknowledged} acknowledged, {Repeats} sent again: {Lost} lost, {Doubled} doubled, {Unasked} unasked for, {Oversold} beds oversold, {Differences} figures unlike a recount; slowest recovery {SlowestRecovery.TotalSeconds:0.0} s");
}
