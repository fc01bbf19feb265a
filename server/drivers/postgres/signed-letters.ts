import type { Pool } from "pg";
import { EVIDENCE_SIGNED } from "@/flows/basics/evidence-kinds";
import type { RunId } from "@/flows/basics/ids";
import { sha256Hex } from "@/flows/plan/digest";
import { signerOf } from "@/flows/receipts/proof";
import { byRun } from "./grouped";
import type { Letter } from "./letter-shape";
import type { Happening } from "./standing";

/** What a letter says that claims a signature, as canonical JSON writes it. */
const CLAIMS = EVIDENCE_SIGNED.map((kind) => `"kind":"${kind}"`);

/** Letters with what people signed in their runs, as it is kept with the votes; where none claims a signature, nothing is asked. */
export async function withProofs(pool: Pool, letters: readonly Letter[]): Promise<readonly Letter[]> {
  const claiming = letters.filter(({ event }) => CLAIMS.some((claim) => event.includes(claim)));
  if (claiming.length === 0) return letters;
  const { rows } = await pool.query<{ run_id: RunId; proof: string }>({
    name: "read_proofs",
    text: `select q.run_id, v.proof from question q join question_vote v on v.operation = q.operation
            where q.run_id = any($1::text[]) and v.proof is not null`,
    values: [claiming.map(({ run_id }) => run_id)],
  });
  const proofsOf = byRun(rows);
  return letters.map((letter) => ({ ...letter, proofs: proofsOf.get(letter.run_id)?.map(({ proof }) => proof) ?? [] }));
}

/**
 * Whether an answer claims a signature that nobody gave. Whoever took it has checked that; who pays believes nobody what it can
 * see for itself. [V8]
 */
export function claimsInVain(event: Happening["event"], { run_id: run, proofs = [] }: Letter): boolean {
  if (event.type !== "approval_answered") return false;
  const { evidence, by: account, subject, becomes = subject } = event;
  const kind = EVIDENCE_SIGNED.find((signed) => signed === evidence?.kind);
  if (!kind) return false;
  const proof = proofs.find((kept) => sha256Hex(kept) === evidence?.digest);
  return proof === undefined || signerOf(proof, { kind, account, subject: becomes, run }) === null;
}
