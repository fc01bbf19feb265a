// Loaded into every process that the launcher starts, before its own code: when the launcher is gone, even by
// kill -9, the channel to it closes and this process ends as if it had been asked to.
const GRACE_MS = 3_000;

// What such a process forks itself inherits this file, but has a channel of its own that must be left alone.
if (process.channel && process.ppid === Number(process.env.STUDIO_LAUNCHER)) {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), GRACE_MS);
    process.kill(process.pid, "SIGTERM");
  });
  process.channel.unref(); // listening alone must not keep a finished process alive
}
