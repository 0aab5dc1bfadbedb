using Mono.Cecil;
using Mono.Cecil.Cil;

namespace PhongTuyen.Tests.Architecture;

/// <summary>What the built code really uses, read from its instructions: a <c>using</c> too many is no crossing, a call without one is.</summary>
internal static class Crossings
{
    /// <param name="From">The type that uses, by its full name.</param>
    /// <param name="To">The namespace that is used.</param>
    public sealed record Crossing(string From, string Namespace, string To, string What);

    public sealed record Sentence(string From, string Namespace, string Text);

    public static IReadOnlyList<Crossing> Of(AssemblyDefinition assembly, Func<TypeDefinition, bool>? which = null) =>
        [.. assembly.MainModule.GetTypes().Where(type => which?.Invoke(type) ?? true).SelectMany(type => Used(type).Select(used => (type, used)))
            .Select(pair => new Crossing(pair.type.FullName, NamespaceOf(pair.type), NamespaceOf(pair.used), pair.used.Name)).Where(crossing => crossing.To.StartsWith("PhongTuyen.", StringComparison.Ordinal)).Distinct()];

    /// <summary>Texts that the code carries, among them its SQL.</summary>
    public static IReadOnlyList<Sentence> Texts(AssemblyDefinition assembly) =>
        [.. from type in assembly.MainModule.GetTypes()
            from method in type.Methods.Where(method => method.HasBody)
            from instruction in method.Body.Instructions
            where instruction.OpCode == OpCodes.Ldstr
            select new Sentence(type.FullName, NamespaceOf(type), (string)instruction.Operand)];

    /// <summary>A nested type (a closure, a state machine) belongs where its outermost type does.</summary>
    private static string NamespaceOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.Namespace;
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        var found = new List<TypeReference?> { type.BaseType };
        found.AddRange(type.Interfaces.Select(one => one.InterfaceType));
        found.AddRange(type.CustomAttributes.Select(one => one.AttributeType));
        found.AddRange(type.Fields.Select(field => field.FieldType));
        foreach (var method in type.Methods)
        {
            found.Add(method.ReturnType);
            found.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
            if (!method.HasBody) continue;
            found.AddRange(method.Body.Variables.Select(variable => variable.VariableType));
            foreach (var instruction in method.Body.Instructions)
                switch (instruction.Operand)
                {
                    case TypeReference used: found.Add(used); break;
                    case FieldReference field: found.AddRange([field.DeclaringType, field.FieldType]); break;
                    case MethodReference called:
                        found.AddRange([called.DeclaringType, called.ReturnType, .. called.Parameters.Select(parameter => parameter.ParameterType)]);
                        if (called is GenericInstanceMethod generic) found.AddRange(generic.GenericArguments);
                        break;
                }
        }
        return found.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification made => Parts(made.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
