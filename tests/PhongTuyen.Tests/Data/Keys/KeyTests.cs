using System.Security.Cryptography;
using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data.Keys;

/// <summary>Sealed fields open with the right ring, at their own place, unchanged; and with nothing else.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"pt-keys-{Guid.CreateVersion7():N}");

    private static readonly Guid Row = Guid.CreateVersion7();

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private string File => Path.Combine(folder, "ring.json");

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private KeyRing Ring(int current, Dictionary<string, string> seal, Dictionary<string, string> index)
    {
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(File, JsonSerializer.Serialize(new { Current = current, Seal = seal, Index = index }));
        return KeyRing.Read(folder);
    }

    [Fact]
    public void A_new_ring_is_for_its_owner_alone_and_is_never_written_over()
    {
        var made = KeyRing.Make(folder);
        KeyRing.Read(folder).Prints.ShouldBe(made.Prints);
        if (!OperatingSystem.IsWindows()) System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (!OperatingSystem.IsWindows()) System.IO.File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Should.Throw<IOException>(() => KeyRing.Make(folder));
        KeyRing.Read(folder).Prints.ShouldBe(made.Prints);
    }

    [Fact]
    public void After_a_rotation_old_values_open_and_are_found_and_new_ones_take_the_new_key()
    {
        var (s1, s2, i1, i2) = (Key(), Key(), Key(), Key());
        var (before, after) = (Ring(1, new() { ["1"] = s1 }, new() { ["1"] = i1 }), Ring(2, new() { ["1"] = s1, ["2"] = s2 }, new() { ["1"] = i1, ["2"] = i2 }));
        var old = new FieldCipher(before).Seal("079085000001", "person_document", Row, "number");
        new FieldCipher(after).Open(old, "person_document", Row, "number").ShouldBe("079085000001");
        var anew = new FieldCipher(after).Seal("079085000001", "person_document", Row, "number");
        new FieldCipher(before).Open(anew, "person_document", Row, "number").ShouldBe("079085000001", "a program that has not heard of the key looks into the file");
        Ring(1, new() { ["1"] = s1 }, new() { ["1"] = i1 });
        Should.Throw<CryptographicException>(() => new FieldCipher(KeyRing.Read(folder)).Open(anew, "person_document", Row, "number")).Message.ShouldContain("no key 2");

        var (oldIndex, newIndex) = (new BlindIndex(before).Of("national", "079085000001"), new BlindIndex(after).Of("national", "079085000001"));
        oldIndex.ShouldNotBe(newIndex);
        var looked = new BlindIndex(after).Any("national", "079085000001");
        looked[0].ShouldBe(newIndex);
        looked[1].ShouldBe(oldIndex);
        new BlindIndex(after).Any("cmnd", "079085000001").ShouldNotContain(value => value.SequenceEqual(oldIndex), "a number means something only with its purpose");
        new BlindIndex(before).Of("national", "079085000001").ShouldBe(oldIndex, "equal numbers have equal values");
    }

    [Fact]
    public void A_value_that_was_changed_cut_or_moved_does_not_open()
    {
        var cipher = new FieldCipher(KeyRing.Make(folder));
        var value = cipher.Seal("0912345678", "person_phone", Row, "number");
        cipher.Seal("0912345678", "person_phone", Row, "number").ShouldNotBe(value, "equal texts are not seen to be equal");
        for (var i = 0; i < value.Length; i++)
        {
            var changed = (byte[])value.Clone();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => cipher.Open(changed, "person_phone", Row, "number"), $"byte {i}");
            Should.Throw<CryptographicException>(() => cipher.Open(value[..i], "person_phone", Row, "number"), $"cut at {i}");
        }
        Should.Throw<CryptographicException>(() => cipher.Open(value, "person_phone", Guid.CreateVersion7(), "number"));
        Should.Throw<CryptographicException>(() => cipher.Open(value, "person_document", Row, "number"));
        Should.Throw<CryptographicException>(() => cipher.Open(value, "person_phone", Row, "chronic"));
        cipher.OpenMaybe(null, "person_phone", Row, "number").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1, 2")]
    [InlineData("""{"Current":1,"Seal":{"1":"AAAA"},"Index":{"1":"AAAA"}}""")]
    [InlineData("""{"Current":1,"Seal":{"một":"AAAA"},"Index":{}}""")]
    [InlineData("""{"Current":1,"Seal":{"1":"không phải base64"},"Index":null}""")]
    [InlineData("""{"Current":9999999999,"Seal":{},"Index":{}}""")]
    public void A_damaged_file_is_one_clear_sentence(string content)
    {
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(File, content);
        Should.Throw<DatabaseException>(() => KeyRing.Read(folder)).Message.ShouldStartWith("The key file");
    }

    [Fact]
    public void A_missing_file_is_said_with_what_to_do() =>
        Should.Throw<DatabaseException>(() => KeyRing.Read(folder)).Message.ShouldBe($"The key file {File} is missing. Without it the sealed numbers of this database cannot be read: put back the copy that was made of it.");
}

/// <summary>Keys and data that do not belong together do not start.</summary>
[Trait("Category", "Database")]
public sealed class KeyStartTests(TestHouse house) : IClassFixture<TestHouse>
{
    [Fact]
    public async Task The_ring_is_made_with_the_database_and_no_other_opens_it()
    {
        var keys = house.Folder + "-ring";
        var settings = new DatabaseSettings { Folder = house.Folder, KeyFolder = keys };
        Task<(KeyRing Keys, bool First)> OpenAsync() => Installation.KeysAsync(house.Database, settings, TestContext.Current.CancellationToken);
        try
        {
            var made = await OpenAsync();
            made.First.ShouldBeTrue();
            var again = await OpenAsync();
            (again.First, again.Keys.Prints["s1"]).ShouldBe((false, made.Keys.Prints["s1"]));

            File.Move(Path.Combine(keys, "ring.json"), Path.Combine(keys, "mine.json"));
            (await Should.ThrowAsync<DatabaseException>(OpenAsync)).Message.ShouldContain("is missing");
            KeyRing.Make(keys);
            (await Should.ThrowAsync<DatabaseException>(OpenAsync)).Message.ShouldBe($"The key file in {keys} is not the one of this database: its numbers could not be read. Put back the right one.");
            File.Move(Path.Combine(keys, "mine.json"), Path.Combine(keys, "ring.json"), overwrite: true);
            (await OpenAsync()).First.ShouldBeFalse();
        }
        finally
        {
            if (Directory.Exists(keys)) Directory.Delete(keys, recursive: true);
        }
    }

    [Fact]
    public void Numbers_that_are_the_same_paper_have_the_same_value()
    {
        var seals = new PersonSeals(new FieldCipher(house.Keys), new BlindIndex(house.Keys));
        static bool Same(byte[][] one, byte[][] other) => one[0].SequenceEqual(other[0]);
        Same(seals.IndexOf(DocumentKind.CitizenCard, "079085000001"), seals.IndexOf(DocumentKind.BirthNumber, "079085000001")).ShouldBeTrue();
        Same(seals.IndexOf(DocumentKind.HealthInsurance, "DN4790123456789"), seals.IndexOf(DocumentKind.HealthInsurance, "0123456789")).ShouldBeTrue("the old card ends in the number of the new one");
        Same(seals.IndexOf(DocumentKind.OldIdentityCard, "023456789"), seals.IndexOf(DocumentKind.CitizenCard, "079085000001")).ShouldBeFalse();
    }
}
