import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { answersIn } from "./answers";

const DAY_MS = 24 * 60 * 60 * 1000;
const answer = { work: "w", status: 200, body: '{"output":1}' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "answers-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("an answer is one file that only the owner can read, named after the digest of its key", async () => {
  const answers = await answersIn(folder);
  await answers.keep("run1/../../step", answer);
  const names = await readdir(folder);
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
  expect((await stat(join(folder, names[0] ?? ""))).mode & 0o777).toBe(0o600);
  expect(await answers.find("run1/../../step")).toMatchObject(answer);
  expect(await answers.find("other")).toBeNull();
});

test("an answer is forgotten after seven days, and its file goes with the next one that is kept", async () => {
  let nowMs = Date.now();
  const answers = await answersIn(folder, () => nowMs);
  await answers.keep("old", answer);
  nowMs += 6.9 * DAY_MS;
  expect(await answers.find("old")).toMatchObject(answer);
  nowMs += 0.2 * DAY_MS;
  expect(await answers.find("old")).toBeNull();
  await writeFile(join(folder, "left-by-a-crash.draft"), "half");
  await utimes(join(folder, "left-by-a-crash.draft"), 0, 0);
  await answers.keep("new", answer);
  expect((await readdir(folder)).length).toBe(1);
});

test("an answer that cannot be read is an error, never a reason to work again", async () => {
  const answers = await answersIn(folder);
  await answers.keep("k", answer);
  const [name = ""] = await readdir(folder);
  await writeFile(join(folder, name), '{"work":"w"');
  await expect(answers.find("k")).rejects.toThrow();
  await rm(join(folder, name));
  await mkdir(join(folder, name)); // something else stands where the answer should be
  await expect(answers.find("k")).rejects.toThrow();
});
