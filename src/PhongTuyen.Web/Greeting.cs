using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Demonstration;

namespace PhongTuyen.Web;

/// <summary>What the program prints when it is ready.</summary>
internal static class Greeting
{
    public static void Print(WebOptions options, int port, bool demonstration, string? administrator, DatabaseSettings database)
    {
        if (port == 0) return;
        var address = $"{(options.Https ? "https" : "http")}://localhost:{port}";
        Console.WriteLine($"\nPhòng Tuyến: {address}\n");
        if (demonstration)
        {
            Console.WriteLine("Tài khoản của tỉnh mẫu (chỉ có ở đây) / accounts of the demonstration province (they exist only here):");
            foreach (var (name, who) in DemonstrationProvince.Accounts) Console.WriteLine($"  {name,-18} {who}");
            Console.WriteLine($"  mật khẩu / password: {DemonstrationProvince.Password}\n");
        }
        if (administrator is not null) Console.WriteLine($"Quản trị / administrator: quan-tri\nMật khẩu lần đầu / first password: {administrator}\n");
        if (KeyCopy.At(database) is null)
            Console.WriteLine($"Hãy sao chép khóa ra nơi khác: không có khóa thì không đọc được số giấy tờ, điện thoại. / Copy the keys elsewhere: without them no number can be read.\n  {KeyCopy.Folder(database)}  → ./phongtuyen keys copied\n");
        Console.WriteLine("Dừng: Ctrl+C / stop: Ctrl+C");
    }
}
