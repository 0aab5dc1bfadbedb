namespace PhongTuyen.Kernel;

/// <summary>Whole days, both ends included. The last day is never before the first.</summary>
public readonly record struct DateSpan
{
    /// <exception cref="ArgumentOutOfRangeException">The last day is before the first.</exception>
    public DateSpan(DateOnly first, DateOnly last)
    {
        if (last < first) throw new ArgumentOutOfRangeException(nameof(last), "The last day is before the first.");
        (First, Last) = (first, last);
    }

    public DateOnly First { get; }
    public DateOnly Last { get; }
    public int Days => Last.DayNumber - First.DayNumber + 1;
    public bool Contains(DateOnly day) => First <= day && day <= Last;
}
