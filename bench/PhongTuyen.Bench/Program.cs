using PhongTuyen.Bench;

return await BenchProgram.RunAsync(args);
