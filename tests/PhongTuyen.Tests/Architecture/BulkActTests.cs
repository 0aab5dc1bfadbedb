using System.Collections;
using System.Reflection;
using PhongTuyen.Cli.Documents;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>
/// Every act over many at one press stands in docs/bulk-acts.md with how it is taken back, and the test that proves it. Use-cases are found by themselves: what takes a collection of ids, or answers how many.
/// </summary>
public sealed class BulkActTests
{
    /// <summary>Planted: it takes ids and stands nowhere.</summary>
    public sealed class SeizeMany
    {
        public sealed record Input(Guid Intent, IReadOnlyList<PersonId> Persons);

        public Task<Outcome<Nothing>> RunAsync(Input input, CancellationToken ct) => Task.FromResult<Outcome<Nothing>>(Nothing.Value);
    }

    private static IEnumerable<(string Key, MethodInfo Method)> UseCases(IEnumerable<Type> types) =>
        from type in types
        where type is { IsClass: true, IsAbstract: false } && (type.IsPublic || type.IsNestedPublic)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where AnswerOf(method) is not null && !method.IsGenericMethod
        select (BulkActs.Key(method), method);

    private static Type? AnswerOf(MethodInfo method) =>
        method.ReturnType is { IsGenericType: true } task && task.GetGenericTypeDefinition() == typeof(Task<>) && task.GetGenericArguments()[0] is { IsGenericType: true } outcome && outcome.GetGenericTypeDefinition() == typeof(Outcome<>) ? outcome.GetGenericArguments()[0] : null;

    private static bool IsId(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var bare && (bare == typeof(Guid) || (bare.IsValueType && bare.Namespace == "PhongTuyen.Kernel" && bare.Name.EndsWith("Id", StringComparison.Ordinal)));

    private static Type? ElementOf(Type type) => type == typeof(string) || type == typeof(byte[]) || !type.IsAssignableTo(typeof(IEnumerable)) ? null
        : type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("PhongTuyen", StringComparison.Ordinal) == true && !type.IsEnum;

    /// <summary>A collection of ids, or of records that hold one.</summary>
    private static bool ManyIds(Type type) => ElementOf(type) is { } element && (IsId(element) || (IsOurs(element) && element.GetProperties().Any(property => IsId(property.PropertyType))));

    private static bool TakesMany(MethodInfo method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Any(type => ManyIds(type) || (IsOurs(type) && !IsId(type) && type.GetProperties().Any(property => ManyIds(property.PropertyType))));

    private static bool AnswersHowMany(MethodInfo method) => AnswerOf(method) is { } answer && (answer == typeof(int) || ManyIds(answer) || (IsOurs(answer) && !IsId(answer) && answer.GetProperties().Any(property => property.PropertyType == typeof(int) || ManyIds(property.PropertyType))));

    private static IEnumerable<string> OverMany(IEnumerable<Type> types) => UseCases(types).Where(one => TakesMany(one.Method) || AnswersHowMany(one.Method)).Select(one => one.Key).Distinct();

    private static IEnumerable<string> Nowhere(IEnumerable<Type> types) => OverMany(types).Except(BulkActs.All.SelectMany(act => act.Back is null ? [act.Does] : new[] { act.Does, act.Back }).Concat(BulkActs.NotBulk.Keys))
        .Select(key => $"{key} takes many ids or answers how many: a line in BulkActs.All, with how it is taken back and the test that proves it, or in BulkActs.NotBulk with the reason.");

    [Fact]
    [Answers("R4")]
    public void Every_act_over_many_says_how_it_is_taken_back_or_why_it_is_none() => Nowhere(typeof(Platform).Assembly.GetTypes()).ShouldBeEmpty();

    [Fact]
    public void What_the_table_names_is_there()
    {
        var known = UseCases(typeof(Platform).Assembly.GetTypes()).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        BulkActs.All.SelectMany(act => act.Back is null ? [act.Does] : new[] { act.Does, act.Back }).Except(known).ShouldBeEmpty("no such use-case");
        BulkActs.All.SelectMany(act => act.Tests).Where(test => BulkActs.FileOf(WorkingCopy.Root, test) is null).ShouldBeEmpty("no such test");
        BulkActs.All.ShouldAllBe(act => act.Tests.Length > 0);
        BulkActs.All.SelectMany(act => act.At).Where(at => !at.StartsWith("phongtuyen ", StringComparison.Ordinal) && !File.Exists(Path.Combine(WorkingCopy.Root, "src", "PhongTuyen.Web", at + ".cshtml"))).ShouldBeEmpty("no such page");
        BulkActs.NotBulk.Keys.Except(OverMany(typeof(Platform).Assembly.GetTypes())).ShouldBeEmpty("no reason is needed any more");
    }

    [Fact]
    public void Every_page_with_rows_to_tick_is_named_by_an_act()
    {
        var web = Path.Combine(WorkingCopy.Root, "src", "PhongTuyen.Web");
        var ticked = Directory.EnumerateFiles(web, "*.cshtml", SearchOption.AllDirectories).Where(path => File.ReadAllText(path).Contains("data-select-rows", StringComparison.Ordinal)).Select(path => Path.GetRelativePath(web, path).Replace('\\', '/')[..^".cshtml".Length]).ToList();
        ticked.Count.ShouldBeGreaterThan(3);
        ticked.Except(BulkActs.All.SelectMany(act => act.At)).ShouldBeEmpty("add its act to src/PhongTuyen.Cli/Documents/BulkActs.cs");
    }

    [Fact]
    public void A_planted_act_over_many_is_found() => Nowhere([typeof(SeizeMany)]).ShouldHaveSingleItem().ShouldStartWith("SeizeMany.RunAsync takes many ids");
}
