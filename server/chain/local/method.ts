import { type Address, isAddress } from "@solana/kit";
import { z } from "zod";
import { ok } from "@/flows/basics/result";
import type { Chain, Commitment } from "./chain";
import type { Faults } from "./faults";
import type { Genesis } from "./genesis";
import type { Wire } from "./json";
import { type Answer, refuse } from "./rpc-error";

/** What a method works with. */
export type Room = {
  readonly chain: Chain;
  readonly genesis: Genesis;
  /** Only where the process was started for tests. */
  readonly faults: Faults | undefined;
};

export type Method = (room: Room, params: unknown) => Answer | Promise<Answer>;

/**
 * A method from the shape of its parameters and what it answers.
 * Errors: -32602 with what is wrong with which parameter.
 */
export function method<Params>(
  shape: z.ZodType<Params>,
  answer: (room: Room, params: Params) => Answer | Promise<Answer>,
): Method {
  return (room, given) => {
    const read = shape.safeParse(given ?? []);
    if (read.success) return answer(room, read.data);
    const faults = read.error.issues.map(({ path, message }) => `${path.join(".") || "params"}: ${message}`);
    return refuse("params", `Invalid params: ${faults.join("; ")}`);
  };
}

export const Commitments = z.enum(["processed", "confirmed", "finalized"]);
export const Pubkey = z.string().transform((text, context): Address => {
  if (isAddress(text)) return text;
  context.addIssue({ code: "custom", message: "is no address (base58 of 32 bytes)" });
  return z.NEVER;
});
export const Signature = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{64,88}$/, "is no signature (base58 of 64 bytes)");
export const Whole = z.number().int().nonnegative();

/** The options that every reading method takes. */
export const Reading = z.object({ commitment: Commitments.nullish(), minContextSlot: Whole.nullish() });

/** One parameter with options behind it, which may be left out. */
export const withOptions = <First extends z.ZodType, Options extends z.ZodType>(first: First, options: Options) =>
  z.tuple([first, options.nullish()]);

/** Reads the options of a call that wants a slot at least as high. */
export function reading(
  { chain }: Room,
  options: z.infer<typeof Reading> | null | undefined,
  answer: (slot: number, commitment: Commitment) => Answer,
): Answer {
  const commitment = options?.commitment ?? "finalized";
  const slot = chain.slotFor(commitment);
  const least = options?.minContextSlot ?? 0;
  if (slot < least) return refuse("context", "Minimum context slot has not been reached", { contextSlot: slot });
  return answer(slot, commitment);
}

/** An answer with the slot that it is of. */
export const inContext = (slot: number, value: Wire) => ok({ context: { apiVersion: "2.3.0", slot }, value } as const);
