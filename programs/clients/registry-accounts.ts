import type { Address } from "@solana/kit";
import { unpacking } from "./packing";

const AGENT = { size: 392, tag: 3 };
const VERSION = { size: 128, tag: 4 };
const CONFIG = { size: 808, tag: 5 };
const PLACES = 8;
const NOBODY = "11111111111111111111111111111111";

const STATES = ["draft", "active", "deprecated", "suspended"] as const;
export type ChainState = (typeof STATES)[number];

export const numberOfState = (state: ChainState): number => STATES.indexOf(state);
export const chainState = (number: number): ChainState | undefined => STATES[number];

const SLASHES = ["none", "proposed", "contested", "upheld"] as const;

export type RegisteredAgent = {
  readonly state: ChainState;
  /** The slash that was proposed last. One whose time is over is as good as none. */
  readonly slash: (typeof SLASHES)[number];
  readonly versions: number;
  readonly versionsOpen: number;
  readonly registeredAt: bigint;
  readonly staked: bigint;
  readonly leaving: bigint;
  readonly leavesAt: bigint;
  readonly slashAmount: bigint;
  readonly slashUntil: bigint;
  readonly slashedTotal: bigint;
  readonly publisher: Address;
  readonly name: Uint8Array;
  readonly owner: Address;
  readonly heir: Address | undefined;
  readonly rentPayer: Address;
  readonly arbiter: Address;
  readonly forfeit: Address;
  readonly mint: Address;
  readonly vault: Address;
  readonly cause: Uint8Array;
};

/** Reads the account of an agent (programs/rules/src/registry/account.rs); nothing, when the bytes are something else. */
export function readAgent(bytes: Uint8Array): RegisteredAgent | undefined {
  if (!is(bytes, AGENT)) return undefined;
  const from = unpacking(bytes);
  from.skip(3);
  const [state, slash] = [STATES[from.small(1)], SLASHES[from.small(1)]];
  if (!state || !slash) return undefined;
  from.skip(3);
  const [versions, versionsOpen] = [from.small(4), from.small(4)];
  const [registeredAt, staked, leaving, leavesAt] = [from.time(), from.amount(), from.amount(), from.time()];
  const [slashAmount, slashUntil, slashedTotal] = [from.amount(), from.time(), from.amount()];
  const [publisher, name, owner, heir] = [from.key(), from.bytes(32), from.key(), from.key()];
  return {
    ...{ state, slash, versions, versionsOpen, registeredAt, staked, leaving, leavesAt },
    ...{ slashAmount, slashUntil, slashedTotal, publisher, name, owner },
    heir: heir === NOBODY ? undefined : heir,
    rentPayer: from.key(),
    arbiter: from.key(),
    forfeit: from.key(),
    mint: from.key(),
    vault: from.key(),
    cause: from.bytes(32),
  };
}

export type RegisteredVersion = {
  readonly state: ChainState;
  readonly number: number;
  /** Of one unit, in the smallest units of the agent's mint. */
  readonly price: bigint;
  readonly mostUnits: number;
  readonly unit: "call" | "counted";
  readonly registeredAt: bigint;
  readonly agent: Address;
  readonly manifest: Uint8Array;
  readonly rentPayer: Address;
};

/** Reads one version of an agent; nothing, when the bytes are something else. */
export function readVersion(bytes: Uint8Array): RegisteredVersion | undefined {
  if (!is(bytes, VERSION)) return undefined;
  const from = unpacking(bytes);
  from.skip(3);
  const state = STATES[from.small(1)];
  if (!state) return undefined;
  const [number, price, mostUnits] = [from.small(4), from.amount(), from.small(4)];
  const unit = from.small(1) === 0 ? "call" : "counted";
  from.skip(3);
  const registeredAt = from.time();
  const [agent, manifest, rentPayer] = [from.key(), from.bytes(32), from.key()];
  return { state, number, price, mostUnits, unit, registeredAt, agent, manifest, rentPayer };
}

export type RegistryConfig = {
  readonly threshold: number;
  readonly arbiter: Address;
  readonly members: readonly Address[];
  /** What may be staked, each with the account that slashed stake of it goes to. */
  readonly mints: readonly { readonly mint: Address; readonly forfeit: Address }[];
};

/** Reads the registry's configuration (programs/rules/src/registry/config.rs). */
export function readRegistryConfig(bytes: Uint8Array): RegistryConfig | undefined {
  if (!is(bytes, CONFIG)) return undefined;
  const from = unpacking(bytes);
  from.skip(3);
  const [threshold, members, mints] = [from.small(1), from.small(1), from.small(1)];
  from.skip(2);
  const arbiter = from.key();
  const [membersAll, mintsAll, forfeits] = [keys(from), keys(from), keys(from)];
  const pairs = mintsAll.slice(0, mints).flatMap((mint, at) => {
    const forfeit = forfeits[at];
    return forfeit ? [{ mint, forfeit }] : [];
  });
  return { threshold, arbiter, members: membersAll.slice(0, members), mints: pairs };
}

const keys = (from: ReturnType<typeof unpacking>) => Array.from({ length: PLACES }, () => from.key());

const is = (bytes: Uint8Array, { size, tag }: { size: number; tag: number }) =>
  bytes.length === size && bytes[0] === tag;
