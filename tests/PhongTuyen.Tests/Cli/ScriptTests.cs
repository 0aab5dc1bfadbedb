using System.Diagnostics;
using PhongTuyen.Tests.Architecture;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Cli;

/// <summary>
/// The two commands of the README as somebody types them, in a copy of their own with a space in its name. What they call (dotnet, node, npm)
/// is there as a stub that writes down how it was called, or is not there at all; so nothing is built.
/// </summary>
public sealed class ScriptTests : IDisposable
{
    private static readonly string[] Tools = ["sh", "dirname", "readlink", "mkdir", "find", "cat", "uname", "cmp", "cp", "mv", "awk", "sed", "tr", "cut", "flock", "rm", "ls", "basename", "date", "sleep"];

    private readonly TemporaryFolder folder = new();

    private string Copy(string name = "bản sao thứ nhất")
    {
        var copy = Path.Combine(folder.Path, name);
        foreach (var file in new[] { "run", "phongtuyen", "test", "scripts/env.sh", "global.json" })
        {
            var to = Path.Combine(copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(WorkingCopy.Root, file), to);
        }
        foreach (var made in new[] { "src/PhongTuyen.Web", "bench" }) Directory.CreateDirectory(Path.Combine(copy, made));
        File.WriteAllText(Path.Combine(copy, "package-lock.json"), "{}");
        return copy;
    }

    /// <summary>A folder with the tools of every system and these stubs: the only one in which programs are looked for.</summary>
    private string Programs(string? dotnet = "10.0.100", string? node = "v20.1.0")
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder.Path, $"bin {dotnet} {node}")).FullName;
        foreach (var tool in Tools)
            if (new[] { "/usr/bin/", "/bin/" }.Select(where => where + tool).FirstOrDefault(File.Exists) is { } real && !File.Exists(Path.Combine(bin, tool))) File.CreateSymbolicLink(Path.Combine(bin, tool), real);
        if (dotnet is not null) Stub("dotnet", $"""case $1 in --version) echo {dotnet} ;; --list-sdks) echo "{dotnet} [/usr]" ;; *) printf 'dotnet' ; printf ' <%s>' "$@" ; echo ; pwd ;; esac""");
        if (node is not null) Stub("node", $"echo {node}");
        if (node is not null) Stub("npm", "mkdir -p node_modules; echo npm \"$@\"");
        return bin;

        void Stub(string name, string script)
        {
            var path = Path.Combine(bin, name);
            File.WriteAllText(path, $"#!/bin/sh\nprintf '%s\\n' \"{name} $*\" >> \"{Path.Combine(folder.Path, "calls")}\"\n{script}\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string[] Calls(string program) => File.Exists(Path.Combine(folder.Path, "calls")) ? [.. File.ReadAllLines(Path.Combine(folder.Path, "calls")).Where(line => line.StartsWith(program, StringComparison.Ordinal))] : [];

    private async Task<(int Code, string Output, string Errors)> RunAsync(string copy, string programs, string command, params string[] words)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true } };
        foreach (var word in words.Prepend(Path.Combine(copy, command))) process.StartInfo.ArgumentList.Add(word);
        process.StartInfo.Environment.Clear();
        // A user whose home is not there.
        foreach (var (name, value) in new[] { ("PATH", programs), ("HOME", Path.Combine(folder.Path, "nobody")), ("DOTNET_ROOT", Path.Combine(folder.Path, "none")), ("LC_ALL", "C.UTF-8") }) process.StartInfo.Environment[name] = value;
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    [Theory]
    [InlineData("run", "--port", "--data", "--empty", "--https", "--no-build")]
    [InlineData("test", "--filter", "--db", "--screens")]
    public async Task Help_names_each_option_in_both_languages_even_where_nothing_is_installed(string command, params string[] options)
    {
        var said = await RunAsync(Copy(), Programs(null, null), command, "--help");
        said.Code.ShouldBe(0, said.Errors);
        foreach (var option in options) said.Output.Split("\n").Count(line => line.StartsWith("  " + option, StringComparison.Ordinal)).ShouldBe(2, option);
    }

    [Theory]
    [InlineData("run", "There is no option --fly.", "--fly")]
    [InlineData("run", "--port needs a value.", "--empty", "--port")]
    [InlineData("run", "--port needs a number from 1 to 65535.", "--port", "chín")]
    [InlineData("run", "--port needs a number from 1 to 65535.", "--port=70000")]
    [InlineData("test", "There is no option --fly.", "--fly")]
    public async Task A_wrong_word_is_told_in_one_line_a_language_before_anything_is_built(string command, string sentence, params string[] words)
    {
        var said = await RunAsync(Copy(), Programs(), command, words);
        said.Code.ShouldBe(2);
        said.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2, said.Errors);
        said.Errors.ShouldContain(sentence);
        Calls("dotnet").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "v20.1.0", "The .NET SDK 10 is missing: install it from https://dotnet.microsoft.com/download and run this again.")]
    [InlineData("8.0.100", "v20.1.0", "The .NET SDK 10 is needed, but this machine has only: 8.0.100")]
    [InlineData("10.0.100", null, "Node.js 20 or later (with npm) is needed: install it from https://nodejs.org and run this again.")]
    [InlineData("10.0.100", "v18.9.0", "Node.js 20 or later (with npm) is needed: install it from https://nodejs.org and run this again.")]
    public async Task What_the_machine_lacks_is_told_in_one_sentence(string? dotnet, string? node, string sentence)
    {
        var copy = Copy();
        foreach (var (command, words) in new[] { ("run", new[] { "--empty" }), ("phongtuyen", ["help"]) })
        {
            var said = await RunAsync(copy, Programs(dotnet, node), command, words);
            said.Code.ShouldBe(3, said.Errors);
            said.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].TrimEnd().ShouldBe(sentence);
        }
        Calls("dotnet build").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_second_run_builds_nothing_and_a_second_copy_builds_and_keeps_its_own()
    {
        var (first, second, programs) = (Copy(), Copy("copy two"), Programs());
        var said = await RunAsync(first, programs, "run", "--port", "8555", "--data", "dữ liệu", "--empty", "--", "--Web:BehindProxy=true");
        said.Code.ShouldBe(0, said.Errors);
        said.Output.ShouldContain($"<{first}/src/PhongTuyen.Web/bin/Release/net10.0/PhongTuyen.Web.dll> <--data> <{folder.Path}/dữ liệu> <--port> <8555> <--empty> <--Web:BehindProxy=true>");
        said.Output.ShouldContain($"{first}/src/PhongTuyen.Web\n");
        Calls("dotnet build").Length.ShouldBe(1);
        Calls("npm").Length.ShouldBe(1);

        (await RunAsync(first, programs, "run")).Output.ShouldContain($"<--data> <{first}/data>");
        (await RunAsync(first, programs, "run", "--no-build")).Code.ShouldBe(0);
        Calls("dotnet build").Length.ShouldBe(1);

        (await RunAsync(second, programs, "run")).Output.ShouldContain($"<--data> <{second}/data>");
        Calls("dotnet build").Length.ShouldBe(2);
        Directory.Exists(Path.Combine(second, "artifacts", "home")).ShouldBeTrue("an ordinary user without a home gets one within the copy");
    }

    [Fact]
    public async Task The_command_line_is_passed_on_as_it_was_typed()
    {
        var (copy, programs) = (Copy(), Programs());
        (await RunAsync(copy, programs, "phongtuyen", "import", "danh sách 1.xlsx", "--json")).Output.ShouldContain("PhongTuyen.Cli.dll> <import> <danh sách 1.xlsx> <--json>");
        (await RunAsync(copy, programs, "phongtuyen", "help", "import")).Output.ShouldContain("PhongTuyen.Cli.dll> <import> <--help>");
        (await RunAsync(copy, programs, "phongtuyen")).Output.ShouldContain("PhongTuyen.Cli.dll> <--help>");
        (await RunAsync(copy, programs, "phongtuyen", "bench", "show", "live")).Output.ShouldContain("PhongTuyen.Bench.dll> <show> <live>");
    }

    public void Dispose() => folder.Dispose();
}
