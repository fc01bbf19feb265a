import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountId } from "../basics/ids";
import { catalog } from "../nodes/catalog";
import type { Plan } from "../plan/plan";
import { consentClaims } from "../receipts/consent-claims";
import { stepClaims } from "../receipts/step-claims";
import { writeSnapshot } from "../run/snapshot";
import { fold, transition } from "../run/transition";
import { compile } from "./compile";
import { documentOf } from "./draw-pieces.contract";
import { type Piece, pieces, randomAgents } from "./random-pieces.contract";
import { ada, firstSent, PURSE, type Ran, runIn, type Weather, weather } from "./random-runs.contract";

/** 2,000 flows while working, 100,000 in `npm run test:long`: five times what other properties are tried. */
const { numRuns = 400 } = fc.readConfigureGlobal();
const FLOWS = numRuns * 5;
/** Codes that say no: after one of them nothing more is begun. */
const DENIALS = new Set([
  ...["approval_denied", "approval_timed_out", "approval_unasked", "policy_denied", "amount_above_cap"],
  ...["agent_outside_authority", "payee_outside_authority", "budget_exceeded", "currency_differs"],
]);

test(
  "[C3] [R14] [R15] [R16] [R27] [R33] whatever agents, people, rules and crashes do, a run spends no more than its bound, pays nobody else, and stops at a no",
  async () => {
    let ran = 0;
    const found = await fc.check(
      fc.asyncProperty(pieces, weather, async (drawn, around) => {
        const compiled = compile(documentOf(drawn), { kinds: catalog, manifests: randomAgents });
        if (!compiled.ok) return;
        ran += 1;
        const { plan } = compiled.value;
        holdsTo(plan, await runIn(plan, around));
      }),
      { numRuns: FLOWS },
    );
    if (found.failed) throw new Error(report(found));
    expect(ran).toBeGreaterThan(FLOWS / 2);
  },
  FLOWS * 60,
);

/** What must be true of every run, whatever it came to. */
function holdsTo(plan: Plan, { state, receipts, log, world }: Ran): void {
  const { ports } = world;
  const bound = plan.bound[0]?.amount ?? 0n;
  const spent = PURSE - ports.credits.balance(ada, "microcredits");
  const paid = new Map<AccountId, bigint>();
  for (const { payee, paid: amount } of receipts)
    if (payee && amount) paid.set(payee, (paid.get(payee) ?? 0n) + amount.amount);

  expect(spent).toBeLessThanOrEqual(bound);
  expect(state.spent.amount).toBe(spent);
  expect(state.left.amount).toBe(bound - spent);
  expect([...paid.values()].reduce((sum, amount) => sum + amount, 0n)).toBe(spent);
  // A wrong bound cannot be overspent, because it is what is reserved: it would show as a denial.
  expect(receipts.map(({ code }) => code)).not.toContain("budget_exceeded");

  for (const [payee, amount] of paid) {
    const cap = plan.authority.payees.find((each) => each.payee === payee)?.cap.amount ?? -1n;
    expect(amount).toBeLessThanOrEqual(cap);
    expect(ports.credits.balance(payee, "microcredits")).toBe(amount);
  }
  for (const [container, { spent: sum, cap }] of spentUnderCaps(plan, receipts))
    expect([container, sum <= cap]).toEqual([container, true]);
  happenedOnce(plan, log);
  nothingAfterNo(plan, log);
  nothingWhilePaused(plan, log);
  const links = receipts.map((step) => ({
    sealed: null as never,
    body: { kind: "step", run: state.run, step } as never,
  }));
  for (const { holds, failed } of [...stepClaims(plan, links, ada), ...consentClaims(links, ada)])
    expect([holds, failed]).toEqual([true, failed]);
  paidAsRulesAsk(receipts);
  const folded = fold(plan, log.events);
  expect(folded && writeSnapshot(folded)).toBe(writeSnapshot(state));
}

/** What a rule asked two about was paid with the yeses of two, and what it asked a signature for, by one. */
function paidAsRulesAsk(receipts: Ran["receipts"]): void {
  for (const { paid, consent } of receipts) {
    if (!paid || !consent) continue;
    const yeses = (consent.votes ?? []).filter(({ answer }) => answer === "approved");
    if (consent.rule === "ask_two") expect(new Set(yeses.map(({ by }) => by)).size).toBe(2);
    if (consent.rule === "ask_signed") expect(yeses.map(({ evidence }) => evidence.kind)).toEqual(["passkey"]);
  }
}

/** What was paid in each body under a cap, each time that it was done. */
function spentUnderCaps(plan: Plan, receipts: Ran["receipts"]): Map<string, { spent: bigint; cap: bigint }> {
  const sums = new Map<string, { spent: bigint; cap: bigint }>();
  for (const [place, { id, instruction }] of plan.steps.entries()) {
    if (!("body" in instruction) || !instruction.cap) continue;
    const body = new Set(plan.steps.slice(place + 1, place + 1 + instruction.body).map((step) => step.id));
    const depth = depthOf(plan, place);
    for (const { step, path, paid } of receipts) {
      if (!paid || !body.has(step)) continue;
      const container = `${id}@${path.slice(0, depth).join(".")}`;
      const spent = (sums.get(container)?.spent ?? 0n) + paid.amount;
      sums.set(container, { spent, cap: instruction.cap.amount });
    }
  }
  return sums;
}

/** In how many bodies a step lies. */
function depthOf({ steps }: Plan, place: number): number {
  return steps.filter(({ instruction }, at) => at < place && "body" in instruction && at + instruction.body >= place)
    .length;
}

/** Money moves once an operation; a call that may be made once is sent once, whoever died. */
function happenedOnce(plan: Plan, { calls, captures }: Ran["log"]): void {
  const bodies = new Map<string, string>();
  for (const { capture } of captures) {
    const body = `${capture.payee} ${capture.amount.currency} ${capture.amount.amount}`;
    expect(bodies.get(capture.operation) ?? body).toBe(body);
    bodies.set(capture.operation, body);
  }
  const once = calls.filter(({ call }) => randomAgents.get(call.agent)?.effect === "once");
  expect(new Set(once.map(({ call }) => call.operation)).size).toBe(once.length);
  for (const { call } of calls) expect(plan.authority.agents).toContain(call.agent);
}

/** Once somebody or some rule has said no, no call and no payment is begun that was not under way. */
function nothingAfterNo(plan: Plan, { calls, events }: Ran["log"]): void {
  const place = firstNo(plan, events);
  const begun = firstSent(calls, ({ call, at }) => ({ operation: call.operation, at }));
  if (place !== null) for (const [operation, at] of begun) expect([operation, at <= place]).toEqual([operation, true]);
}

/** No call, question or payment is sent for the first time while the payer has the run paused. What was delivered is paid. */
function nothingWhilePaused(plan: Plan, { events }: Ran["log"]): void {
  let state: Ran["state"] | null = null;
  const sent = new Set<string>();
  for (const event of events) {
    const next = transition(plan, state, event);
    const stays = state?.paused && next.state.paused && event.type !== "resume_asked";
    for (const command of next.commands) {
      const operation = "with" in command ? command.with.operation : "operation" in command ? command.operation : "";
      const begins = ["call", "ask", "judge"].includes(command.do) && !sent.has(operation);
      expect([operation, begins && stays]).not.toEqual([operation, true]);
      sent.add(operation);
    }
    state = next.state;
  }
}

/** How many events there were when a step was first denied; null when none was. */
function firstNo(plan: Plan, events: Ran["log"]["events"]): number | null {
  let state: Ran["state"] | null = null;
  for (const [place, event] of events.entries()) {
    const next = transition(plan, state, event);
    if (next.receipts.some(({ code }) => code !== null && DENIALS.has(code))) return place + 1;
    state = next.state;
  }
  return null;
}

/** The smallest flow that fails, as a file that the studio opens. */
function report(found: fc.RunDetails<[readonly Piece[], Weather]>): string {
  const [drawn = [], around] = found.counterexample ?? [];
  const file = JSON.stringify(documentOf(drawn));
  return [
    `After ${found.numRuns} runs with seed ${found.seed} (SEED=${found.seed} repeats them): ${String(found.errorInstance)}`,
    `Save this as failed.flow.json and import it into the studio:\n${file}`,
    `Around it: ${JSON.stringify(around)}`,
  ].join("\n");
}
