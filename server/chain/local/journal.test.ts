import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type JournalRecord, openJournal } from "./journal";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  file = join(folder, "chain.log");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mark = (slot: number): JournalRecord => ({ kind: "mark", slot });

async function read(): Promise<JournalRecord[]> {
  const told: JournalRecord[] = [];
  await openJournal(file, (record) => told.push(record)).close();
  return told;
}

async function written(slots: readonly number[]): Promise<void> {
  const journal = openJournal(file, () => {});
  for (const slot of slots) journal.append(mark(slot));
  await journal.synced();
  await journal.close();
}

test("wherever a kill cuts the last record short, those before it are read and the next goes behind them", async () => {
  await written([1, 2, 3]);
  const whole = readFileSync(file);
  const last = whole.lastIndexOf("\n", whole.length - 2) + 1;
  for (let end = last; end < whole.length; end += 1) {
    writeFileSync(file, whole);
    truncateSync(file, end);
    expect(await read()).toEqual([mark(1), mark(2)]);
    await written([4]);
    expect(await read()).toEqual([mark(1), mark(2), mark(4)]);
  }
});

test("a damaged record before the last is told with its place, and nothing is thrown away", async () => {
  await written([1, 2, 3]);
  const whole = readFileSync(file, "latin1");
  writeFileSync(file, whole.replace('"slot":2', '"slot":9'), "latin1");
  await expect(read()).rejects.toThrow(/is damaged at byte \d+/);
  expect(readFileSync(file, "latin1")).toHaveLength(whole.length);
});
