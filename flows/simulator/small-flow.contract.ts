import { AccountId, type AgentId } from "../basics/ids";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import { compile } from "../compile/compile";
import { randomAgents } from "../compile/random-pieces.contract";
import { FlowDocument } from "../graph/graph";
import { catalog } from "../nodes/catalog";
import type { AgentCall } from "../ports/agents";
import type { Question } from "../ports/approvals";
import type { PolicyAction, PolicyVerdict } from "../ports/policy";
import { referredIn } from "../ports/values";
import type { RunEvent } from "../run/events";
import { viewOf } from "../run/view";
import type { Behaviour } from "./agents";
import { drive } from "./driver";
import { memoryJournal } from "./journal";
import { simulateWorld } from "./world";

export const ada = AccountId.parse("ada");
const PURSE = 100_000n;
export type Node = { id: string; kind: string; parent?: string; [setting: string]: Json | undefined };

const FORM: Node = {
  id: "in",
  kind: "input",
  schema: {
    type: "object",
    properties: { items: { type: "array" }, n: { type: "integer" }, text: { type: "string" } },
  },
};
export const cheap = (id: string, parent?: string): Node => ({
  id,
  kind: "agent",
  agent: "acme/cheap@1.0.0",
  ...(parent ? { parent } : {}),
});

/** A flow in a few lines: nodes with their settings, wires as "node.output > node.input". */
export function planOf(nodes: readonly Node[], ...wires: string[]) {
  const document = FlowDocument.parse({
    version: 2,
    nodes: [FORM, ...nodes].map(({ id, kind, parent, ...settings }) => ({
      id,
      kind,
      title: id,
      settings,
      ...(parent ? { parent } : {}),
    })),
    wires: wires.map((text) => {
      const [from = [], to = []] = text.split(" > ").map((end) => end.split("."));
      return { from: { node: from[0], output: from[1] }, to: { node: to[0], input: to[1] } };
    }),
    layout: {},
  });
  const compiled = compile(document, { kinds: catalog, manifests: randomAgents });
  if (!compiled.ok) throw new Error(compiled.error.map(({ code }) => code).join(", "));
  return compiled.value.plan;
}

type Word = "approved" | "denied";
type Around = {
  agent?: (call: AgentCall, count: number) => ReturnType<Behaviour>;
  answer?: Word | ((question: Question) => Word);
  policy?: (action: PolicyAction) => PolicyVerdict;
};

export const works = { output: { text: "out", list: ["x"], n: 1 }, price: money("microcredits", 3n), detail: {} };

/** Runs a flow to its end over three items and the number 7. */
export async function ran(
  plan: ReturnType<typeof planOf>,
  { agent = () => works, answer = "approved", policy }: Around = {},
) {
  let count = 0;
  const behaviour: Behaviour = (call) => agent(call, count++);
  const agents = new Map<AgentId, Behaviour>(plan.authority.agents.map((id) => [id, behaviour]));
  const person = (question: Question) => ({
    ...{ by: ada, atMs: 10 },
    answer: typeof answer === "string" ? answer : answer(question),
  });
  const options = { payer: ada, purse: money("microcredits", PURSE), agents, person, ...(policy ? { policy } : {}) };
  const world = simulateWorld(plan, options);
  const events: RunEvent[] = [];
  const terms = await world.terms({ items: ["a", "b", "c"], n: 7, text: "in" });
  const { state, receipts } = await drive(plan, terms, { ports: world.ports, journal: memoryJournal(events) });
  if (!state?.ending) throw new Error("the run came to no end");
  const { ending } = state;
  const results: Record<string, Json | null> = {};
  for (const [name, ref] of Object.entries(ending.result === "succeeded" ? ending.results : {})) {
    const whole = ref.from === "constant" ? null : await world.ports.values.get(ref.digest);
    results[name] = ref.from === "constant" ? ref.value : (referredIn(whole, ref) ?? null);
  }
  const spent = PURSE - world.ports.credits.balance(ada, "microcredits");
  return {
    ending,
    receipts,
    results,
    spent,
    calls: world.performed(),
    views: viewOf(plan, events).steps,
    plan,
    events,
  };
}
