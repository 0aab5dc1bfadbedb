using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>One line of a decree: the unit as it is from that day on.</summary>
/// <param name="Name">Full name with its type; null where the unit ends.</param>
/// <param name="Parent">Code of the unit that it lies in; null for a province.</param>
/// <param name="Into">Where the unit ends: the codes of those that it goes into; more than one means that it is divided.</param>
public sealed record AreaChange(string Code, AreaLevel Level, string? Name, string? Parent, DateOnly From, string Decree, IReadOnlyList<string> Into);

/// <summary>Brings decrees into the list of versions.</summary>
public static class AreaChanges
{
    /// <summary>
    /// All rows, with the versions that the changes end and begin; what lies in a changed unit begins a new version too, so that a
    /// version keeps one path for all its days. New versions are numbered from the highest number on.
    /// </summary>
    public static Outcome<IReadOnlyList<AreaRow>> Apply(IReadOnlyList<AreaRow> rows, IEnumerable<AreaChange> changes)
    {
        var edit = new Edit(rows);
        foreach (var day in changes.GroupBy(change => change.From).OrderBy(group => group.Key))
        {
            edit.Problems.AddRange(day.GroupBy(change => (change.Level, change.Code)).Where(same => same.Count() > 1)
                .Select(same => AreaProblems.ChangedTwice(same.Key.Code, day.Key)));
            foreach (var change in day.OrderBy(change => change.Level).ThenBy(change => change.Name is null)) edit.Take(change);
            edit.CheckThatNothingIsLeftBehind(day.Key);
        }
        if (edit.Problems.Count > 0) return edit.Problems;
        return edit.Rows.FindAll(row => !(row.To < row.From));
    }

    private sealed class Edit(IReadOnlyList<AreaRow> rows)
    {
        private int last = rows.Count == 0 ? 0 : rows.Max(row => row.Id.Value);
        private readonly ILookup<(AreaLevel, string), int> known = Enumerable.Range(0, rows.Count).ToLookup(i => (rows[i].Level, rows[i].Code));
        private readonly Dictionary<(AreaLevel, string), List<int>> added = [];
        private readonly HashSet<int> carried = [];

        public List<AreaRow> Rows { get; } = [.. rows];

        public List<Problem> Problems { get; } = [];

        public void Take(AreaChange change)
        {
            var before = Standing(change.Level, change.Code, change.From);
            var parent = change.Level == AreaLevel.Province ? null : ParentOf(change);
            if (change.Name is null)
            {
                if (before < 0) Problems.Add(AreaProblems.CodeUnknown(change.Code));
                else Close(before, change.From);
            }
            else if (change.Level != AreaLevel.Province && parent is null) Problems.Add(AreaProblems.ParentUnknown(change.Code, change.Parent ?? ""));
            else if (before < 0 || Rows[before].From != change.From) Replace(before, change.Code, change.Level, change.Name, parent?.Id ?? default, change.From, change.Decree);
            // What a change of the same day above it has already carried along is only written over.
            else if (carried.Contains(before)) Rows[before] = Rows[before] with { Name = change.Name, Parent = parent?.Id ?? default, Decree = change.Decree };
            else if (Rows[before].Name != change.Name || Rows[before].Parent != (parent?.Id ?? default)) Problems.Add(AreaProblems.ChangedTwice(change.Code, change.From));
        }

        public void CheckThatNothingIsLeftBehind(DateOnly day)
        {
            var standing = Rows.Where(row => row.ValidOn(day)).Select(row => row.Id).ToHashSet();
            foreach (var row in Rows)
                if (row.ValidOn(day) && row.Parent.Value != 0 && !standing.Contains(row.Parent)) Problems.Add(AreaProblems.LeftBehind(row.Code, day));
        }

        private void Replace(int before, string code, AreaLevel level, string name, AreaId parent, DateOnly from, string? decree)
        {
            var to = before >= 0 ? Rows[before].To : null;
            var inside = before >= 0 ? Enumerable.Range(0, Rows.Count).Where(i => Rows[i].Parent == Rows[before].Id && Rows[i].ValidOn(from)).ToList() : [];
            if (before >= 0) Close(before, from);
            if (!added.TryGetValue((level, code), out var same)) added[(level, code)] = same = [];
            same.Add(Rows.Count);
            var id = new AreaId(++last);
            Rows.Add(new AreaRow(id, parent, level, code, name, from, to, decree));
            foreach (var child in inside)
            {
                carried.Add(Rows.Count);
                Replace(child, Rows[child].Code, Rows[child].Level, Rows[child].Name, id, from, decree);
            }
        }

        private void Close(int index, DateOnly from) => Rows[index] = Rows[index] with { To = from.AddDays(-1) };

        private AreaRow? ParentOf(AreaChange change)
        {
            for (var level = change.Level - 1; level >= AreaLevel.Province; level--)
                if (Standing(level, change.Parent ?? "", change.From) is >= 0 and var found) return Rows[found];
            return null;
        }

        private int Standing(AreaLevel level, string code, DateOnly day)
        {
            IEnumerable<int> all = added.TryGetValue((level, code), out var same) ? known[(level, code)].Concat(same) : known[(level, code)];
            foreach (var i in all)
                if (Rows[i].ValidOn(day)) return i;
            return -1;
        }
    }
}
