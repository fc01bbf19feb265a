import type { AccountId, AgentId, Approver, Digest } from "../basics/ids";
import type { Money } from "../basics/money";
import type { EffectClass } from "../types/agent-manifest";
import type { Metered } from "../types/price";
import type { Agreement } from "./agreement";
import type { Kept } from "./sources";

/** The schemas of what a step takes, by name: they decide what an expression sees. */
export type Reads = Readonly<Record<string, Digest>>;

/** Calls one agent for at most `cap`. `price` is the most that its price comes to; of a `metered` one the agent says how
 * many units it worked on. Everything that judges its answer is here or in the plan's schemas. A call that failed without
 * being paid may be made again, `retries` times, each time as an operation of its own; after that, an error that it
 * `catches` closes it, unpaid, on `failed`. `whole` names the one thing that it takes, which is then its input as a
 * whole. */
export type Call = {
  op: "call";
  agent: AgentId;
  manifest: Digest;
  cap: Money;
  price: Money;
  metered?: Omit<Metered, "kind">;
  payee: AccountId;
  publisher: "house" | "outside";
  effect: EffectClass;
  deadlineMs: number;
  retries: number;
  catches?: readonly ErrorClass[];
  input: Digest;
  output: Digest;
  whole?: string;
};

/** What a language model costs. Units: money for a million tokens. No amount of a plan lies under "input" or "output". */
export type Rates = { read: Money; written: Money };

/** Under these names a turn takes what was said before it: no input of a prompt is called so, for it has no space. */
export const EARLIER = "earlier turns";
export const ANSWERS = "answers of agents";

/** What a model may ask for. Who is called, who is paid and at most how much stands in a step of the plan behind it. */
export type Tool = { name: string; description: string; input: Digest };

/**
 * Asks a language model once, for at most `cap`: one turn of at most `turns`. It reads at most `window` tokens and writes
 * at most `tokens`. It answers with what fits `answer`, or asks for at most `calls` of its `tools`, over all turns; it can
 * choose among them and fill in their inputs, and nothing else. `output` is the form of a turn.
 */
export type Model = {
  op: "model";
  model: string;
  cap: Money;
  rates: Rates;
  payee: AccountId;
  publisher: "house" | "outside";
  deadlineMs: number;
  prompt: string;
  reads: Reads;
  answer: Digest;
  output: Digest;
  tools: readonly Tool[];
  limits: { calls: number; turns: number; tokens: number; window: number };
};

/** Pays a payee that stands in the plan. `amount` is a literal, or an expression whose answer is paid up to `cap`. */
export type Pay = {
  op: "pay";
  payee: AccountId;
  publisher: "house" | "outside";
  cap: Money;
  amount: { fixed: Money } | { expression: string };
  reads: Reads;
};

/**
 * Asks people. `unlocks` is the most that can be spent, and on whom, once they have said yes. Without an `agreement` one yes
 * is enough, one no refuses, and nothing can be edited.
 */
export type Ask = {
  op: "ask";
  question: string;
  approvers: readonly Approver[];
  timeoutMs: number;
  denial: "fails" | "continues";
  unlocks: { bound: readonly Money[]; payees: readonly AccountId[]; agents: readonly AgentId[] };
  agreement?: Agreement;
};

/** Opens the port of the first case whose condition holds, else `otherwise`; without one the step fails. */
export type Choose = {
  op: "choose";
  cases: readonly { port: string; when: string }[];
  otherwise: string | null;
  reads: Reads;
};

/** What a guard demands: a value that fits a schema, a condition that holds, or a text without these words. */
export type GuardRule =
  | { by: "schema"; schema: Digest }
  | { by: "expression"; condition: string }
  | { by: "blocklist"; words: readonly string[] };

/** Lets a value through on `passed`. What does not pass fails the step, or leaves it on `held` for a person to see. */
export type Guard = { op: "guard"; rule: GuardRule; otherwise: "fails" | "continues"; reads: Reads };

/** Makes an object of named expressions over what it takes. */
export type Compute = { op: "compute"; gives: Readonly<Record<string, string>>; reads: Reads };

/** Makes `values`, a list of what has come in by the gates that were open, in order, and `first` of them. The input
 * `ways[i]` comes by `gates[i]` of the step. `only`: it makes `first` alone, and nothing where nothing came. */
export type Join = { op: "join"; ways: readonly string[]; only?: "first" };

/** Closes as soon as it opens: a place where several gates become one. */
export type Pass = { op: "pass" };

/** Waits for a time, or until the moment that an expression gives, and never longer than `mostMs`. */
export type Wait = { op: "wait"; until: { afterMs: number } | { expression: string }; mostMs: number; reads: Reads };

/** A body of `body` steps, and what each round gives. All rounds together spend at most `cap`, where there is one. */
type Body = { body: number; gives: Kept | null; cap?: Money };

/** Does its body once for each of `items`, at most `most` of them, `atOnce` at a time. More items fail the step. */
export type MapOver = Body & { op: "map"; most: number; atOnce: number };

/**
 * Does its body while the condition holds over `value` and `index`, at most `most` times; then, or once its cap has no
 * room for what comes next, it closes on `atLimit`.
 */
export type Loop = Body & {
  op: "loop";
  most: number;
  while: string;
  reads: Reads;
  atLimit: "done" | "limit";
};

/** What may be tried again, or caught. A denial is of no class: nothing comes after it. */
export type ErrorClass = "transient" | "resource" | "permanent" | "business";

/** Does its body; after an error of one of these classes again, `attempts` times in all, then it closes on `caught`. */
export type Try = Body & { op: "try"; attempts: number; catches: readonly ErrorClass[] };

/** The closed instruction set. Node kinds are many; what a run can do to the world is few. */
export type Instruction =
  | Call
  | Model
  | Pay
  | Ask
  | Choose
  | Guard
  | Compute
  | Join
  | Pass
  | Wait
  | MapOver
  | Loop
  | Try;

/** Instructions that move money. */
export type Paying = Call | Model | Pay;
/** Instructions with a body. */
export type Container = MapOver | Loop | Try;

export function isPaying(instruction: Instruction): instruction is Paying {
  return instruction.op === "call" || instruction.op === "model" || instruction.op === "pay";
}

export function isContainer(instruction: Instruction): instruction is Container {
  return instruction.op === "map" || instruction.op === "loop" || instruction.op === "try";
}

/** How often the body of a container can be done. */
export function roundsOf(container: Container): number {
  return container.op === "try" ? container.attempts : container.most;
}

/** The ports on which a step with this instruction can close. */
export function portsOfInstruction(instruction: Instruction): readonly string[] {
  switch (instruction.op) {
    case "call":
      return instruction.catches ? ["done", "failed"] : ["done"];
    case "ask":
      return ["approved", "denied"];
    case "choose": {
      const ports = [...instruction.cases.map(({ port }) => port), instruction.otherwise];
      return [...new Set(ports)].filter((port) => port !== null);
    }
    case "guard":
      return ["passed", "held"];
    case "loop":
      return ["done", "limit"];
    case "try":
      return ["done", "caught"];
    default:
      return ["done"];
  }
}
