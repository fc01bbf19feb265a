import { AccountRole, type Address, type Instruction } from "@solana/kit";
import { SYSTEM_PROGRAM } from "./escrow-addresses";
import { key, number, packed } from "./packing";

type ByMembers = { readonly program: Address; readonly config: Address; readonly signers: readonly Address[] };

const signing = (signers: readonly Address[]) =>
  signers.map((address) => ({ address, role: AccountRole.READONLY_SIGNER }));

const stopOrGoOn = (tag: number) => (ask: ByMembers) =>
  ({
    programAddress: ask.program,
    accounts: [{ address: ask.config, role: AccountRole.WRITABLE }, ...signing(ask.signers)],
    data: packed([number(tag, 1)]),
  }) satisfies Instruction;

export const pause: (ask: ByMembers) => Instruction = stopOrGoOn(8);
export const unpause: (ask: ByMembers) => Instruction = stopOrGoOn(9);

export type Configure = ByMembers & {
  readonly rentPayer: Address;
  /** The loader's record of the program: asked for while there is no configuration. */
  readonly programData: Address;
  readonly threshold: number;
  readonly members: readonly Address[];
  readonly mints: readonly Address[];
};

/** Says who may pause and which tokens are taken. Signed by the upgrade authority at first, afterwards by the members. */
export const configure = (ask: Configure): Instruction => ({
  programAddress: ask.program,
  accounts: [
    { address: ask.rentPayer, role: AccountRole.WRITABLE_SIGNER },
    { address: ask.config, role: AccountRole.WRITABLE },
    { address: ask.programData, role: AccountRole.READONLY },
    { address: SYSTEM_PROGRAM, role: AccountRole.READONLY },
    ...signing(ask.signers),
  ],
  data: packed([
    number(10, 1),
    number(ask.threshold, 1),
    number(ask.members.length, 1),
    number(ask.members.length + ask.mints.length, 1),
    ...[...ask.members, ...ask.mints].map(key),
  ]),
});
