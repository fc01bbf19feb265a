import type { EvidenceKind } from "@/flows/basics/evidence-kinds";
import { AccountId, Digest } from "@/flows/basics/ids";
import type { ProofChallenge, ProofChallenges } from "@/flows/ports/evidence";
import type { PrismaClient } from "@/generated/prisma/client";

const KEPT_S = 300;
/** What nobody signed in time is not kept: so many are swept each time. */
const SWEPT = 500;

type Row = { kind: string; account_id: string; subject: string; issued_at: Date; expires_at: Date };

/** What waits to be signed. Times are the database's own, and of many who answer one nonce at once one is heard. */
export function proofChallenges(db: PrismaClient): ProofChallenges {
  return {
    async issue(nonce, { kind, account, subject }) {
      await db.$executeRaw`delete from evidence_challenge where nonce in
        (select nonce from evidence_challenge where expires_at < now() limit ${SWEPT})`;
      const [row] = await db.$queryRaw<Row[]>`
        insert into evidence_challenge (nonce, kind, account_id, subject, issued_at, expires_at)
        values (${nonce}, ${kind}, ${account}, ${subject}, now(), now() + make_interval(secs => ${KEPT_S}))
        returning kind, account_id, subject, issued_at, expires_at`;
      if (!row) throw new Error("a challenge was not kept");
      return { issuedAtMs: row.issued_at.getTime(), expiresAtMs: row.expires_at.getTime() };
    },
    async take(nonce) {
      const [row] = await db.$queryRaw<Row[]>`
        update evidence_challenge set taken_at = now()
        where nonce = ${nonce} and taken_at is null and expires_at > now()
        returning kind, account_id, subject, issued_at, expires_at`;
      return row ? challengeOf(row) : null;
    },
  };
}

function challengeOf({ kind, account_id, subject, issued_at, expires_at }: Row): ProofChallenge {
  return {
    ...{ kind: kind as EvidenceKind, account: AccountId.parse(account_id), subject: Digest.parse(subject) },
    ...{ issuedAtMs: issued_at.getTime(), expiresAtMs: expires_at.getTime() },
  };
}
