import { AccountRole, type Address, type Instruction } from "@solana/kit";

// What somebody does to an instruction who does not mean well.

/** Another account in the place of one. */
export function exchanged(instruction: Instruction, place: number, address: Address): Instruction {
  const accounts = (instruction.accounts ?? []).map((each, at) => (at === place ? { ...each, address } : each));
  return { ...instruction, accounts: accounts as NonNullable<Instruction["accounts"]> };
}

/** The same account, without its signature. */
export function unsigned(instruction: Instruction, place: number): Instruction {
  const accounts = (instruction.accounts ?? []).map((each, at) => {
    if (at !== place) return each;
    return { ...each, role: each.role === AccountRole.WRITABLE_SIGNER ? AccountRole.WRITABLE : AccountRole.READONLY };
  });
  return { ...instruction, accounts: accounts as NonNullable<Instruction["accounts"]> };
}

/** Without its last account. */
export const shortened = (instruction: Instruction): Instruction => ({
  ...instruction,
  accounts: (instruction.accounts ?? []).slice(0, -1),
});

/** With other bytes. */
export const saying = (instruction: Instruction, data: Uint8Array): Instruction => ({ ...instruction, data });

/** With one byte less, or one more. */
export const cut = (instruction: Instruction): Instruction => saying(instruction, dataOf(instruction).slice(0, -1));
export const padded = (instruction: Instruction): Instruction =>
  saying(instruction, Uint8Array.of(...dataOf(instruction), 0));

const dataOf = ({ data }: Instruction) => Uint8Array.from(data ?? []);
