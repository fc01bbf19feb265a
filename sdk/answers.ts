import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** The first answer to a key. `work` is the fingerprint of what was asked, so that a reused key can be told. */
const Kept = z.strictObject({ work: z.string(), status: z.number().int(), body: z.string(), keptAtMs: z.number() });
type Kept = z.infer<typeof Kept>;
type Answer = Omit<Kept, "keptAtMs">;

/** Where first answers outlive the process. `find` throws when an answer is there and cannot be read: never guess. */
export type Answers = {
  find(key: string): Promise<Kept | null>;
  keep(key: string, answer: Answer): Promise<void>;
};

const TTL_MS = 7 * 24 * 60 * 60 * 1000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/** Answers kept as files of one folder, one per key. One process per folder. */
export async function answersIn(folder: string, now: () => number = Date.now): Promise<Answers> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (key: string) => join(folder, `${createHash("sha256").update(key).digest("hex")}.json`);
  let sweptAtMs = 0;

  return {
    async find(key) {
      const text = await readFile(fileOf(key), "utf8").catch(nullIfMissing);
      if (text === null) return null;
      const kept = Kept.parse(JSON.parse(text));
      return now() - kept.keptAtMs > TTL_MS ? null : kept;
    },
    async keep(key, { work, status, body }) {
      const keptAtMs = now();
      await writeDurably(fileOf(key), { work, status, body, keptAtMs });
      if (keptAtMs - sweptAtMs < SWEEP_EVERY_MS) return;
      sweptAtMs = keptAtMs;
      await sweep(folder, keptAtMs - TTL_MS);
    },
  };
}

/** The file appears whole or not at all, and is on the disk before the caller hears of it. */
async function writeDurably(path: string, kept: Kept): Promise<void> {
  const draft = `${path}.${randomUUID()}.draft`;
  try {
    await withFile(draft, "wx", async (file) => {
      await file.writeFile(JSON.stringify(kept), "utf8");
      await file.utimes(kept.keptAtMs / 1000, kept.keptAtMs / 1000); // sweeping and finding go by one clock
      await file.sync();
    });
    await rename(draft, path);
  } catch (problem) {
    await rm(draft, { force: true });
    throw problem;
  }
  // A rename is lost with the power too, unless the folder that holds the name is written out.
  await withFile(join(path, ".."), "r", (directory) => directory.sync());
}

async function withFile(path: string, mode: string, use: (file: Awaited<ReturnType<typeof open>>) => Promise<void>) {
  const file = await open(path, mode, 0o600);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}

async function sweep(folder: string, beforeMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(nullIfMissing);
    if (found && found.mtimeMs < beforeMs) await rm(join(folder, name), { force: true });
  }
}

function nullIfMissing(problem: NodeJS.ErrnoException): null {
  if (problem.code === "ENOENT") return null;
  throw problem;
}
