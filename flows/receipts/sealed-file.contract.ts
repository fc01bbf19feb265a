import { AccountId, type Digest } from "../basics/ids";
import { type Money, money } from "../basics/money";
import { askStep, callStep, planOf } from "../examples/small-plan";
import type { RuleAgreement } from "../plan/agreement";
import { digestOf, sha256Hex } from "../plan/digest";
import type { Evidence } from "../plan/evidence";
import type { Plan } from "../plan/plan";
import { fromStored, toStored } from "../plan/stored";
import type { Question } from "../ports/approvals";
import type { Receipt, RunState } from "../run/state";
import { drive } from "../simulator/driver";
import { memoryJournal } from "../simulator/journal";
import { simulateWorld } from "../simulator/world";
import { chainOf, extended, type ReceiptBody, type SealedReceipt, sealClosing, sealStep } from "./chain";
import { signingKey } from "./keys";
import { merkleRoot } from "./merkle";
import type { ReceiptFile } from "./receipt-file";

/** The key of the studio that these receipts come from. */
export const key = signingKey("07".repeat(32));

type Finished = { plan: Plan; hash: Digest; state: RunState; receipts: readonly Receipt[] };

/** The receipts of a run that has ended, as its worker seals them. */
export function sealedFile({ plan, hash, state, receipts }: Finished): ReceiptFile {
  let chain = chainOf({ run: state.run, plan: hash });
  const sealed: SealedReceipt[] = [];
  for (const receipt of receipts) {
    const next = sealStep(chain, receipt, key);
    sealed.push(next);
    chain = extended(chain, next);
  }
  sealed.push(sealClosing(chain, state, key));
  return { version: 1, run: state.run, plan, receipts: sealed, keys: { [key.id]: key.publicKey } };
}

/** A file whose bodies were changed and linked and signed anew, as the holder of the key could. */
export function retold(file: ReceiptFile, change: (body: ReceiptBody) => ReceiptBody): ReceiptFile {
  const receipts: SealedReceipt[] = [];
  const steps: Digest[] = [];
  for (const { body } of file.receipts) {
    const told = change(fromStored<ReceiptBody>(body));
    const root = told.kind === "closing" ? { root: merkleRoot(steps) } : {};
    const text = toStored({ ...told, ...root, previous: receipts.at(-1)?.hash ?? null, plan: digestOf(file.plan) });
    const hash = sha256Hex(text);
    receipts.push({ place: told.place, body: text, hash, signature: key.sign(hash), keyId: key.id });
    if (told.kind === "step") steps.push(hash);
  }
  return { ...file, receipts };
}

export const eve = AccountId.parse("eve");
export const credits = (amount: bigint) => money("microcredits", amount);

export type Ran = {
  evidence?: (question: Question) => Evidence;
  freshAbove?: Money;
  rule?: boolean;
  agreement?: RuleAgreement;
};

const ASKS = { verdict: "ask", rule: "r", message: "Pay?", approvers: [eve] } as const;

/** A run whose question unlocks 30 microcredits, or whose rule asks before as many are paid; eve answers, and started it. */
export async function ran({ evidence, freshAbove, rule = false, agreement }: Ran): Promise<ReceiptFile> {
  const unlocks = { bound: [credits(30n)], payees: [], agents: [] };
  const plan = rule
    ? planOf([callStep("work")])
    : planOf([askStep("q", [], { unlocks }), callStep("work", [{ step: 0, port: "approved" }])]);
  const agents = new Map(
    plan.authority.agents.map((agent) => [agent, () => ({ output: {}, price: credits(30n), detail: {} })]),
  );
  const world = simulateWorld(plan, {
    ...{ payer: eve, purse: credits(100n), agents },
    person: (question) => ({
      by: eve,
      answer: "approved",
      atMs: 10,
      ...(evidence && { evidence: evidence(question) }),
    }),
    ...(rule ? { policy: () => ({ ...ASKS, ...(agreement ? { agreement } : {}) }) } : {}),
  });
  const terms = { ...(await world.terms({ text: "t" })), ...(freshAbove ? { freshAbove } : {}) };
  const { state, receipts } = await drive(plan, terms, { ports: world.ports, journal: memoryJournal() });
  if (state?.ending?.result !== "succeeded") throw new Error(`the run came to ${JSON.stringify(state?.ending)}`);
  return sealedFile({ plan, hash: terms.plan, state, receipts });
}
