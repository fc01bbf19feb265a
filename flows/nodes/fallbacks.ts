import type { AgentId } from "../basics/ids";
import type { Money } from "../basics/money";
import { err, ok, type Result } from "../basics/result";
import { sameJson } from "../basics/same-json";
import type { Call, ErrorClass } from "../plan/instructions";
import type { Manifest } from "../plan/manifest";
import { assignable } from "../types/assignable";
import type { JsonSchema } from "../types/json-schema";
import { labelsFlow } from "../types/labels";
import { mostPerCall } from "../types/price";
import { portSchema, portsOf } from "../types/schema-ports";
import { validate } from "../types/validate";
import {
  type LowerError,
  type Lowered,
  type LoweredStep,
  nothing,
  type Offer,
  type Surroundings,
  type Take,
} from "./kind";
import { main } from "./ports";

export const MOST_FALLBACKS = 3;
/** What another agent may do better: it was away or late, it broke its contract, or it refused the work. */
const CAUGHT: readonly ErrorClass[] = ["transient", "permanent", "business"];

type Takes = Readonly<Record<string, Take>>;
type Primary = { manifest: Manifest; takes: Takes; others: readonly AgentId[]; call: Call };
type Made = (terms: { manifest: Manifest; most: Money; retries: number }, around: Surroundings) => Call;
type Beside = { around: Surroundings; cap: Money | undefined; callOf: Made };

/**
 * A call, and after it one of each other agent that waits for the failure of the one before. Whoever delivers first is
 * the node's output: for each of its fields a join takes it from the one call that made it. [R41]
 */
export function lowerFallbacks(primary: Primary, beside: Beside): Result<Lowered, LowerError[]> {
  const { manifest, takes, others, call } = primary;
  const faults: LowerError[] = [];
  const steps: LoweredStep[] = [main(others.length > 0 ? { ...call, catches: CAUGHT } : call, takes)];
  for (const [place, id] of others.entries()) {
    const other = beside.around.manifests.get(id);
    if (!other) {
      faults.push({ code: "agent_unknown", agent: id });
      continue;
    }
    const most = mostPerCall(other.price);
    faults.push(...misfits({ manifest, other, takes, field: `fallbacks.${place}` }, beside));
    const own = beside.callOf({ manifest: other, most, retries: call.retries }, beside.around);
    const isLast = place === others.length - 1;
    steps.push({
      name: `fallback-${place + 1}`,
      instruction: isLast ? own : { ...own, catches: CAUGHT },
      takes: Object.fromEntries(Object.entries(takes).filter(([name]) => portSchema(other.input, name) !== null)),
      after: [{ step: place === 0 ? "" : `fallback-${place}`, port: "failed" }],
    });
  }
  if (faults.length > 0) return err(faults);
  return ok({ ...nothing, ...gathered(manifest, steps) });
}

/** One join for each field, over all of the calls. */
function gathered({ output }: Manifest, calls: readonly LoweredStep[]): Pick<Lowered, "steps" | "offers"> {
  const after = calls.map(({ name }) => ({ step: name, port: "done" }));
  const ways = calls.map((_, place) => `way${place + 1}`);
  const ports = portsOf(output);
  const joins = ports.map(({ name: field }, place): LoweredStep => {
    const takes = calls.map(({ name }, at) => [ways[at] ?? "", { from: "own", step: name, field }] as const);
    const instruction = { op: "join", ways, only: "first" } as const;
    return { name: `output-${place + 1}`, instruction, takes: Object.fromEntries(takes), after, need: 1 };
  });
  const offers = ports.map(({ name, schema, required }, place): [string, Offer] => {
    const step = `output-${place + 1}`;
    return [name, { value: "made", step, field: "first", port: "done", schema, optional: !required }];
  });
  return { steps: [...calls, ...joins], offers: Object.fromEntries(offers) };
}

type Pair = { manifest: Manifest; other: Manifest; takes: Takes; field: string };

/** Why one agent cannot stand in for another. What only the run could tell is refused: nobody could wire around it. */
function misfits({ manifest, other, takes, field }: Pair, { around, cap }: Beside): LowerError[] {
  const price = mostPerCall(other.price);
  const covers = !cap || (cap.currency === price.currency && cap.amount >= price.amount);
  const problems = [...inputProblems({ other, takes }, around), ...outputProblems(manifest, other)];
  return [
    ...(covers ? [] : [{ code: "cap_below_price", cap, price } as const]),
    ...problems.map(
      (problem): LowerError => ({ code: "settings_invalid", field, problem: `${other.title} ${problem}` }),
    ),
  ];
}

function inputProblems({ other, takes }: Pick<Pair, "other" | "takes">, { wiredInputs }: Surroundings): string[] {
  const missing = (other.input.required ?? []).filter((name) => !Object.hasOwn(takes, name));
  const wrong = Object.entries(takes).flatMap(([name, take]): string[] => {
    const schema = portSchema(other.input, name);
    if (schema === null) return [];
    const fits =
      take.from === "constant" ? validate(schema, take.value).ok : mayTake(wiredInputs.get(name) ?? true, schema);
    return fits ? [] : [`takes another ${name}.`];
  });
  return [...missing.map((name) => `needs ${name}, which is not given here.`), ...wrong];
}

function mayTake(from: JsonSchema, to: JsonSchema): boolean {
  return labelsFlow(from, to).ok && (from === true || assignable(from, to).answer !== "no");
}

function outputProblems(manifest: Manifest, other: Manifest): string[] {
  return portsOf(manifest.output).flatMap(({ name, schema, required }): string[] => {
    const own = portsOf(other.output).find((port) => port.name === name);
    if (!own) return required ? [`does not give ${name}.`] : [];
    if (required && !own.required) return [`does not always give ${name}.`];
    const fits = sameJson(own.schema, schema) || assignable(own.schema, schema).answer === "yes";
    return fits && labelsFlow(own.schema, schema).ok ? [] : [`gives another ${name}.`];
  });
}
