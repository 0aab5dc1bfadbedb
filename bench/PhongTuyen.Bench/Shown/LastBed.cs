using PhongTuyen.Kernel;

namespace PhongTuyen.Bench.Shown;

/// <summary>Fifty clerks ask for a bed at once where only one is free, again and again: one gets it, and forty-nine are told that there is none.</summary>
internal static class LastBed
{
    private const int Clerks = 50;
    private const int Times = 10;

    public static async Task<Figure> MeasureAsync(CancellationToken ct)
    {
        await using var rig = await DemonstrationRig.StartAsync(ct);
        var camp = rig.Units["KCL-ST"];
        var clerks = await Task.WhenAll(Enumerable.Range(0, Clerks).Select(_ => rig.ClientAsync("nhap-lieu-st", ct)));
        // Fills the camp, then lets one go: one bed is free.
        StayId last = default;
        while (true)
        {
            var admission = DemonstrationRig.Admission(await rig.PersonAsync(clerks[0], ct), camp);
            if (!(await clerks[0].SendAsync("/api/quarantine/stays", admission, ct)).Done) break;
            last = admission.Id;
        }
        var (given, otherwise) = (new List<int>(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        for (var time = 0; time < Times; time++)
        {
            await clerks[0].SendAsync("/api/quarantine/stays/end", DemonstrationRig.Leave(last), ct);
            var admissions = new List<Quarantine.AdmitPerson.Input>();
            foreach (var clerk in clerks) admissions.Add(DemonstrationRig.Admission(await rig.PersonAsync(clerk, ct), camp));
            var answers = await Task.WhenAll(clerks.Select((clerk, i) => clerk.SendAsync("/api/quarantine/stays", admissions[i], ct)));
            given.Add(answers.Count(answer => answer.Done));
            foreach (var refusal in answers.Where(answer => !answer.Done)) otherwise[refusal.Code] = otherwise.GetValueOrDefault(refusal.Code) + 1;
            last = admissions[Array.FindIndex(answers, answer => answer.Done) is >= 0 and var at ? at : 0].Id;
        }
        return new Figure($"{Times} times {Clerks} clerks: given {string.Join(", ", given)} times; refused: {string.Join(", ", otherwise.Select(pair => $"{pair.Key} {pair.Value}"))}",
            given.TrueForAll(n => n == 1) && otherwise.Keys.SequenceEqual(["bed.none-free"]));
    }
}
