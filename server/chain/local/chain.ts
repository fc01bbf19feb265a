import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Address } from "@solana/kit";
import { type Blockhashes, blockhashes } from "./blockhashes";
import { compact } from "./compact";
import { type History, history, type Known } from "./history";
import { type Journal, type JournalRecord, type Landed, openJournal, type Written } from "./journal";
import { type Executed, type Machine, machine, type Run, type Simulated } from "./machine";
import type { Parcel } from "./message";
import { type Moment, momentAt, type Pace, repaced } from "./pace";

const FILE = "chain.log";
const MARK_EVERY = 100;
const REMEMBERED = 50_000;
const MOST_BYTES = 64 << 20;

export type ChainOptions = {
  /** Everything is saved here. */
  readonly folder: string;
  /** What a new chain is called; its blockhashes follow from it. */
  readonly name?: string;
  readonly slotMs?: number;
  /** After how many slots a block cannot be undone any more; 32 on Solana's clusters. */
  readonly finalizedAfter?: number;
  /** Milliseconds since 1970 at which the clock of a new chain begins; the wall's by default. */
  readonly startsAt?: number;
  /** How large the journal may be at a start before it is written anew without what is forgotten; 64 MiB. */
  readonly mostBytes?: number;
  /** How many transactions that touch none of `kept` are remembered; 50,000. */
  readonly remembered?: number;
  /** Transactions that touch one of these are never forgotten. */
  readonly kept?: ReadonlySet<Address>;
};

export type Commitment = "processed" | "confirmed" | "finalized";

/** Why a transaction was not taken: as a failed run, because that is how preflight tells it. */
export type Taken = { readonly ok: true; readonly known: Known } | { readonly ok: false; readonly run: Run };

export type Chain = {
  readonly name: string;
  readonly isNew: boolean;
  readonly machine: Machine;
  readonly history: History;
  readonly hashes: Blockhashes;
  readonly finalizedAfter: number;
  readonly pace: () => Pace;
  readonly now: () => Moment;
  readonly slotFor: (commitment: Commitment) => number;
  readonly commitmentOf: (known: Known) => Commitment;
  readonly blockhashSlot: (hash: string) => number | undefined;
  readonly landed: (known: Known) => Landed;
  readonly take: (parcel: Parcel) => Taken;
  readonly simulate: (parcel: Parcel, checks: { signatures: boolean; blockhash: boolean }) => Simulated;
  readonly put: (accounts: readonly Written[]) => void;
  readonly repace: (change: Partial<Omit<Pace, "wallMs">>) => void;
  readonly synced: () => Promise<void>;
  readonly onLanded: (listener: (known: Known, landed: Landed) => void) => void;
  readonly onSynced: (listener: (known: Known) => void) => void;
  readonly onRepaced: (listener: () => void) => void;
  readonly close: () => Promise<void>;
};

/** Opens the chain that lies in a folder, or begins one. Errors: throws when the folder's journal is damaged. */
export async function openChain(options: ChainOptions): Promise<Chain> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const read = await readCompact(options);
  const { journal, past } = read;
  const name = read.name ?? options.name ?? `local ${crypto.randomUUID()}`;
  const hashes = blockhashes(name);
  const vm = machine(hashes.of);
  // A program is loaded when it is put, and finds its code only if that is there before it.
  for (const written of read.accounts.values()) if (!written.executable) vm.put(written);
  for (const written of read.accounts.values()) if (written.executable) vm.put(written);

  let pace = paceAtStart(options, read);
  let marked = pace.slot;
  if (read.name === undefined) {
    journal.append({ kind: "chain", format: 1, name, startedMs: pace.unixMs });
    journal.append({ kind: "pace", pace });
  }
  const landedListeners: ((known: Known, landed: Landed) => void)[] = [];
  const syncedListeners: ((known: Known) => void)[] = [];
  const paceListeners: (() => void)[] = [];

  const now = (): Moment => {
    const moment = momentAt(pace, Date.now());
    if (moment.slot - marked >= MARK_EVERY) {
      marked = moment.slot;
      journal.append({ kind: "mark", slot: marked });
    }
    return moment;
  };
  const finalizedAfter = options.finalizedAfter ?? 32;
  const slotFor = (commitment: Commitment) =>
    commitment === "finalized" ? Math.max(0, now().slot - finalizedAfter) : now().slot;
  const refusal = (parcel: Parcel): string | undefined => {
    if (past.find(parcel.signature)) return "AlreadyProcessed";
    return hashes.slotOf(parcel.blockhash, now().slot) === undefined ? "BlockhashNotFound" : undefined;
  };
  let pending: Known[] = [];
  const keep = (record: Landed): Known => {
    const known = past.add(record, journal.append({ kind: "transaction", landed: record }), false);
    pending.push(known);
    for (const listener of landedListeners) listener(known, record);
    return known;
  };
  const synced = async () => {
    const waiting = pending;
    pending = [];
    await journal.synced();
    for (const known of waiting) {
      known.durable = true;
      for (const listener of syncedListeners) listener(known);
    }
  };
  return {
    ...{
      name,
      isNew: read.name === undefined,
      machine: vm,
      history: past,
      hashes,
      finalizedAfter,
      now,
      slotFor,
      synced,
    },
    pace: () => pace,
    commitmentOf(known) {
      if (!known.durable) return "processed";
      return known.slot <= slotFor("finalized") ? "finalized" : "confirmed";
    },
    blockhashSlot: (hash) => hashes.slotOf(hash, now().slot),
    landed(known) {
      const record = journal.read(known.place);
      if (record.kind !== "transaction") throw new Error(`No transaction lies at byte ${known.place.at}`);
      return record.landed;
    },
    take(parcel) {
      const refused = refusal(parcel);
      if (refused) return { ok: false, run: notRun(refused) };
      const done: Executed = vm.execute(parcel, now());
      return done.landed ? { ok: true, known: keep(done.record) } : { ok: false, run: done.run };
    },
    simulate(parcel, { signatures, blockhash }) {
      const refused = blockhash ? refusal(parcel) : undefined;
      return refused ? { ...notRun(refused), accounts: new Map() } : vm.simulate(parcel, now(), signatures);
    },
    put(accounts) {
      for (const written of accounts) vm.put(written);
      journal.append({ kind: "accounts", accounts });
    },
    repace(change) {
      pace = repaced(pace, Date.now(), change);
      marked = pace.slot;
      journal.append({ kind: "pace", pace });
      for (const listener of paceListeners) listener();
    },
    onLanded: (listener) => void landedListeners.push(listener),
    onSynced: (listener) => void syncedListeners.push(listener),
    onRepaced: (listener) => void paceListeners.push(listener),
    close: () => journal.close(),
  };
}

const notRun = (failure: string): Run => ({
  ...{ failure, logs: [], computeUnits: 0, returned: null, inner: [], fee: 0n },
});

type Read = {
  readonly journal: Journal;
  readonly past: History;
  readonly accounts: ReadonlyMap<Address, Written>;
  readonly name: string | undefined;
  readonly pace: Pace | undefined;
  readonly seen: number;
  readonly seenMs: number;
  readonly startedMs: number;
};

/** Reads the folder, after its file was written anew where it had grown too large. */
async function readCompact(options: ChainOptions): Promise<Read> {
  const read = readFolder(options);
  const { journal, past, accounts, name, pace, seen, startedMs } = read;
  const file = join(options.folder, FILE);
  if (name === undefined || !pace || journal.size() <= (options.mostBytes ?? MOST_BYTES)) return read;
  const head: JournalRecord[] = [{ kind: "chain", format: 1, name, startedMs }];
  compact(file, journal, { head: [...head, { kind: "pace", pace }, { kind: "mark", slot: seen }], past, accounts });
  await journal.close();
  return readFolder(options);
}

/** The file's records, folded into what the chain was when it ended. */
function readFolder({ folder, kept, remembered = REMEMBERED }: ChainOptions): Read {
  const past = history(kept ?? new Set(), remembered);
  const accounts = new Map<Address, Written>();
  let name: string | undefined;
  let pace: Pace | undefined;
  let seen = 0;
  let seenMs = 0;
  let startedMs = 0;
  const write = (all: readonly Written[]) => {
    for (const written of all) {
      if (written.lamports === "0") accounts.delete(written.address);
      else accounts.set(written.address, written);
    }
  };
  const journal = openJournal(join(folder, FILE), (record: JournalRecord, place) => {
    switch (record.kind) {
      case "chain":
        name = record.name;
        startedMs = record.startedMs;
        return;
      case "pace":
        pace = record.pace;
        return;
      case "mark":
        seen = Math.max(seen, record.slot);
        return;
      case "accounts":
        return write(record.accounts);
      case "transaction":
        past.add(record.landed, place, true);
        seen = Math.max(seen, record.landed.slot);
        seenMs = Math.max(seenMs, record.landed.time * 1_000);
        return write(record.landed.writes);
    }
  });
  return { journal, past, accounts, name, pace, seen, seenMs, startedMs };
}

/**
 * Goes on behind every slot that anybody was shown before: a transaction that somebody saw expire must not become
 * valid again because the wall's clock was put back meanwhile.
 */
function paceAtStart({ slotMs = 400, startsAt }: ChainOptions, { pace, seen, seenMs }: Read): Pace {
  const wallMs = Date.now();
  if (!pace) return { wallMs, slot: 1, unixMs: startsAt ?? wallMs, slotMs, frozen: false };
  if (pace.frozen) return pace;
  const moment = momentAt(pace, wallMs);
  return {
    ...pace,
    ...{ wallMs, slot: Math.max(moment.slot, seen + MARK_EVERY + 1), unixMs: Math.max(moment.unixMs, seenMs) },
  };
}
