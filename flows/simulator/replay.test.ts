import { expect, test } from "vitest";
import { AccountId, type AgentId } from "../basics/ids";
import { money } from "../basics/money";
import { sha256Hex } from "../plan/digest";
import type { Plan } from "../plan/plan";
import { fromStored, toStored } from "../plan/stored";
import type { Question } from "../ports/approvals";
import type { RunEvent } from "../run/events";
import { writeSnapshot } from "../run/snapshot";
import { viewOf } from "../run/view";
import type { Behaviour } from "./agents";
import type { SimulatedPorts } from "./carry-out";
import { fatedAgent, verdictOf } from "./conformance/around.contract";
import { conformanceCases } from "./conformance/conformance.contract";
import { drive, replay } from "./driver";
import { memoryJournal } from "./journal";
import { cheap, planOf, ran } from "./small-flow.contract";
import { simulateWorld } from "./world";

const ada = AccountId.parse("ada");

/** Everything that a journal tells of a run, as the screen shows it, in one digest. */
function traceHash(plan: Plan, events: readonly RunEvent[]): string {
  const { state, steps } = viewOf(plan, events);
  return sha256Hex(`${toStored(steps)}${state && writeSnapshot(state)}`);
}

/** Ports that whoever replays has no business with. */
function untouchable(clock: SimulatedPorts["clock"]): SimulatedPorts {
  const refuse = (name: string) => () => {
    throw new Error(`a finished run reached for ${name}`);
  };
  const all = ["agents", "approvals", "credits", "policy", "values"].map((port) => [
    port,
    new Proxy({}, { get: (_, method) => refuse(`${port}.${String(method)}`) }),
  ]);
  return { clock, ...Object.fromEntries(all) } as SimulatedPorts;
}

test("[R23] 17. Replay of a finished run performs no effect and yields the same trace hash.", async () => {
  for (const { name, plan, around } of conformanceCases()) {
    const { answer, policy } = around;
    const agents = new Map<AgentId, Behaviour>(plan.authority.agents.map((id) => [id, fatedAgent(around).answer]));
    const person = () => (answer === "silent" ? null : { by: ada, answer, atMs: 10 });
    const judge = policy ? { policy: () => verdictOf(policy) } : {};
    const world = simulateWorld(plan, { payer: ada, purse: money("microcredits", 100_000n), agents, person, ...judge });
    const terms = await world.terms({ items: ["a", "b", "c"], n: 7, text: "in" });
    const events: RunEvent[] = [];
    const first = await drive(plan, terms, { ports: world.ports, journal: memoryJournal(events) });
    const hash = traceHash(plan, events);

    const kept = events.map((event) => fromStored<RunEvent>(toStored(event))); // as a database gives it back
    const again = await drive(plan, terms, { ports: untouchable(world.ports.clock), journal: memoryJournal(kept) });
    expect(again, name).toEqual(first);
    expect(kept, name).toEqual(events);
    expect(traceHash(plan, kept), name).toBe(hash);
    expect(replay(plan, kept), name).toEqual(first);
  }
});

test("[R5] 3. Two parallel approvals: each answer reaches its own node.", async () => {
  const asks = (id: string) => ({ id, kind: "approval", question: id, timeoutMs: 60_000 });
  const plan = planOf(
    [
      { id: "split", kind: "parallel", ways: 2 },
      asks("one"),
      asks("two"),
      ...["a", "b", "c", "d"].map((id) => cheap(id)),
    ],
    ...["in.text > split.value", "split.way1 > one.subject", "split.way2 > two.subject"],
    ...["one.approved > a.x", "one.denied > b.x", "two.approved > c.x", "two.denied > d.x"],
  );
  for (const agreed of ["one", "two"]) {
    const answer = ({ about }: Question) => (about.node === agreed ? "approved" : "denied");
    const { calls } = await ran(plan, { answer });
    expect(calls).toEqual(agreed === "one" ? ["r/a/call", "r/d/call"] : ["r/b/call", "r/c/call"]);
  }
});
