using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

public enum AreaLinkKind
{
    /// <summary>The old commune went into the new one as a whole: figures and addresses may follow.</summary>
    Full = 0,
    /// <summary>The old commune was divided: nothing follows by itself, whatever the source suggests.</summary>
    Partial = 1,
}

/// <summary>How it was made sure which units a link is about.</summary>
public enum AreaLinkHow
{
    /// <summary>Code, name and province of the source agree with the lists, on both sides.</summary>
    Code = 0,
    /// <summary>A code was missing or wrong; province and name agree with exactly one unit.</summary>
    Name = 1,
    /// <summary>A commune that a decree of 2021 had merged into another: it follows that one.</summary>
    Decree = 2,
    /// <summary>A person settled it.</summary>
    Person = 3,
}

/// <summary>What became of a unit of three levels (until 30 June 2025) in the tree of two (from 1 July 2025).</summary>
/// <param name="OldCode">A commune, or one of the five island districts that had none.</param>
public sealed record AreaLink(string OldCode, string NewCode, AreaLinkKind Kind, AreaLinkHow How);

/// <summary>A row of a list of links, as its source has it: not to be believed before it is checked.</summary>
/// <param name="Line">Line of the file, the first row of data being 2.</param>
/// <param name="Note">Remark of the source; "một phần" and "partial" make a link partial.</param>
public sealed record AreaLinkRow(int Line, string OldCode, string OldName, string OldDistrict, string OldProvince,
    string NewCode, string NewName, string NewProvince, string? Note = null);

public enum AreaLinkFault
{
    /// <summary>Neither the old code nor the old name is in the list of three levels.</summary>
    OldUnknown = 0,
    /// <summary>Neither the new code nor the new name is in the list of two levels.</summary>
    NewUnknown = 1,
    /// <summary>The new province is not the one that the old province went into.</summary>
    OtherProvince = 2,
    /// <summary>The row itself is clear, but it bears the code of another commune, of which the source says elsewhere that it went elsewhere.</summary>
    CodeOfAnother = 3,
    /// <summary>Two communes of one name seem to be exchanged.</summary>
    Crossed = 4,
}

/// <summary>A row that a person has to look at.</summary>
/// <param name="Candidates">Units of the side at fault that the row may mean.</param>
public sealed record AreaLinkFinding(AreaLinkRow Row, AreaLinkFault Fault, IReadOnlyList<AreaId> Candidates);
