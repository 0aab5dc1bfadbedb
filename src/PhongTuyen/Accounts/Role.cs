namespace PhongTuyen.Accounts;

/// <summary>What somebody does here. A role opens doors; a grant says over which units or areas.</summary>
public enum Role
{
    /// <summary>Nhập liệu: admits, moves and discharges; a camp, a hospital, a commune station.</summary>
    Clerk = 1,
    /// <summary>Quản lý đơn vị: a clerk who also runs the facility and the accounts of the unit.</summary>
    UnitHead = 2,
    /// <summary>Cán bộ huyện (trung tâm y tế).</summary>
    DistrictOfficer = 3,
    /// <summary>Cán bộ tỉnh, bộ (sở y tế, CDC, cục).</summary>
    ProvinceOfficer = 4,
    /// <summary>Lãnh đạo: figures without names, read only.</summary>
    Leader = 5,
    /// <summary>Ban chỉ đạo: figures without names, read only.</summary>
    SteeringCommittee = 6,
    /// <summary>Quản trị: units, areas, accounts, the installation; no persons.</summary>
    Administrator = 7,
    /// <summary>Tổ công nghệ thông tin: answers what users report as not working; no persons, no figures. Of a district across its agencies, or of a province.</summary>
    TechnologyTeam = 8,
    /// <summary>Tình nguyện viên nhập liệu (students, teachers lent for a while): types the papers that a unit gives, and sees nothing else. Ends by itself (<see cref="VolunteerTerm"/>).</summary>
    Volunteer = 9,
    /// <summary>Thanh tra, giám sát: reads persons, figures and who entered what, for a time; changes nothing.</summary>
    Inspector = 10,
}

/// <summary>What a door asks for.</summary>
public enum Permission
{
    /// <summary>Nobody need be signed in.</summary>
    Anyone,
    /// <summary>Any account: its own pages, help, notices.</summary>
    SignedIn,
    /// <summary>Any account with a role but that of a volunteer: areas, decrees, what is asked of units.</summary>
    Staff,
    SeeFigures,
    SeePersons,
    /// <summary>Admit, move, discharge, correct; record cases and results.</summary>
    EnterData,
    Import,
    /// <summary>Rooms, beds, licensed places.</summary>
    ManageFacility,
    /// <summary>Who entered what, when, with how many corrections.</summary>
    SeeEntries,
    /// <summary>Answer for it: review what was opened in an emergency, let a long list leave.</summary>
    JudgeEntries,
    ManageAccounts,
    ManageUnits,
    /// <summary>Disagreements between area lists; hamlets anywhere in one's area.</summary>
    ManageAreas,
    /// <summary>Seal a record, name who sees it.</summary>
    SealPersons,
    /// <summary>The installation: settings, queues, seals.</summary>
    Operate,
    /// <summary>What users of the area report as not working, and how late it is answered.</summary>
    SeeReports,
    /// <summary>Take, answer and close it.</summary>
    AnswerReports,
    /// <summary>Type the papers that a unit gave to this very account.</summary>
    TypePapers,
}
