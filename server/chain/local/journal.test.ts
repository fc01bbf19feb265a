import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPairSigner } from "@solana/kit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { type JournalRecord, openJournal } from "./journal";
import { transfer, triedChain } from "./paying.contract";

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

test("a journal that has grown too large is written anew: what is on the chain and in its history stays", async () => {
  const tried = await triedChain({ mostBytes: 0 });
  const { address: to } = await generateKeyPairSigner();
  const { sponsor } = tried.chain.keys;
  const sent = await transfer(tried.chain.rpcUrl, sponsor, { to, amount: 3_000_000n });
  await sent.send();
  const { result: before } = await tried.ask("getBalance", sponsor.address);
  const size = () => statSync(join(tried.folder, "chain.log")).size;
  const grown = size();
  for (const _again of [1, 2]) {
    await tried.restart();
    expect(size()).toBeLessThan(grown);
    const wanted = { commitment: "confirmed", maxSupportedTransactionVersion: 0 };
    const { result: landed } = await tried.ask("getTransaction", sent.signature, wanted);
    expect(landed).toMatchObject({ meta: { err: null, fee: 5_000 } });
    expect((await tried.ask("getBalance", to)).result).toMatchObject({ value: 3_000_000 });
    const { result: after } = await tried.ask("getBalance", sponsor.address);
    expect(valueIn(after)).toBe(valueIn(before));
  }
  await tried.end();
});

const valueIn = (result: unknown) => z.object({ value: z.number() }).parse(result).value;
