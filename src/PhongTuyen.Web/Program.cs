using PhongTuyen.Web;

return await WebProgram.RunAsync(args);
