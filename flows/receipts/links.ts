import type { ReceiptBody, SealedReceipt } from "./chain";

/** A receipt of a file with what its text says. */
export type Link = { sealed: SealedReceipt; body: ReceiptBody };
export type StepLink = Link & { body: Extract<ReceiptBody, { kind: "step" }> };
export type ClosingLink = Link & { body: Extract<ReceiptBody, { kind: "closing" }> };

/** One thing that is tried, in the words for either way in which it can come out. */
export type Claim = { holds: boolean; proved: string; failed: string };
