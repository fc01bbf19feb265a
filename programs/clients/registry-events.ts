import type { Address } from "@solana/kit";
import { unpacking } from "./packing";
import { toldBy } from "./program-log";
import { type ChainState, chainState } from "./registry-accounts";

/** What the registry wrote into the log of a transaction, in order. Digests are 32 bytes. */
export type RegistryEvent =
  | { kind: "registered"; agent: Address; publisher: Address; name: Uint8Array; manifest: Uint8Array; price: bigint }
  | { kind: "version_added"; agent: Address; manifest: Uint8Array; price: bigint; number: number }
  | { kind: "agent_moved"; agent: Address; state: ChainState | undefined }
  | { kind: "version_moved"; agent: Address; manifest: Uint8Array; state: ChainState | undefined }
  | { kind: "staked"; agent: Address; amount: bigint; staked: bigint }
  | { kind: "unstaked"; agent: Address; amount: bigint; leavesAt: bigint }
  | { kind: "withdrawn"; agent: Address; amount: bigint; staked: bigint }
  | { kind: "slash_proposed"; agent: Address; amount: bigint; until: bigint; cause: Uint8Array }
  | { kind: "slash_contested"; agent: Address; until: bigint; answer: Uint8Array }
  | { kind: "slash_decided"; agent: Address; amount: bigint }
  | { kind: "slashed"; agent: Address; amount: bigint; staked: bigint; cause: Uint8Array }
  | { kind: "slash_taken_back"; agent: Address }
  | { kind: "offered"; agent: Address; heir: Address }
  | { kind: "accepted"; agent: Address; owner: Address }
  | { kind: "version_closed"; agent: Address; manifest: Uint8Array }
  | { kind: "closed"; agent: Address; returned: bigint }
  | { kind: "configured"; config: Address; threshold: number; arbiter: Address };

type From = ReturnType<typeof unpacking>;
const stateFrom = (from: From) => chainState(Number(from.amount()));

const READERS: readonly ((from: From) => RegistryEvent)[] = [
  (from) => ({
    kind: "registered",
    agent: from.key(),
    publisher: from.key(),
    name: from.bytes(32),
    manifest: from.bytes(32),
    price: from.amount(),
  }),
  (from) => ({
    kind: "version_added",
    agent: from.key(),
    manifest: from.bytes(32),
    price: from.amount(),
    number: Number(from.amount()),
  }),
  (from) => ({ kind: "agent_moved", agent: from.key(), state: stateFrom(from) }),
  (from) => ({ kind: "version_moved", agent: from.key(), manifest: from.bytes(32), state: stateFrom(from) }),
  (from) => ({ kind: "staked", agent: from.key(), amount: from.amount(), staked: from.amount() }),
  (from) => ({ kind: "unstaked", agent: from.key(), amount: from.amount(), leavesAt: from.time() }),
  (from) => ({ kind: "withdrawn", agent: from.key(), amount: from.amount(), staked: from.amount() }),
  (from) => ({
    kind: "slash_proposed",
    agent: from.key(),
    amount: from.amount(),
    until: from.time(),
    cause: from.bytes(32),
  }),
  (from) => ({ kind: "slash_contested", agent: from.key(), until: from.time(), answer: from.bytes(32) }),
  (from) => ({ kind: "slash_decided", agent: from.key(), amount: from.amount() }),
  (from) => ({
    kind: "slashed",
    agent: from.key(),
    amount: from.amount(),
    staked: from.amount(),
    cause: from.bytes(32),
  }),
  (from) => ({ kind: "slash_taken_back", agent: from.key() }),
  (from) => ({ kind: "offered", agent: from.key(), heir: from.key() }),
  (from) => ({ kind: "accepted", agent: from.key(), owner: from.key() }),
  (from) => ({ kind: "version_closed", agent: from.key(), manifest: from.bytes(32) }),
  (from) => ({ kind: "closed", agent: from.key(), returned: from.amount() }),
  (from) => ({ kind: "configured", config: from.key(), threshold: Number(from.amount()), arbiter: from.key() }),
];

/** Reads the events of the registry from a log. */
export function registryEventsOf(log: readonly string[], program: Address): RegistryEvent[] {
  return toldBy(log, program).flatMap((bytes) => {
    const reader = READERS[bytes[0] ?? READERS.length];
    return reader ? [reader(unpacking(bytes.subarray(1)))] : [];
  });
}
