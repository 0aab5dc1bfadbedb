using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Bench.Province;

/// <summary>Invented persons, each with a card, a telephone and an address in some commune, entered by the station there. Numbers are sealed with the keys of the cluster.</summary>
internal sealed class PersonRows(ProvinceLoader loader, Ground ground)
{
    private const int Seed = 20210820;
    private readonly Dictionary<string, (string[] Tokens, byte[] Key)> keys = new(StringComparer.Ordinal);

    /// <summary>When the first was entered; each later one a moment after the one before.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromDays(150);

    /// <summary>Who was made, with the key that sorts them: stays refer to them by their place in the row.</summary>
    public Guid[] Ids { get; } = new Guid[loader.Plan.Persons];
    public byte[][] SortKeys { get; } = new byte[loader.Plan.Persons][];

    /// <summary>Communes are not of one size: the first has about five times the persons of the last.</summary>
    public static int CommuneOf(int i, int communes) => (int)(communes * Math.Pow(i * 0.618033988749895 % 1, 1.8));

    public void Write()
    {
        var (names, now) = (new DemonstrationNames(Seed), loader.Clock.GetUtcNow());
        using var persons = new TableCopy(loader, "person", "id, name, name_tokens, name_key, birth, birth_precision, sex, nationality, entered_unit, entered_by, entered_at");
        using var ties = new TableCopy(loader, "person_scope", "person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since");
        using var documents = new TableCopy(loader, "person_document", "person_id, id, kind, number, number_index, entered_at");
        using var phones = new TableCopy(loader, "person_phone", "person_id, id, number, number_index, whose, entered_at");
        using var addresses = new TableCopy(loader, "person_address", "person_id, id, kind, province_id, district_id, commune_id, line, since, entered_at");
        for (var i = 0; i < loader.Plan.Persons; i++)
        {
            var (facts, paper, phone, line) = names.Next();
            var at = now - Span + Span / loader.Plan.Persons * i;
            var id = Ids[i] = Guid.CreateVersion7(at);
            var area = ground.Communes[CommuneOf(i, ground.Communes.Count)];
            var station = ground.Stations[area.Commune.Value];
            var (tokens, key) = KeysOf(facts.Name!);
            SortKeys[i] = key;
            var (province, district, commune) = (area.Province.Value, area.District.Value, area.Commune.Value);
            persons.Row(id, facts.Name, tokens, key, facts.Birth.From, (short)facts.Birth.Precision, (short)facts.Sex, "VN", station.Id, station.Clerk, at);
            var address = loader.Clock.NewGuid();
            ties.Row(id, (short)TieBecause.Entered, id, station.Id, 0, 0, 0, key, at);
            ties.Row(id, (short)TieBecause.Address, address, 0, province, district, commune, key, at);
            addresses.Row(id, address, (short)AddressKind.Present, province, district, commune, line, at.LocalDay(), at);
            var document = loader.Seals.Document(new PersonId(id), loader.Clock.NewGuid(), paper, DocumentRules.Normal(paper.Number), null, now);
            documents.Row(id, document.Id, (short)document.Kind, document.Number, document.NumberIndex, at);
            var number = loader.Seals.Phone(new PersonId(id), loader.Clock.NewGuid(), PhoneRules.Normal(phone.Number)!, phone.Whose, null, now);
            phones.Row(id, number.Id, number.Number, number.NumberIndex, (short)number.Whose, at);
        }
        persons.Complete();
        ties.Complete();
        documents.Complete();
        phones.Complete();
        addresses.Complete();
    }

    private (string[] Tokens, byte[] Key) KeysOf(string name)
    {
        if (!keys.TryGetValue(name, out var known)) keys[name] = known = Person.SearchKeys(name, null);
        return known;
    }
}
