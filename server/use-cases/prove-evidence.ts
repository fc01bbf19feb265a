import type { Result } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import type { EvidenceAsk, EvidenceError, Proved } from "@/flows/ports/evidence";
import type { Services } from "../services";

type Evidences = Services["evidence"];
type By<Kind extends "wallet" | "passkey"> = { kind: Kind } & Parameters<Evidences[Kind]["prove"]>[1];

/** What was signed, by the kind of evidence that it is. */
export type Signed = By<"wallet"> | By<"passkey">;

/** Hears what was signed, by the adapter of its kind. */
export function proveEvidence(
  { wallet, passkey }: Evidences,
  ask: EvidenceAsk,
  signed: Signed,
): Promise<Result<Proved, EvidenceError>> {
  switch (signed.kind) {
    case "wallet":
      return wallet.prove(ask, signed);
    case "passkey":
      return passkey.prove(ask, signed);
    default:
      return unreachable(signed);
  }
}
