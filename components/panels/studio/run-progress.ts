import type { ShownRun } from "@/components/api/answers";
import type { NodeRun, Progress } from "@/components/store/run-slice";
import type { Money } from "@/flows/basics/money";
import type { FlowDocument, Wire } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import type { StepView } from "@/flows/run/view";

type Seen = Pick<ShownRun, "steps" | "document">;

/** What nodes and wires show of a run. */
export function progressOf(seen: Seen): Progress {
  const last = lastSteps(seen.steps);
  return { nodes: nodesOf(seen, last), wires: wiresOf(seen, last) };
}

/** Each node shows its own steps, or without any, what has reached it. */
function nodesOf({ steps, document }: Seen, last: ReadonlyMap<string, StepView>): Record<string, NodeRun> {
  const byNode = new Map<string, StepView[]>();
  for (const step of steps) byNode.set(step.node, [...(byNode.get(step.node) ?? []), step]);
  return Object.fromEntries(
    document.nodes.map((node) => {
      const own = byNode.get(node.id);
      return [node.id, own ? ofSteps(own) : { ...still, status: reached(document, last, node.id) }];
    }),
  );
}

function lastSteps(steps: readonly StepView[]): ReadonlyMap<string, StepView> {
  const last = new Map<string, StepView>();
  for (const step of steps) {
    const known = last.get(step.node);
    if (!known || known.path.length >= step.path.length) last.set(step.node, step);
  }
  return last;
}

/** A wire from the run's input has brought something from the start; one that only waits shows nothing. */
function wiresOf({ document }: Seen, last: ReadonlyMap<string, StepView>): Progress["wires"] {
  const arrivals = document.wires.map((wire) => [wireKey(wire), arrivalOf(wire, last.get(wire.from.node))] as const);
  return Object.fromEntries(arrivals.flatMap(([key, came]) => (came === "waiting" ? [] : [[key, came] as const])));
}

const still = { ms: null, paid: null, question: null };

/** What has to be seen first comes first: a node whose body is done many times shows the most urgent of its rounds. */
const URGENT: readonly StepView["status"][] = [
  "needs_you",
  "unknown",
  "failed",
  "running",
  "paused",
  "waiting",
  "done",
  "skipped",
];

function ofSteps(steps: readonly StepView[]): NodeRun {
  const frames = framesOf(steps);
  const within = steps.filter((step) => !frames.includes(step) && step.status !== "failed"); // it may be caught yet
  const looked = frames.every(({ status }) => OVER.has(status)) ? frames : [...frames, ...within];
  const status = URGENT.find((urgent) => looked.some((step) => step.status === urgent)) ?? "waiting";
  const opened = steps.flatMap(({ openedAtMs }) => openedAtMs ?? []);
  const closed = steps.flatMap(({ closedAtMs }) => closedAtMs ?? []);
  const over = opened.length > 0 && closed.length === steps.length;
  const ms = over ? Math.max(...closed) - Math.min(...opened) : null;
  const question = steps.find((step) => step.question)?.question?.operation ?? null;
  return { status, ms, paid: sumOf(steps.flatMap(({ paid }) => paid ?? [])), question };
}

const OVER: ReadonlySet<StepView["status"]> = new Set(["done", "failed", "skipped"]);

/** The outermost steps of a node that comes to steps within steps: once they are over, they say how it went. */
function framesOf(steps: readonly StepView[]): readonly StepView[] {
  const least = Math.min(...steps.map(({ path }) => path.length));
  return steps.filter(({ path }) => path.length === least);
}

/** A run pays in one currency. */
function sumOf([first, ...others]: readonly Money[]): Money | null {
  if (!first) return null;
  const amount = others.reduce((sum, each) => sum + each.amount, first.amount as bigint);
  return { currency: first.currency, amount } as Money; // not through its shape, which no canvas has to load
}

function reached(document: FlowDocument, steps: ReadonlyMap<string, StepView>, node: string): NodeRun["status"] {
  const wires = document.wires.filter(({ to }) => to.node === node);
  const arrivals = wires.map((wire) => arrivalOf(wire, steps.get(wire.from.node)));
  if (arrivals.includes("skipped")) return "skipped";
  return arrivals.every((arrival) => arrival === "done") ? "done" : "waiting";
}

/** What a wire has brought: from a node without a step, the run's input, which is there from the start. */
function arrivalOf({ from }: Wire, step: StepView | undefined): "done" | "waiting" | "skipped" {
  if (!step) return "done";
  if (step.status === "skipped" || step.status === "failed") return "skipped";
  if (step.status !== "done") return "waiting";
  return DECIDES.has(step.op) && step.port !== from.output ? "skipped" : "done";
}

/** Steps whose ports are outputs of their node, of which one opens. */
const DECIDES = new Set<StepView["op"]>(["ask", "choose"]);
