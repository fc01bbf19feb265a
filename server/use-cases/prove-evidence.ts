import { err, type Result } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import { digestOf } from "@/flows/plan/digest";
import type { EvidenceAsk, EvidenceError, Proved } from "@/flows/ports/evidence";
import { signerOf } from "@/flows/receipts/proof";
import type { Services } from "../services";

type Evidences = Services["evidence"];
type By<Kind extends "wallet" | "passkey"> = { kind: Kind } & Parameters<Evidences[Kind]["prove"]>[1];

/** What was signed, by the kind of evidence that it is. */
export type Signed = By<"wallet"> | By<"passkey">;

/**
 * Hears what was signed for a yes; and counts it only where anybody who is handed a receipt file can check it without us,
 * too: else the file would say what nobody can see.
 */
export async function proveYes(
  evidences: Evidences,
  ask: EvidenceAsk,
  signed: Signed,
): Promise<Result<Proved, EvidenceError>> {
  const proved = await proveEvidence(evidences, ask, signed);
  if (!proved.ok) return proved;
  const { kind, proof } = proved.value;
  const { account, about } = ask;
  const signer = signerOf(proof, { kind, account, subject: digestOf(about), run: about.run });
  return signer ? proved : err({ code: "signature_invalid", problem: UNCHECKABLE });
}

const UNCHECKABLE = "What was signed cannot be checked by others. Sign with another passkey or wallet.";

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
