import fc from "fast-check";
import type { EvidenceKind } from "../basics/evidence-kinds";
import { AccountId, type OperationId, type StepId } from "../basics/ids";
import { money } from "../basics/money";
import { err } from "../basics/result";
import type { RuleAgreement } from "../plan/agreement";
import type { Plan } from "../plan/plan";
import type { AgentCall, AgentsPort } from "../ports/agents";
import type { Question } from "../ports/approvals";
import type { Capture } from "../ports/credits";
import type { PolicyVerdict } from "../ports/policy";
import type { ValuesPort } from "../ports/values";
import { commandsOf } from "../run/commands";
import { type Journal, NO_DEBUG, type RunEvent, type Stop, type Terms } from "../run/events";
import type { RunState } from "../run/state";
import { stepStateAt } from "../run/step-state";
import { fold } from "../run/transition";
import { type Driven, drive } from "../simulator/driver";
import { memoryJournal } from "../simulator/journal";
import { simulateWorld, type World } from "../simulator/world";
import { randomInput } from "./draw-pieces.contract";

export const ada = AccountId.parse("ada");
const eve = AccountId.parse("eve");
export const PURSE = 10_000_000n;

type Fate = "pays" | "overcharges" | "miscounts" | "refuses" | "loses" | "unreachable" | "garbage" | "other_currency";
type Word = "approved" | "denied" | "silent" | "stranger";

/** What happens around one run, by chance: how agents behave, what people say, what rules say, when it is stopped or dies. */
export type Weather = {
  fates: readonly Fate[];
  words: readonly Word[];
  verdicts: readonly Ruling[] | null;
  /** By what people say yes, in turn. */
  shows: readonly EvidenceKind[];
  stopAtMs: number | null;
  pausesAtMs: readonly number[];
  stops: readonly Stop[];
  workMs: number | null;
  delaysMs: readonly number[];
  deaths: readonly { at: number; when: "before" | "after" }[];
};

const stop: fc.Arbitrary<Stop> = fc.oneof(
  fc.constant<Stop>({ before: "every_step" }),
  fc.nat(500).map((amount): Stop => ({ before: "payment", above: money("microcredits", BigInt(amount)) })),
  fc.nat(6).map((place): Stop => ({ after: "step", step: `n${place}` as StepId })),
);

export const weather: fc.Arbitrary<Weather> = fc.record({
  fates: fc.array(
    fc.constantFrom<Fate>(
      "pays",
      "pays",
      "pays",
      "overcharges",
      "miscounts",
      "refuses",
      "loses",
      "unreachable",
      "garbage",
      "other_currency",
    ),
    { minLength: 1, maxLength: 12 },
  ),
  words: fc.array(fc.constantFrom<Word>("approved", "approved", "denied", "silent", "stranger"), {
    minLength: 1,
    maxLength: 6,
  }),
  verdicts: fc.option(
    fc.array(fc.constantFrom<Ruling>("allow", "allow", "allow", "ask", "ask_two", "ask_signed", "deny"), {
      minLength: 1,
      maxLength: 6,
    }),
  ),
  shows: fc.array(fc.constantFrom("session", "passkey"), { minLength: 1, maxLength: 3 }),
  stopAtMs: fc.option(fc.nat(120_000)),
  pausesAtMs: fc.array(fc.nat(60_000), { maxLength: 2 }),
  stops: fc.array(stop, { maxLength: 2 }),
  workMs: fc.option(fc.nat(200_000), { freq: 4 }),
  delaysMs: fc.array(fc.constantFrom(0, 0, 5, 500, 15_000, 30_000), { minLength: 1, maxLength: 5 }),
  deaths: fc.array(fc.record({ at: fc.nat(40), when: fc.constantFrom("before", "after") }), { maxLength: 3 }),
});

/** Everything that one run did, as seen from outside. `at` counts the events that were journalled by then. */
export type Log = {
  calls: { call: AgentCall; at: number }[];
  captures: { capture: Capture; at: number }[];
  events: RunEvent[];
};

export type Ran = Driven & { state: RunState; log: Log; world: World };

/** More terms than those of the weather, and values that are there already. */
type Beside = Partial<Terms> & { values?: ValuesPort };

/** Runs a plan in such weather until it is over. Whoever dies is followed by another that takes the run up. */
export async function runIn(plan: Plan, around: Weather, { values, ...more }: Beside = {}): Promise<Ran> {
  const log: Log = { calls: [], captures: [], events: [] };
  const world = worldOf(plan, around);
  if (values) world.ports.values = values;
  const ports = { ...world.ports, ...watched(world.ports, log), latencyOf: latencyIn(around) };
  const terms = { ...(await world.terms(randomInput)), ...steeredBy(around), ...more };
  const deaths = [...around.deaths];
  for (let tries = 0; tries < 400; tries++) {
    const journal = dying(log.events, deaths);
    const mail = [...mailIn(around, log.events), ...wordsFor(plan, log.events)];
    const driven = await drive(plan, terms, { ports, journal, mail }).catch(onlyDeath);
    if (driven?.state?.phase.in === "finished") return { ...driven, state: driven.state, log, world };
  }
  throw new Error("the run came to no end");
}

function steeredBy({ stops, workMs }: Weather): Partial<Terms> {
  return {
    ...(workMs === null ? {} : { workMs }),
    ...(stops.length === 0 ? {} : { debug: { ...NO_DEBUG, stops } }),
  };
}

/** What the payer sends in at its time, once. */
function mailIn({ stopAtMs, pausesAtMs }: Weather, events: readonly RunEvent[]): RunEvent[] {
  const asked: RunEvent[] = [
    ...(stopAtMs === null ? [] : [{ type: "cancel_asked", by: ada, atMs: stopAtMs } as const]),
    ...pausesAtMs.map((atMs) => ({ type: "pause_asked", by: ada, atMs }) as const),
  ];
  const lastMs = events.at(-1)?.atMs ?? -1;
  return asked.filter(({ atMs }) => atMs > lastMs);
}

/** An answer takes as long whenever it is asked for again. */
function latencyIn({ delaysMs }: Weather): (operation: OperationId) => number {
  return (operation) => {
    let sum = 0;
    for (const sign of operation) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003;
    return delaysMs[sum % delaysMs.length] ?? 0;
  };
}

function onlyDeath(thrown: unknown): null {
  if (thrown instanceof Error && thrown.message === KILLED) return null;
  throw thrown;
}

const KILLED = "killed";

/** A journal whose writer dies around some of its writes, each death once. */
function dying(events: RunEvent[], deaths: { at: number; when: "before" | "after" }[]): Journal {
  const journal = memoryJournal(events);
  return {
    ...journal,
    async append(event) {
      const place = deaths.findIndex(({ at }) => at === events.length);
      const [death] = place === -1 ? [] : deaths.splice(place, 1);
      if (death?.when === "before") throw new Error(KILLED);
      await journal.append(event);
      if (death) throw new Error(KILLED);
    },
  };
}

/**
 * What may be done once and got lost is for the payer to tell: here, that nothing was delivered. A run that stands
 * still because it was told to is let go on.
 */
function wordsFor(plan: Plan, events: readonly RunEvent[]): RunEvent[] {
  const state = fold(plan, events);
  const atMs = events.at(-1)?.atMs ?? 0;
  const lost = state ? commandsOf(plan, state).filter((command) => command.do === "ask_what_happened") : [];
  const halted = state?.paused || state?.open.some((slot) => stepStateAt(state.steps, slot).in === "halted");
  return [
    ...lost.map(({ operation }): RunEvent => ({ type: "outcome_told", operation, by: ada, delivered: null, atMs })),
    ...(halted ? [{ type: "resume_asked", by: ada, only: null, atMs } as const] : []),
  ];
}

function worldOf(plan: Plan, { fates, words, verdicts, shows }: Weather): World {
  const seen = new Map<string, number>();
  const turn = (what: string) => {
    const count = seen.get(what) ?? 0;
    seen.set(what, count + 1);
    return count;
  };
  const agents = new Map(
    plan.authority.agents.map((agent) => [
      agent,
      (call: AgentCall) => behave(call, fates[turn("call") % fates.length]),
    ]),
  );
  const person = ({ untilMs, asked: { approvers } }: Question) => {
    const word = words[turn("question") % words.length];
    if (word === undefined || word === "silent") return null;
    if (word === "stranger")
      return { by: AccountId.parse("mallory"), answer: "approved", atMs: untilMs - 50_000 } as const;
    const asked = approvers[turn("by") % approvers.length];
    const by = AccountId.parse(asked === "@starter" ? ada : (asked ?? ada));
    const kind = shows[turn("yes") % shows.length] ?? "session";
    return { by, answer: word, atMs: untilMs - 40_000, evidence: { kind } };
  };
  const policy = verdicts ? { policy: () => verdictOf(verdicts[turn("payment") % verdicts.length] ?? "deny") } : {};
  return simulateWorld(plan, { payer: ada, purse: money("microcredits", PURSE), agents, person, ...policy });
}

/** What a rule of these runs says of a payment: beside the verdicts, a question to two, and one that takes a signature. */
type Ruling = PolicyVerdict["verdict"] | keyof typeof TAKES;
const TAKES = {
  ask_two: { least: 2, against: 1, weights: {} },
  ask_signed: { least: 1, against: 1, weights: {}, evidence: { kinds: ["passkey", "wallet"] } },
} satisfies Record<string, RuleAgreement>;

function verdictOf(ruling: Ruling): PolicyVerdict {
  if (ruling === "allow") return { verdict: ruling };
  if (ruling === "deny") return { verdict: ruling, rule: "no", message: "No." };
  const asks = { verdict: "ask", rule: ruling, message: "May it?", approvers: ["@starter", eve] } as const;
  return ruling === "ask" ? asks : { ...asks, agreement: TAKES[ruling] };
}

function behave({ agent }: AgentCall, fate: Fate | undefined) {
  const asks = agent.includes("dear") ? 500n : agent.includes("once") ? 40n : agent.includes("free") ? 0n : 3n;
  const output = { text: "out", list: ["x", "y"], n: 4 };
  switch (fate) {
    case "refuses":
      return err({ code: "agent_refused", reason: "no" } as const);
    case "loses":
      return err({ code: "outcome_unknown", reason: "lost" } as const);
    case "unreachable":
      return err({ code: "agent_unreachable", reason: "away" } as const);
    case "garbage":
      return { output: "nothing of the sort", price: money("microcredits", asks), detail: {} };
    case "other_currency":
      return { output, price: money("usdc_base", asks), detail: {} };
    case "overcharges":
      return { output, price: money("microcredits", asks * 1_000n + 1n), units: 1_000_000_000, detail: {} };
    case "miscounts":
      return { output, price: money("microcredits", asks), units: -0.5, detail: {} };
    default:
      return { output, price: money("microcredits", asks), units: 4, detail: {} };
  }
}

/** Notes every call and every payment that is sent, as often as it is sent. */
function watched({ agents, credits }: World["ports"], log: Log) {
  const watchedAgents: AgentsPort = {
    call(call) {
      log.calls.push({ call, at: log.events.length });
      return agents.call(call);
    },
  };
  const watchedCredits: World["ports"]["credits"] = {
    ...credits,
    capture(capture) {
      log.captures.push({ capture, at: log.events.length });
      return credits.capture(capture);
    },
  };
  return { agents: watchedAgents, credits: watchedCredits };
}

/** Each operation with the place in the journal at which it was first sent. */
export function firstSent<T>(
  sent: readonly T[],
  of: (each: T) => { operation: OperationId; at: number },
): Map<OperationId, number> {
  const first = new Map<OperationId, number>();
  for (const each of sent) {
    const { operation, at } = of(each);
    if (!first.has(operation)) first.set(operation, at);
  }
  return first;
}
