using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>Why the database does not start, or its keys are not changed. The program says the sentence in both languages and ends; a page never shows them.</summary>
public static class Problems
{
    public static Problem NotDurable(string setting, string value) =>
        new Problem("data.not-durable", 503, "The database setting {setting} is {value}: a power cut could lose what was already confirmed, so the program does not start. Set {setting} = on.")
            .With("setting", setting).With("value", value);
    public static Problem TooOld(string version) =>
        new Problem("data.too-old", 503, "PostgreSQL {version} is too old: version 15 or later is needed.").With("version", version);
    public static Problem ForeignOwner(string folder, string owner, string user) =>
        new Problem("data.foreign-owner", 503, "The data in {folder} belongs to the user {owner}, but the program was started by {user}. Start it as {owner}, or choose another folder with --data.")
            .With("folder", folder).With("owner", owner).With("user", user);
    public static Problem InUse(string folder) =>
        new Problem("data.in-use", 503, "Another running Phòng Tuyến uses the data in {folder}. Stop it first, or choose another folder with --data.").With("folder", folder);
    public static Problem NotRunning(string folder) =>
        new Problem("data.not-running", 503, "No database is running on the data in {folder}. Start the program first.").With("folder", folder);
    public static Problem StillRunning(string folder, int process) =>
        new Problem("data.still-running", 503, "A PostgreSQL that this program did not start (process {process}) uses the data in {folder}. Stop it first.")
            .With("folder", folder).With("process", $"{process}");
    public static Problem NoBinaries() =>
        new("data.no-binaries", 503, "No PostgreSQL was found. Run ./run once with a network connection, or install PostgreSQL 15 or later.");
    public static Problem NoBinariesFor(int major, string folder) =>
        new Problem("data.no-binaries-for", 503, "The data in {folder} was made by PostgreSQL {major}, which was not found here. Install PostgreSQL {major}, or choose another folder with --data.")
            .With("major", $"{major}").With("folder", folder);
    public static Problem LinksMissing(string folder) =>
        new Problem("data.links-missing", 503, "The PostgreSQL in {folder} is not yet complete and cannot be changed by this user. Run ./run once as the user who installed it.").With("folder", folder);
    public static Problem NoUser() =>
        new("data.no-user", 503, "PostgreSQL refuses to run as root, and this system lets the program use no other user. Start the program as an ordinary user.");
    public static Problem OutOfReach(string user, string path) =>
        new Problem("data.out-of-reach", 503, "PostgreSQL runs as the user {user}, who cannot reach {path}. Start the program as an ordinary user, or move it and its data to a folder that {user} may enter.")
            .With("user", user).With("path", path);
    public static Problem SecretMissing(string file) =>
        new Problem("data.secret-missing", 503, "The password of the database is missing: bring back {file} from the backup of the keys.").With("file", file);
    public static Problem SocketFolder(string folder) =>
        new Problem("data.socket-folder", 503, "The folder {folder} belongs to another user or is open to others. Remove it, or set TMPDIR to a private folder.").With("folder", folder);
    public static Problem NotMade(string reason) =>
        new Problem("data.not-made", 503, "The database could not be made: {reason}").With("reason", reason);
    public static Problem NotStarted(string reason, string log) =>
        new Problem("data.not-started", 503, "The database did not start: {reason} (more in {log})").With("reason", reason).With("log", log);
    public static Problem NotHumble(string role) =>
        new Problem("data.not-humble", 503, "The connection that should be {role} is another role, an owner, or one that bypasses row-level security. It would see everything, so nothing is served.").With("role", role);
    public static Problem NotOnThisSystem() =>
        new("data.not-on-this-system", 503, "The database inside the program runs on Linux and macOS. Here, name a PostgreSQL server with --database.");
    public static Problem CopyKeysFirst(int key, string folder) =>
        new Problem("data.copy-keys-first", 409, "The new key {key} lies in {folder}, and nothing is sealed with it yet. Copy the folder to a place of its own, run ./phongtuyen keys copied, then ./phongtuyen keys rotate again.").With("key", $"{key}").With("folder", folder);
    public static Problem RotationRuns() => new("data.rotation-runs", 409, "The keys are being changed by another command already.");
    public static Problem ProgramsBehind(string programs) =>
        new Problem("data.programs-behind", 409, "These programs have not taken the keys that are in use now: {programs}. Where they run on another machine, put the new key file there; where they are an older version, start them anew. Then run ./phongtuyen keys rotate again.").With("programs", programs);
    public static Problem StillUnderOldKey(long left, string rows) =>
        new Problem("data.still-under-old-key", 409, "{left} rows stay under the old key, because a value of theirs cannot be opened: {rows}. The old key stays in use.").With("left", $"{left}").With("rows", rows);
}
