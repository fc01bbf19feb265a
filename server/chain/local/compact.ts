import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Address } from "@solana/kit";
import type { History } from "./history";
import { type Journal, type JournalRecord, lineOf, type Written } from "./journal";

const AT_ONCE = 1_000;

/** What a journal comes to: what has to be known to go on, and the transactions that are still remembered. */
export type Essence = {
  readonly head: readonly JournalRecord[];
  readonly past: History;
  readonly accounts: ReadonlyMap<Address, Written>;
};

/**
 * Writes a journal anew without what nobody asks for any more: transactions that were forgotten, and what accounts were
 * in between. The old file stays until the new one is whole and on the disk.
 */
export function compact(file: string, journal: Journal, { head, past, accounts }: Essence): void {
  const draft = `${file}.new`;
  const fd = openSync(draft, "w", 0o600);
  const write = (record: JournalRecord) => {
    const line = lineOf(record);
    for (let written = 0; written < line.length; ) written += writeSync(fd, line, written);
  };
  for (const record of head) write(record);
  for (const { place } of past.all()) {
    const record = journal.read(place);
    if (record.kind === "transaction") write({ ...record, landed: { ...record.landed, writes: [] } });
  }
  const all = [...accounts.values()];
  for (let from = 0; from < all.length; from += AT_ONCE)
    write({ kind: "accounts", accounts: all.slice(from, from + AT_ONCE) });
  fsyncSync(fd);
  closeSync(fd);
  renameSync(draft, file);
  const folder = openSync(dirname(file), "r");
  fsyncSync(folder);
  closeSync(folder);
}
