using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PhongTuyen.Web.Tests.House;

/// <summary>Keeps every line of the log with its named values, as the JSON log would write it.</summary>
public sealed class WholeLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
        lines.Enqueue($"{logLevel} {eventId.Name} {formatter(state, exception)} {string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"))} {exception}");
    }

    public void Dispose()
    {
    }
}
