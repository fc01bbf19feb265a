import { describe, expect, test } from "vitest";
import { AccountId, type Digest, NodeId, OperationId, RunId, StepId } from "../basics/ids";
import { digestOf } from "../plan/digest";
import type { QuestionBody } from "./approvals";
import type { EvidenceAsk, EvidencePort, ProofChallenge, ProofChallenges } from "./evidence";

/** The accounts that a rig knows: both have something to sign with, and neither has the other's. */
export const [ada, eve] = [AccountId.parse("ada"), AccountId.parse("eve")];

export function questionAbout(text: string): QuestionBody {
  return {
    ...{ plan: digestOf("plan"), run: RunId.parse("r"), step: StepId.parse("review"), node: NodeId.parse("review") },
    ...{ operation: OperationId.parse("r/review/ask"), path: [], payer: eve, question: text, shows: {}, edits: [] },
    unlocks: { bound: [], payees: [], agents: [] },
    agreement: { approvers: [ada], least: 1, against: 1 },
    ...{ askedAtMs: 1, untilMs: 4_000_000_000_000, nonce: digestOf(text) },
  };
}

/** Challenges in memory. `later` lets time pass. */
export function memoryChallenges(): ProofChallenges & { later(ms: number): void } {
  const kept = new Map<string, ProofChallenge>();
  let nowMs = 1_000_000;
  return {
    issue: async (nonce, asked) => {
      const times = { issuedAtMs: nowMs, expiresAtMs: nowMs + 300_000 };
      kept.set(nonce, { ...asked, ...times });
      return times;
    },
    take: async (nonce) => {
      const challenge = kept.get(nonce);
      kept.delete(nonce);
      return challenge && challenge.expiresAtMs > nowMs ? challenge : null;
    },
    later: (ms) => {
      nowMs += ms;
    },
  };
}

type Opened<Words, Signed> = {
  evidence: EvidencePort<Words, Signed>;
  /** The same, of a studio at another address. */
  elsewhere: EvidencePort<Words, Signed>;
  /** Signs words as this account would, with what is its own. */
  sign(account: AccountId, words: Words): Signed;
  /** What was signed, under another nonce. */
  under(signed: Signed, words: Words): Signed;
  /** Whether the words, and the proof, carry the digest of what is agreed to. */
  names(words: Words, subject: Digest): boolean;
  later(ms: number): void;
  /** Takes away what this account signs with. */
  strip(account: AccountId): void;
  /** From now on it counts only from then on; null lets it count. */
  waits(account: AccountId, untilMs: number | null): void;
};

/** Rules that every way to show a yes must keep. */
export function evidenceContract<Words, Signed>(name: string, open: () => Promise<Opened<Words, Signed>>) {
  async function asked(rig: Opened<Words, Signed>, ask: EvidenceAsk): Promise<Words> {
    const words = await rig.evidence.ask(ask);
    if (!words.ok) throw new Error(words.error.code);
    return words.value;
  }
  const yes: EvidenceAsk = { account: ada, about: questionAbout("Pay acme?") };
  const other: EvidenceAsk = { account: ada, about: questionAbout("Pay mallory?") };
  const refused = { ok: false, error: { code: expect.stringMatching(/^(challenge_expired|signature_invalid)$/) } };

  describe(`evidence: ${name}`, () => {
    test("[P12] what was signed shows a yes to exactly what was asked about, and is kept to the byte", async () => {
      const rig = await open();
      const words = await asked(rig, yes);
      expect(rig.names(words, digestOf(yes.about))).toBe(true);
      const proved = await rig.evidence.prove(yes, rig.sign(ada, words));
      expect(proved).toMatchObject({ ok: true, value: { kind: name } });
      if (proved.ok) expect(JSON.parse(proved.value.proof)).toMatchObject({ kind: name });
    });

    test("[P12] what was signed is heard once", async () => {
      const rig = await open();
      const signed = rig.sign(ada, await asked(rig, yes));
      expect(await rig.evidence.prove(yes, signed)).toMatchObject({ ok: true });
      expect(await rig.evidence.prove(yes, signed)).toMatchObject({ ok: false, error: { code: "challenge_expired" } });
    });

    test("[P12] a wrong answer uses up what was asked, too", async () => {
      const rig = await open();
      const words = await asked(rig, yes);
      expect(await rig.evidence.prove(yes, rig.sign(eve, words))).toMatchObject(refused);
      expect(await rig.evidence.prove(yes, rig.sign(ada, words))).toMatchObject(refused);
    });

    test("[P12] what was signed for one question is none for another, under its nonce or another's", async () => {
      const rig = await open();
      const signed = rig.sign(ada, await asked(rig, yes));
      expect(await rig.evidence.prove(other, signed)).toMatchObject(refused);
      const [first, second] = [await asked(rig, yes), await asked(rig, other)];
      expect(await rig.evidence.prove(other, rig.under(rig.sign(ada, first), second))).toMatchObject(refused);
    });

    test("[P12] what was signed for one account is none for another, and neither is what another signed", async () => {
      const rig = await open();
      const signed = rig.sign(ada, await asked(rig, yes));
      expect(await rig.evidence.prove({ ...yes, account: eve }, signed)).toMatchObject(refused);
      expect(await rig.evidence.prove(yes, rig.sign(eve, await asked(rig, yes)))).toMatchObject(refused);
    });

    test("[P12] what was signed too late, or under a nonce of nobody's, shows nothing", async () => {
      const rig = await open();
      const words = await asked(rig, yes);
      rig.later(300_000);
      const late = await rig.evidence.prove(yes, rig.sign(ada, words));
      expect(late).toMatchObject({ ok: false, error: { code: "challenge_expired" } });
      const again = await asked(rig, yes);
      expect(await rig.evidence.prove(yes, rig.under(rig.sign(ada, again), words))).toMatchObject(refused);
    });

    test("[P13] what was signed for another address shows nothing here", async () => {
      const rig = await open();
      const words = await asked({ ...rig, evidence: rig.elsewhere }, yes);
      expect(await rig.evidence.prove(yes, rig.sign(ada, words))).toMatchObject(refused);
    });

    test("[P13] who has nothing to sign with, or not any more, is told so", async () => {
      const rig = await open();
      const words = await asked(rig, yes);
      rig.strip(ada);
      const missing = { ok: false, error: { code: "evidence_missing", kind: name } };
      expect(await rig.evidence.prove(yes, rig.sign(ada, words))).toMatchObject(missing);
      expect(await rig.evidence.ask(yes)).toMatchObject(missing);
    });

    test("[P13] what does not count yet is asked for nothing and shows nothing, and says from when it will", async () => {
      const rig = await open();
      const words = await asked(rig, yes);
      rig.waits(ada, 7_000_000);
      const young = { ok: false, error: { code: "means_too_new", kind: name, countsFromMs: 7_000_000 } };
      expect(await rig.evidence.prove(yes, rig.sign(ada, words))).toEqual(young);
      expect(await rig.evidence.ask(yes)).toEqual(young);
      rig.waits(ada, null);
      expect(await rig.evidence.prove(yes, rig.sign(ada, await asked(rig, yes)))).toMatchObject({ ok: true });
    });
  });
}
