import { AccountId, type AgentId, type Digest } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import type { FlowGraph } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import type { Manifests } from "@/flows/nodes/kind";
import type { Call } from "@/flows/plan/instructions";
import type { Plan } from "@/flows/plan/plan";
import type { Models } from "@/flows/plan/rates";
import { schemaAt } from "@/flows/run/decide";
import type { RunEvent } from "@/flows/run/events";
import type { Behaviour } from "@/flows/simulator/agents";
import { virtualClock } from "@/flows/simulator/clock";
import { drive } from "@/flows/simulator/driver";
import { memoryJournal } from "@/flows/simulator/journal";
import { plainReply, type Thought } from "@/flows/simulator/models";
import { simulateWorld } from "@/flows/simulator/world";
import { exampleOf } from "@/flows/types/assignable";

export type DryRunAsk = {
  graph: FlowGraph;
  manifests: Manifests;
  models: Models;
  input: Json;
  /** What every person who is asked says. */
  answer: "approved" | "denied";
  /** When it begins, in milliseconds since the epoch: from there on time is simulated too. */
  atMs: number;
};

/** A whole run that happened in memory alone: its plan, its journal and the values that it names. */
export type DryRun = { plan: Plan; events: readonly RunEvent[]; values: Readonly<Record<Digest, Json>> };

const YOU = AccountId.parse("you");
const CALL_MS = 1_000;
const ANSWER_MS = 5_000;

/**
 * Runs a drawing on the simulator. Each agent delivers a sample that fits its schema, for its price and in a second;
 * people answer after five. Nobody is called, asked or paid. Errors: `flow_has_problems`, when it does not compile.
 */
export async function dryRun({
  graph,
  manifests,
  models,
  input,
  answer,
  atMs,
}: DryRunAsk): Promise<Result<DryRun, { code: "flow_has_problems"; problems: number }>> {
  const compiled = compile(graph, { kinds: catalog, manifests, models });
  if (!compiled.ok) return err({ code: "flow_has_problems", problems: compiled.error.length });
  const { plan } = compiled.value;
  const currency = plan.bound[0]?.currency ?? "microcredits";
  const purse = money(
    currency,
    plan.bound.reduce((sum, { amount }) => sum + amount, 0n),
  );
  const clock = virtualClock(atMs);
  const world = simulateWorld(plan, {
    payer: YOU,
    purse,
    agents: samplers(plan),
    models: answerers(plan),
    person: () => ({ by: YOU, answer, atMs: clock.now() + ANSWER_MS }),
  });
  const values: Record<Digest, Json> = {};
  const kept = {
    ...world.ports.values,
    async put(value: Json) {
      const digest = await world.ports.values.put(value);
      values[digest] = value;
      return digest;
    },
  };
  const ports = {
    ...world.ports,
    clock,
    values: kept,
    latencyOf: (operation: string) => (/\/call(\.\d+)?$/.test(operation) ? CALL_MS : 0),
  };
  const terms = await world.terms(input);
  values[terms.input] = input;
  const events: RunEvent[] = [];
  await drive(plan, { ...terms, payer: YOU }, { journal: memoryJournal(events), ports });
  return ok({ plan, events, values });
}

/** Each model as one that answers a sample of what its steps ask for, at once and for nothing that it calls. */
function answerers(plan: Plan): ReadonlyMap<string, Thought> {
  const asked = plan.steps.flatMap(({ instruction }) => (instruction.op === "model" ? [instruction] : []));
  return new Map(
    asked.map(({ model }) => [
      model,
      ({ operation }) => {
        const step = plan.steps.find(({ id }) => operation.split("/")[1]?.split("@")[0] === id)?.instruction;
        const sample = step?.op === "model" ? exampleOf(schemaAt(plan, step.answer)) : undefined;
        return plainReply(sampleText(sample));
      },
    ]),
  );
}

/** An answer of one text is that text; any other is written down. */
function sampleText(sample: Json | undefined): string {
  const values = typeof sample === "object" && sample !== null ? Object.values(sample) : [];
  const [only] = values;
  return values.length === 1 && typeof only === "string" ? only : JSON.stringify(sample ?? {});
}

/** Each agent as one that delivers a sample of what its steps say that it gives. */
function samplers(plan: Plan): ReadonlyMap<AgentId, Behaviour> {
  const calls = plan.steps.flatMap(({ instruction }) => (instruction.op === "call" ? [instruction] : []));
  return new Map(calls.map((call) => [call.agent, sampler(plan, call)]));
}

/** A metered agent works on as many units as it may, so that a dry run costs what the worst case says. */
function sampler(plan: Plan, { output, price, metered }: Call): Behaviour {
  const sample = exampleOf(schemaAt(plan, output));
  return () =>
    sample === undefined
      ? err({ code: "agent_refused", reason: "No sample could be made that fits its schema." })
      : { output: sample, price, units: metered?.maxPerCall, detail: { mode: "sample" } };
}
