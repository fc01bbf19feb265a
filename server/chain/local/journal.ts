import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import type { Address } from "@solana/kit";
import type { Wire } from "./json";
import type { Pace } from "./pace";
import type { Failure } from "./refusals";

const toDisk = promisify(fdatasync);
const CHUNK = 1 << 20;
const NEWLINE = 10;

/** An account as a transaction left it. `lamports` in decimal, `data` in base64; one without lamports is gone. */
export type Written = {
  readonly address: Address;
  readonly lamports: string;
  readonly owner: Address;
  readonly data: string;
  readonly executable: boolean;
};

export type InnerInstruction = {
  readonly index: number;
  readonly instructions: readonly { programIdIndex: number; accounts: number[]; data: string; stackHeight: number }[];
};

/** A transaction that landed, with everything that anybody may ask about it. Lamports in decimal. */
export type Landed = {
  readonly signature: string;
  readonly slot: number;
  /** Seconds. */
  readonly time: number;
  /** Base64, as it was sent. */
  readonly wire: string;
  readonly failure: Failure | null;
  readonly fee: string;
  readonly computeUnits: number;
  readonly logs: readonly string[];
  readonly inner: readonly InnerInstruction[];
  readonly returned: { readonly programId: string; readonly data: readonly [string, "base64"] } | null;
  readonly keys: readonly Address[];
  readonly loaded: { readonly writable: readonly Address[]; readonly readonly: readonly Address[] };
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly tokensBefore: readonly Wire[];
  readonly tokensAfter: readonly Wire[];
  readonly writes: readonly Written[];
};

/** What the folder's one file holds, in order. Effects are written down, so that reading runs no program again. */
export type JournalRecord =
  | { readonly kind: "chain"; readonly format: 1; readonly name: string; readonly startedMs: number }
  | { readonly kind: "pace"; readonly pace: Pace }
  /** A slot that somebody has been shown; after a restart the chain goes on behind it. */
  | { readonly kind: "mark"; readonly slot: number }
  | { readonly kind: "accounts"; readonly accounts: readonly Written[] }
  | { readonly kind: "transaction"; readonly landed: Landed };

/** Where a record lies in the file. */
export type Place = { readonly at: number; readonly bytes: number };

export type Journal = ReturnType<typeof openJournal>;

/**
 * Opens the file and tells every record in it. A last line that a kill cut short is taken off.
 * Errors: throws when a line before the last is damaged, because what follows could not be trusted.
 */
export function openJournal(file: string, tell: (record: JournalRecord, place: Place) => void) {
  const fd = openSync(file, "a+", 0o600);
  let end = readAll(fd, tell, file);
  let under: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const flush = (): Promise<void> => {
    under = toDisk(fd).finally(() => {
      under = undefined;
    });
    return under;
  };
  return {
    size: () => end,
    /** Writes a record down. It outlives the process at once, and the machine after `synced`. */
    append(record: JournalRecord): Place {
      const line = lineOf(record);
      let written = 0;
      while (written < line.length) written += writeSync(fd, line, written);
      const place = { at: end, bytes: line.length };
      end += line.length;
      return place;
    },
    /** Resolves when everything appended so far is on the disk. Those who ask at once share one flush. */
    synced(): Promise<void> {
      if (!under) return flush();
      next ??= under.then(() => {
        next = undefined;
        return flush();
      });
      return next;
    },
    read({ at, bytes }: Place): JournalRecord {
      const line = Buffer.alloc(bytes);
      readSync(fd, line, 0, bytes, at);
      const record = recordOf(line.subarray(0, bytes - 1));
      if (!record) throw new Error(`The record at byte ${at} of ${file} is damaged`);
      return record;
    },
    async close(): Promise<void> {
      await (next ?? under);
      closeSync(fd);
    },
  };
}

export function lineOf(record: JournalRecord): Buffer {
  const text = JSON.stringify(record);
  return Buffer.from(`${crc32(text).toString(16).padStart(8, "0")} ${text}\n`);
}

function recordOf(line: Buffer): JournalRecord | undefined {
  const text = line.subarray(9).toString();
  const sum = line.subarray(0, 8).toString();
  if (sum !== crc32(text).toString(16).padStart(8, "0")) return undefined;
  return JSON.parse(text); // our own line, which its sum vouches for
}

function readAll(fd: number, tell: (record: JournalRecord, place: Place) => void, file: string): number {
  const { size } = fstatSync(fd);
  let rest = Buffer.alloc(0);
  let at = 0;
  for (let read = 0; read < size; ) {
    const chunk = Buffer.alloc(Math.min(CHUNK, size - read));
    const got = readSync(fd, chunk, 0, chunk.length, read);
    if (got === 0) break;
    read += got;
    rest = Buffer.concat([rest, chunk.subarray(0, got)]);
    for (let cut = rest.indexOf(NEWLINE); cut >= 0; cut = rest.indexOf(NEWLINE)) {
      const record = recordOf(rest.subarray(0, cut));
      if (!record && at + cut + 1 < size)
        throw new Error(`${file} is damaged at byte ${at}: restore it from a copy, or begin anew without it`);
      if (!record) break;
      tell(record, { at, bytes: cut + 1 });
      at += cut + 1;
      rest = rest.subarray(cut + 1);
    }
  }
  if (at < size) ftruncateSync(fd, at);
  return at;
}
