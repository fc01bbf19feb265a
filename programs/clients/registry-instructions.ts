import type { Address, Instruction } from "@solana/kit";
import { instruction, reads, signs, signsAndWrites, writes } from "./account-roles";
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from "./escrow-addresses";
import { type Field, key, number } from "./packing";
import { type ChainState, numberOfState } from "./registry-accounts";

type AboutAgent = { readonly program: Address; readonly agent: Address };
type ByOwner = AboutAgent & { readonly owner: Address };
type ByArbiter = AboutAgent & { readonly arbiter: Address };
type Staked = { readonly vault: Address; readonly mint: Address; readonly tokenProgram?: Address };

/** What a version declares. `manifest` is the digest of its manifest, `price` in the smallest units of the mint. */
export type Declared = {
  readonly manifest: Uint8Array;
  readonly price: bigint;
  readonly unit: "call" | "counted";
  /** How many units one call may count; 1 when the price is for the call. */
  readonly mostUnits: number;
};

const declared = ({ manifest, price, unit, mostUnits }: Declared): readonly Field[] => [
  manifest,
  number(price, 8),
  number(unit === "call" ? 0 : 1, 1),
  number(mostUnits, 4),
];

export type Register = AboutAgent &
  Staked &
  Declared & {
    readonly publisher: Address;
    readonly rentPayer: Address;
    readonly version: Address;
    readonly config: Address;
    readonly arbiter: Address;
    readonly forfeit: Address;
    /** The digest of the name: `nameDigest`. */
    readonly name: Uint8Array;
  };

/** Registers an agent with its first version and an empty vault for its stake. */
export const register = (ask: Register): Instruction =>
  instruction(
    ask.program,
    [
      signs(ask.publisher),
      signsAndWrites(ask.rentPayer),
      writes(ask.agent),
      writes(ask.vault),
      writes(ask.version),
      reads(ask.mint),
      reads(ask.config),
      reads(ask.arbiter),
      reads(ask.forfeit),
      reads(ask.tokenProgram ?? TOKEN_PROGRAM),
      reads(SYSTEM_PROGRAM),
    ],
    [number(0, 1), ask.name, ...declared(ask)],
  );

export type NewVersion = ByOwner & Declared & { readonly rentPayer: Address; readonly version: Address };

export const newVersion = (ask: NewVersion): Instruction =>
  instruction(
    ask.program,
    [signs(ask.owner), signsAndWrites(ask.rentPayer), writes(ask.agent), writes(ask.version), reads(SYSTEM_PROGRAM)],
    [number(1, 1), ...declared(ask)],
  );

/** `by` is the owner or the arbiter. */
type Move = AboutAgent & { readonly by: Address; readonly state: ChainState };

export const setAgentState = (ask: Move): Instruction =>
  instruction(ask.program, [signs(ask.by), writes(ask.agent)], [number(2, 1), number(numberOfState(ask.state), 1)]);

export const setVersionState = (ask: Move & { readonly version: Address }): Instruction =>
  instruction(
    ask.program,
    [signs(ask.by), reads(ask.agent), writes(ask.version)],
    [number(3, 1), number(numberOfState(ask.state), 1)],
  );

export const stake = (ask: ByOwner & Staked & { readonly source: Address; readonly amount: bigint }): Instruction =>
  instruction(
    ask.program,
    [
      signs(ask.owner),
      writes(ask.agent),
      writes(ask.vault),
      writes(ask.source),
      reads(ask.mint),
      reads(ask.tokenProgram ?? TOKEN_PROGRAM),
    ],
    [number(4, 1), number(ask.amount, 8)],
  );

/** Asks stake back: it can be withdrawn after three weeks, and slashed until then. */
export const unstake = (ask: ByOwner & { readonly amount: bigint }): Instruction =>
  instruction(ask.program, [signs(ask.owner), writes(ask.agent)], [number(5, 1), number(ask.amount, 8)]);

type ToOwner = ByOwner & Staked & { readonly destination: Address };

const toOwner = (ask: ToOwner) => [
  signs(ask.owner),
  writes(ask.agent),
  writes(ask.vault),
  reads(ask.mint),
  reads(ask.tokenProgram ?? TOKEN_PROGRAM),
  writes(ask.destination),
];

export const withdraw = (ask: ToOwner): Instruction => instruction(ask.program, toOwner(ask), [number(6, 1)]);

/** `cause` is the digest of what the arbiter says happened. */
export type ProposeSlash = ByArbiter & { readonly amount: bigint; readonly cause: Uint8Array };

export const proposeSlash = (ask: ProposeSlash): Instruction =>
  instruction(ask.program, [signs(ask.arbiter), writes(ask.agent)], [number(7, 1), number(ask.amount, 8), ask.cause]);

/** `answer` is the digest of what the owner says to it. */
export const contestSlash = (ask: ByOwner & { readonly answer: Uint8Array }): Instruction =>
  instruction(ask.program, [signs(ask.owner), writes(ask.agent)], [number(8, 1), ask.answer]);

/** The members uphold so much of it; nothing at all frees the stake. */
export type DecideSlash = AboutAgent & {
  readonly config: Address;
  readonly signers: readonly Address[];
  readonly amount: bigint;
};

export const decideSlash = (ask: DecideSlash): Instruction =>
  instruction(
    ask.program,
    [writes(ask.agent), reads(ask.config), ...ask.signers.map(signs)],
    [number(9, 1), number(ask.amount, 8)],
  );

/** Anybody may call it. */
export const executeSlash = (ask: AboutAgent & Staked & { readonly forfeit: Address }): Instruction =>
  instruction(
    ask.program,
    [
      writes(ask.agent),
      writes(ask.vault),
      reads(ask.mint),
      reads(ask.tokenProgram ?? TOKEN_PROGRAM),
      writes(ask.forfeit),
    ],
    [number(10, 1)],
  );

export const takeBackSlash = (ask: ByArbiter): Instruction =>
  instruction(ask.program, [signs(ask.arbiter), writes(ask.agent)], [number(11, 1)]);

/** Without an heir, an offer that was made is taken back. */
export const offer = (ask: ByOwner & { readonly heir: Address | undefined }): Instruction =>
  instruction(ask.program, [signs(ask.owner), writes(ask.agent)], [number(12, 1), key(ask.heir ?? SYSTEM_PROGRAM)]);

export const accept = (ask: AboutAgent & { readonly heir: Address }): Instruction =>
  instruction(ask.program, [signs(ask.heir), writes(ask.agent)], [number(13, 1)]);

export const closeVersion = (ask: ByOwner & { readonly version: Address; readonly rentPayer: Address }): Instruction =>
  instruction(
    ask.program,
    [signs(ask.owner), writes(ask.agent), writes(ask.version), writes(ask.rentPayer)],
    [number(14, 1)],
  );

export const closeAgent = (ask: ToOwner & { readonly rentPayer: Address }): Instruction =>
  instruction(ask.program, [...toOwner(ask), writes(ask.rentPayer)], [number(15, 1)]);

export type ConfigureRegistry = {
  readonly program: Address;
  readonly config: Address;
  readonly rentPayer: Address;
  /** The loader's record of the program: asked for while there is no configuration. */
  readonly programData: Address;
  readonly signers: readonly Address[];
  readonly threshold: number;
  readonly arbiter: Address;
  readonly members: readonly Address[];
  readonly mints: readonly { readonly mint: Address; readonly forfeit: Address }[];
};

/** Signed by the upgrade authority at first, afterwards by the members. */
export const configureRegistry = (ask: ConfigureRegistry): Instruction =>
  instruction(
    ask.program,
    [
      signsAndWrites(ask.rentPayer),
      writes(ask.config),
      reads(ask.programData),
      reads(SYSTEM_PROGRAM),
      ...ask.signers.map(signs),
    ],
    [
      number(16, 1),
      number(ask.threshold, 1),
      number(ask.members.length, 1),
      key(ask.arbiter),
      number(ask.members.length + 2 * ask.mints.length, 1),
      ...ask.members.map(key),
      ...ask.mints.flatMap(({ mint, forfeit }) => [key(mint), key(forfeit)]),
    ],
  );
