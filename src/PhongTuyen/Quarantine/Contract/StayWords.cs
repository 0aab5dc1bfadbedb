namespace PhongTuyen.Quarantine.Contract;

/// <summary>Where a person stays.</summary>
public enum StayPlace
{
    /// <summary>Cơ sở: a camp or a hospital.</summary>
    Facility = 1,
    /// <summary>Tại nhà.</summary>
    Home = 2,
    /// <summary>Nơi lưu trú (khách sạn, ký túc xá).</summary>
    Lodging = 3,
}

public enum StayClass
{
    /// <summary>Cách ly theo dõi.</summary>
    Observation = 1,
    /// <summary>Cách ly điều trị.</summary>
    Treatment = 2,
}

public enum StayState
{
    /// <summary>Dự kiến: announced, a place may be reserved.</summary>
    Expected = 1,
    /// <summary>Đang ở.</summary>
    InHouse = 2,
    /// <summary>Vắng mặt: should be here and is not.</summary>
    Absent = 3,
    /// <summary>Đang chuyển đi.</summary>
    OnTheWay = 4,
    /// <summary>Đã kết thúc.</summary>
    Ended = 5,
    /// <summary>Đã hủy: was announced and never came.</summary>
    Withdrawn = 6,
}

/// <summary>How a stay ended.</summary>
public enum StayEnd
{
    /// <summary>Hết thời gian cách ly.</summary>
    Left = 1,
    /// <summary>Xuất viện.</summary>
    Discharged = 2,
    /// <summary>Chuyển đến nơi khác.</summary>
    Transferred = 3,
    /// <summary>Tử vong.</summary>
    Died = 4,
    /// <summary>Bỏ trốn, mất dấu.</summary>
    Lost = 5,
    /// <summary>Không rõ.</summary>
    Unknown = 6,
}

/// <summary>Clinical severity (mức độ).</summary>
public enum Severity
{
    Unknown = 0,
    /// <summary>Không triệu chứng.</summary>
    None = 1,
    /// <summary>Nhẹ.</summary>
    Mild = 2,
    /// <summary>Trung bình.</summary>
    Moderate = 3,
    /// <summary>Nặng.</summary>
    Severe = 4,
    /// <summary>Nguy kịch.</summary>
    Critical = 5,
}

/// <summary>Why somebody is in quarantine; decides the term.</summary>
public enum StayReason
{
    Unknown = 0,
    /// <summary>F1: tiếp xúc gần.</summary>
    CloseContact = 1,
    /// <summary>F2: tiếp xúc với F1.</summary>
    SecondContact = 2,
    /// <summary>Người nhập cảnh.</summary>
    Entrant = 3,
    /// <summary>Người về từ vùng dịch.</summary>
    EpidemicArea = 4,
    /// <summary>Ca nghi ngờ.</summary>
    Suspected = 5,
    /// <summary>Ca bệnh xác định (F0).</summary>
    Confirmed = 6,
    Other = 9,
}

/// <summary>From what the days are counted.</summary>
public enum StayOrigin
{
    Unknown = 0,
    /// <summary>Ngày vào.</summary>
    Arrival = 1,
    /// <summary>Ngày nhập cảnh.</summary>
    Entry = 2,
    /// <summary>Tiếp xúc lần cuối.</summary>
    LastContact = 3,
    /// <summary>Mẫu dương tính.</summary>
    PositiveSample = 4,
}

/// <summary>Whether a person is fully vaccinated or recovered within the time that the rule asks for.</summary>
public enum Protection
{
    Unknown = 0,
    None = 1,
    Full = 2,
}
