using System.Globalization;
using System.Text.Json.Serialization;

namespace PhongTuyen.Kernel;

/// <summary>An id that the client makes (UUID version 7): random enough not to be guessed, ordered enough for an index.</summary>
public interface IGuidId<TSelf> where TSelf : struct, IGuidId<TSelf>
{
    Guid Value { get; }
    static abstract TSelf Of(Guid value);
}

/// <summary>A number of the platform's own for what an administrator makes (areas, units, rooms, beds). 0 means "not known".</summary>
public interface IIntId<TSelf> where TSelf : struct, IIntId<TSelf>
{
    int Value { get; }
    static abstract TSelf Of(int value);
}

/// <summary>A person (người được quản lý).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct PersonId(Guid Value) : IGuidId<PersonId>
{
    public static PersonId Of(Guid value) => new(value);
    public static bool TryParse(string? text, out PersonId id) => Ids.TryParseGuid(text, out id);
    public override string ToString() => Value.ToString();
}

/// <summary>A stay in quarantine or treatment (đợt cách ly, đợt điều trị).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct StayId(Guid Value) : IGuidId<StayId>
{
    public static StayId Of(Guid value) => new(value);
    public static bool TryParse(string? text, out StayId id) => Ids.TryParseGuid(text, out id);
    public override string ToString() => Value.ToString();
}

/// <summary>A transfer from one facility to another (chuyển khu, chuyển tuyến).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct TransferId(Guid Value) : IGuidId<TransferId>
{
    public static TransferId Of(Guid value) => new(value);
    public static bool TryParse(string? text, out TransferId id) => Ids.TryParseGuid(text, out id);
    public override string ToString() => Value.ToString();
}

/// <summary>A case of a notifiable disease (ca bệnh).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct CaseId(Guid Value) : IGuidId<CaseId>
{
    public static CaseId Of(Guid value) => new(value);
    public static bool TryParse(string? text, out CaseId id) => Ids.TryParseGuid(text, out id);
    public override string ToString() => Value.ToString();
}

/// <summary>A test result of a person (kết quả xét nghiệm).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct ResultId(Guid Value) : IGuidId<ResultId>
{
    public static ResultId Of(Guid value) => new(value);
    public static bool TryParse(string? text, out ResultId id) => Ids.TryParseGuid(text, out id);
    public override string ToString() => Value.ToString();
}

/// <summary>An account of a member of staff (tài khoản).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct AccountId(Guid Value) : IGuidId<AccountId>
{
    public static AccountId Of(Guid value) => new(value);
    public static bool TryParse(string? text, out AccountId id) => Ids.TryParseGuid(text, out id);
    public override string ToString() => Value.ToString();
}

/// <summary>One run of a file through the import (lượt nhập tệp).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct ImportId(Guid Value) : IGuidId<ImportId>
{
    public static ImportId Of(Guid value) => new(value);
    public static bool TryParse(string? text, out ImportId id) => Ids.TryParseGuid(text, out id);
    public override string ToString() => Value.ToString();
}

/// <summary>A node of the area tree in one dated version (đơn vị hành chính; thôn, tổ dân phố). Never an official code: those change their meaning.</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct AreaId(int Value) : IIntId<AreaId>
{
    public static AreaId Of(int value) => new(value);
    public static bool TryParse(string? text, out AreaId id) => Ids.TryParseInt(text, out id);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An organisation: ministry, health department, district centre, commune station, camp, hospital (đơn vị).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct UnitId(int Value) : IIntId<UnitId>
{
    public static UnitId Of(int value) => new(value);
    public static bool TryParse(string? text, out UnitId id) => Ids.TryParseInt(text, out id);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A room of a facility (phòng).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct RoomId(int Value) : IIntId<RoomId>
{
    public static RoomId Of(int value) => new(value);
    public static bool TryParse(string? text, out RoomId id) => Ids.TryParseInt(text, out id);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A bed of a room (giường).</summary>
[JsonConverter(typeof(IdJson))]
public readonly record struct BedId(int Value) : IIntId<BedId>
{
    public static BedId Of(int value) => new(value);
    public static bool TryParse(string? text, out BedId id) => Ids.TryParseInt(text, out id);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

public static class Ids
{
    /// <summary>A new id with the clock's time in front.</summary>
    public static TId New<TId>(this TimeProvider clock) where TId : struct, IGuidId<TId> => TId.Of(clock.NewGuid());

    /// <summary>A new version 7 id without a type of its own (a form, a message, an audit row).</summary>
    public static Guid NewGuid(this TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());

    internal static bool TryParseGuid<TId>(string? text, out TId id) where TId : struct, IGuidId<TId>
    {
        var ok = Guid.TryParse(text, out var value) && value != Guid.Empty;
        id = ok ? TId.Of(value) : default;
        return ok;
    }

    internal static bool TryParseInt<TId>(string? text, out TId id) where TId : struct, IIntId<TId>
    {
        var ok = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        id = ok ? TId.Of(value) : default;
        return ok;
    }
}
