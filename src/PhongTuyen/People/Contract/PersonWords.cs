namespace PhongTuyen.People.Contract;

public enum Sex
{
    Unknown = 0,
    Male = 1,
    Female = 2,
    Other = 3,
}

public enum Pregnancy
{
    Unknown = 0,
    No = 1,
    Yes = 2,
}
