using System.Diagnostics.Metrics;

namespace PhongTuyen.Kernel;

/// <summary>
/// What an operator watches, as instruments of the meter "PhongTuyen": numbers and names of acts, nothing of a person, a unit or an account.
/// Nobody listens unless <c>Web:Telemetry</c> names a collector; what each is for stands in <c>docs/measures.md</c>.
/// </summary>
public static class Measures
{
    public const string Meter = "PhongTuyen";

    private static readonly Meter Ours = new(Meter);

    /// <summary>Acts that are committed, sights of persons among them; by the name that the audit gives them.</summary>
    public static readonly Counter<long> Acts = Ours.CreateCounter<long>("phongtuyen.acts", "{act}", "Acts that were committed, by their name in the audit.");

    /// <summary>Passwords and codes that did not fit.</summary>
    public static readonly Counter<long> SignInsRefused = Ours.CreateCounter<long>("phongtuyen.sign_ins.refused", "{attempt}", "Attempts to sign in that were refused.");

    /// <summary>Rows of imports that have ended, by what became of them: taken, duplicate, refused.</summary>
    public static readonly Counter<long> ImportRows = Ours.CreateCounter<long>("phongtuyen.import.rows", "{row}", "Rows of finished imports, by what became of them.");

    /// <summary>Messages that wait to be sent, or for somebody to look at them.</summary>
    public static readonly Gauge<long> Outbox = Ours.CreateGauge<long>("phongtuyen.outbox.messages", "{message}", "Messages that are not sent, by their state.");

    /// <summary>How long the oldest act has been waiting for its seal.</summary>
    public static readonly Gauge<double> Unsealed = Ours.CreateGauge<double>("phongtuyen.audit.unsealed", "s", "How long the oldest act has been waiting for its seal.");

    /// <summary>Open streams of live figures.</summary>
    public static readonly UpDownCounter<long> Streams = Ours.CreateUpDownCounter<long>("phongtuyen.live.streams", "{stream}", "Open streams of live figures.");
}
