using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Passwords: length and a block-list, no rules of composition, no rotation (NIST 800-63B-4). Hashed by the framework (PBKDF2-HMAC-SHA-512).</summary>
public sealed class Passwords(AccountSettings settings)
{
    private static readonly PasswordHasher<Account> Hasher = new();

    // A hash of nothing anyone knows: an unknown user name costs as much time as a wrong password.
    private static readonly string Nobody = Hasher.HashPassword(null!, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    private const string Syllables = "an ban bao bay ben bien bo buoi ca cam cau chim chuoi co dao dat den dep di do doi dong dua ga gao gio gom hai hoa hong hue keo khe khoai la lam lan lua luoi may me mia mua muoi nam ngo nha nho non nuoc oi que rau rung sao sen song sua tam tao tau tay tham thu tim tra tre trung tuoi vang ve voi vui vuon xa xanh xe xoai";

    // The commonest of the world's and the country's, and what people make of this program's name.
    private static readonly HashSet<string> Blocked = new(
        ("password matkhau 12345678 123456789 1234567890 123456789012345 qwertyuiop qwertyuiopasdfg iloveyou anhyeuem emyeuanh yeuanhnhieu vietnam vietnamvodich " +
         "phongtuyen phongtuyen2021 phongchongdich covid19covid19 covidcovidcovid adminadminadmin administrator matkhaumatkhau passwordpassword 111111111111111 000000000000000 " +
         "abcdefghijklmnop aaaaaaaaaaaaaaa trungtamyte tramytexa benhvienquan").Split(' '), StringComparer.Ordinal);

    public static string Hash(string password) => Hasher.HashPassword(null!, password);

    /// <summary>True when it fits. Takes the same time when there is no hash to compare with.</summary>
    public static bool Fits(string? hash, string password) =>
        Hasher.VerifyHashedPassword(null!, hash ?? Nobody, password) != PasswordVerificationResult.Failed && hash is not null;

    public Problem? Fault(string password, string userName, bool secondFactor)
    {
        var fewest = secondFactor ? settings.PasswordWithSecondFactor : settings.PasswordAlone;
        if (password.Length < fewest) return Problems.PasswordTooShort(fewest);
        if (password.Length > 128) return Refusals.TooLong("password", 128);
        var folded = VietnameseText.Fold(password).Replace(" ", "", StringComparison.Ordinal);
        if (Blocked.Contains(folded) || folded.Distinct().Count() < 4 || (userName.Length > 3 && folded.Replace(VietnameseText.Fold(userName), "", StringComparison.Ordinal).Length < 4))
            return Problems.PasswordTooCommon();
        return null;
    }

    /// <summary>A first password that can be read out and typed: six syllables and two digits, 45 bits; it must be changed at the first sign-in.</summary>
    public static string Suggest()
    {
        var words = Syllables.Split(' ');
        return string.Join('-', Enumerable.Range(0, 6).Select(_ => words[RandomNumberGenerator.GetInt32(words.Length)])) + "-" + RandomNumberGenerator.GetInt32(10, 100);
    }
}
