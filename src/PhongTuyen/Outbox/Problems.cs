using PhongTuyen.Kernel;

namespace PhongTuyen.Outbox;

public static class Problems
{
    public static Problem NothingToSendAgain() => new("outbox.nothing-to-send-again", 409, "Nothing waits here any more: somebody else was faster, or it has been sent meanwhile.");
}
