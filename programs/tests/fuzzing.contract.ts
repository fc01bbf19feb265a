import type { Address, Instruction } from "@solana/kit";
import fc from "fast-check";
import { exchanged, saying } from "./tampering.contract";

// How an instruction that is nearly right is bent, whatever program it is for.

export type Tampering =
  | { kind: "none" }
  | { kind: "account"; place: number; by: number }
  | { kind: "byte"; place: number; value: number }
  | { kind: "length"; length: number };

export const tampering: fc.Arbitrary<Tampering> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "none" as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("account" as const), place: fc.nat(12), by: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("byte" as const), place: fc.nat(250), value: fc.nat(255) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("length" as const), length: fc.nat(300) }) },
);

/** Amounts of the sizes that matter: mostly small, sometimes about everything, now and then more than there can be. */
export const amount = (most: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.bigInt(1n, most / 50n) },
    { weight: 2, arbitrary: fc.bigInt(0n, most + most / 10n) },
    { weight: 1, arbitrary: fc.constant(2n ** 64n - 1n) },
  );

/** `pool`: what may lie in the place of an account. */
export function tampered(instruction: Instruction, how: Tampering, pool: readonly Address[]): Instruction {
  const data = Uint8Array.from(instruction.data ?? []);
  switch (how.kind) {
    case "none":
      return instruction;
    case "account": {
      const by = pool[how.by % pool.length];
      const places = Math.max(instruction.accounts?.length ?? 0, 1);
      return by ? exchanged(instruction, how.place % places, by) : instruction;
    }
    case "byte":
      if (data.length > 0) data[how.place % data.length] = how.value;
      return saying(instruction, data);
    case "length":
      return saying(
        instruction,
        Uint8Array.from({ length: how.length }, (_, at) => data[at] ?? 0),
      );
  }
}

/** What a program that broke off in the middle of its work is told of with. */
export const BROKEN = /access violation|panicked|exceeded CUs|failed to complete|stack/i;
