import { EVIDENCE_SIGNED, type SignedKind } from "../basics/evidence-kinds";
import type { Digest, StepId } from "../basics/ids";
import { sha256Hex } from "../plan/digest";
import type { Receipt } from "../run/state";
import type { Vote } from "../run/votes";
import type { Claim, StepLink } from "./links";
import { signerOf } from "./proof";
import type { ReceiptFile, SignedYes } from "./receipt-file";

type Voted = { step: StepId; vote: Vote; kind: SignedKind; subject: Digest | null };

/** Each answer that is said to have been signed, held against what was signed, where the file shows it. [V8] */
export function signedYeses({ run, proofs = [] }: ReceiptFile, links: readonly StepLink[]): SignedYes[] {
  const shown = new Map(proofs.map((proof) => [sha256Hex(proof), proof]));
  return links
    .flatMap(({ body }) => votedIn(body.step))
    .map(({ step, vote, kind, subject }) => {
      const { by, of, evidence } = vote;
      const said = { by, step, kind, ...(of ? { of } : {}) };
      const proof = evidence.digest && shown.get(evidence.digest);
      if (!proof) return { ...said, shown: "claimed" };
      const isYes = vote.answer === "approved" && subject !== null;
      const signer = isYes ? signerOf(proof, { kind, account: by, subject, run }) : null;
      return signer
        ? { ...said, shown: "checked", called: calledBy(kind, signer.key), ...signer }
        : { ...said, shown: "unfit" };
    });
}

/** The digests of what receipts say was signed: a file shows no more than that. */
function proofsNamed(links: readonly StepLink[]): ReadonlySet<string> {
  return new Set(links.flatMap(({ body }) => votedIn(body.step)).flatMap(({ vote }) => vote.evidence.digest ?? []));
}

function votedIn({ step, subject, votes = [], consent }: Receipt): Voted[] {
  const all = [
    ...votes.map((vote) => ({ step, vote, subject })),
    ...(consent?.votes ?? []).map((vote) => ({ step, vote, subject: consent?.subject ?? null })),
  ];
  return all.flatMap((each) => {
    const kind = EVIDENCE_SIGNED.find((signed) => signed === each.vote.evidence.kind);
    return kind ? [{ ...each, kind }] : [];
  });
}

/** None where the file shows nothing that was signed. [V8] */
export function proofClaims(
  { proofs = [] }: ReceiptFile,
  links: readonly StepLink[],
  signed: readonly SignedYes[],
): Claim[] {
  const named = proofsNamed(links);
  const checked = signed.filter(({ shown }) => shown === "checked").length;
  if (proofs.length === 0) return [];
  return [
    {
      holds: signed.every(({ shown }) => shown !== "unfit"),
      proved: `What was signed is a yes to exactly that question, by who answered it: ${checked} ${checked === 1 ? "signature" : "signatures"} checked.`,
      failed:
        "What was signed is no yes to that question by who is said to have answered it, or its signature is not valid.",
    },
    {
      holds: proofs.every((proof) => named.has(sha256Hex(proof))),
      proved: "Each signature in this file belongs to an answer in its receipts.",
      failed: "There is something signed in this file that belongs to no answer in its receipts.",
    },
  ];
}

/** What nobody can tell from the file about signatures. */
export function unshown(signed: readonly SignedYes[]): string[] {
  const claimed = signed.filter(({ shown }) => shown === "claimed").length;
  const checked = signed.some(({ shown }) => shown === "checked");
  return [
    ...(claimed === 0
      ? []
      : [
          `What ${claimed === 1 ? "1 yes was" : `${claimed} yeses were`} signed with: the receipts claim it, and this file does not show it.`,
        ]),
    ...(checked ? ["Whose wallet or passkey it was that signed: the studio says which is whose."] : []),
  ];
}

/** A wallet as wallets show it; a passkey has no name of its own, so the digest of its public key stands for it. */
function calledBy(kind: SignedKind, key: string): string {
  return kind === "wallet" ? `${key.slice(0, 4)}…${key.slice(-4)}` : sha256Hex(key).slice(0, 8);
}
