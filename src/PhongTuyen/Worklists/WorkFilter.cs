using PhongTuyen.Kernel;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Worklists;

/// <summary>How an item stands.</summary>
public enum WorkState
{
    /// <summary>Nobody has it.</summary>
    Free = 0,
    /// <summary>Somebody has it.</summary>
    Taken = 1,
    /// <summary>Somebody elsewhere has to answer first; its deadline rests.</summary>
    Waiting = 2,
    Done = 3,
    /// <summary>Not needed any more.</summary>
    Dropped = 4,
}

/// <summary>The tabs of a list. Each item stands in exactly one, so that their counts add up to the whole.</summary>
public enum WorkTab
{
    /// <summary>Quá hạn: past its deadline, whoever has it.</summary>
    Late = 0,
    /// <summary>Chưa ai nhận, còn hạn.</summary>
    Free = 1,
    /// <summary>Của tôi, còn hạn.</summary>
    Mine = 2,
    /// <summary>Người khác đang giữ, còn hạn.</summary>
    Others = 3,
    /// <summary>Chờ trả lời.</summary>
    Waiting = 4,
    /// <summary>Đã xong, không cần nữa.</summary>
    Done = 5,
}

/// <summary>What narrows a list.</summary>
public sealed record WorkFilter(string List, WorkTab Tab)
{
    /// <summary>0: of all units of the scope.</summary>
    public UnitId Unit { get; init; }
    /// <summary>Null: whoever has it.</summary>
    public AccountId? Owner { get; init; }
    public Urgency? Urgency { get; init; }
    /// <summary>Only what the unit above was told of; late, all of it.</summary>
    public bool Above { get; init; }
}
