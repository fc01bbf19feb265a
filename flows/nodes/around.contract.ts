import { AccountId, type AgentId } from "../basics/ids";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import { digestOf } from "../plan/digest";
import { Manifest } from "../plan/manifest";
import type { JsonSchema } from "../types/json-schema";
import { catalog, type KindName } from "./catalog";
import type { LowerError, Lowered, Manifests, NodeKind, Ports, Surroundings } from "./kind";

const TEXT = { type: "string" };

/** An agent of the tests: 600,000 microcredits a call, a text and a key in, a summary and perhaps a mood out. */
export const agent = Manifest.parse({
  agent: "acme/reader@1.0.0",
  title: "Reader",
  description: "Reads.",
  capabilities: [],
  effect: "keyed",
  price: { currency: "microcredits", amount: "600000" },
  deadlineMs: 60_000,
  input: {
    type: "object",
    properties: { text: TEXT, count: { type: "integer" }, key: { type: "string", "x-studio-type": "secret" } },
    required: ["text"],
  },
  output: { type: "object", properties: { summary: TEXT, mood: TEXT }, required: ["summary"] },
  sends: [],
  digest: digestOf("acme/reader@1.0.0"),
  payee: "acme",
  publisher: "outside",
});

export const manifests: Manifests = new Map<AgentId, Manifest>([[agent.agent, agent]]);

/** A microcredit for a token that is read, two for one that is written. */
export const rates = { read: money("microcredits", 1_000_000n), written: money("microcredits", 2_000_000n) };

const object = { type: "object", properties: { a: TEXT, b: { type: "integer" } }, required: ["a"] };
const cap = { currency: "microcredits", amount: "600000" };

/** Settings that each kind accepts, for the properties to change. */
export const accepted: Readonly<Record<KindName, { [setting: string]: Json }>> = {
  input: { schema: object },
  output: { name: "report" },
  agent: { agent: agent.agent, cap, inputs: { count: 2 }, retries: 1 },
  model: {
    model: "house/small",
    prompt: "{{ value }}",
    output: object,
    cap,
    maxTokens: 10,
    tools: [agent.agent],
    maxCalls: 1,
  },
  approval: { question: "Send it?", approvers: ["ann"], timeoutMs: 60_000 },
  branch: { condition: "value == 1" },
  switch: { cases: [{ name: "one", when: "value == 1" }], otherwise: false },
  map: { most: 5, atOnce: 2 },
  loop: { while: "index < 2", most: 3 },
  parallel: { ways: 3 },
  join: { inputs: 3, mode: "first", first: 1 },
  transform: { inputs: ["value", "b"], gives: { c: "value", d: "{'x': b}" } },
  wait: { until: "value", mostMs: 5_000 },
  subflow: { flow: digestOf("flow"), input: object, outputs: { report: TEXT } },
  pay: { payee: "acme", cap, amount: "b * 2", inputs: ["b"] },
  guard: { rule: { by: "schema", schema: object }, otherwise: "asks", question: "Let it pass?" },
  try: { attempts: 3, catches: ["permanent"] },
  manual: {},
  schedule: { cron: "0 9 * * 1", zone: "Europe/Vienna" },
  webhook: { schema: object },
  event: { event: "run.finished", schema: object },
  note: { text: "words" },
  group: { about: "words" },
};

type Wired = { inputs?: Readonly<Record<string, JsonSchema>>; outputs?: readonly string[]; known?: Manifests };

/** Surroundings with these wires, and the schemas that a node put into the plan. */
export function wiredTo({ inputs = {}, outputs = [], known = manifests }: Wired = {}): {
  around: Surroundings;
  put: JsonSchema[];
} {
  const put: JsonSchema[] = [];
  const around: Surroundings = {
    manifests: known,
    models: new Map([["house/small", { payee: AccountId.parse("model-house"), publisher: "house", rates }]]),
    wiredInputs: new Map(Object.entries(inputs)),
    wiredOutputs: new Set(outputs),
    schema(schema) {
      put.push(schema);
      return digestOf(schema);
    },
  };
  return { around, put };
}

/** The kind as shared code sees it: whatever its settings are. */
export function kindOf(name: KindName): NodeKind {
  return catalog[name] as unknown as NodeKind;
}

/** What a node comes to. Errors: an Error when its settings are refused or it has faults; ask `faultsOf` for those. */
export function lowered(name: KindName, settings: unknown, wired: Wired = {}): Lowered {
  const kind = kindOf(name);
  const answer = kind.lower(kind.settings.parse(settings), wiredTo(wired).around);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

/** What is wrong with a node: the fields that its settings refuse, or the faults that it finds in its surroundings. */
export function faultsOf(name: KindName, settings: unknown, wired: Wired = {}): (string | LowerError)[] {
  const kind = kindOf(name);
  const parsed = kind.settings.safeParse(settings);
  if (!parsed.success) return parsed.error.issues.map(({ path }) => path.join("."));
  const answer = kind.lower(parsed.data, wiredTo(wired).around);
  return answer.ok ? [] : answer.error;
}

/** The names of the ports of a node, inputs that are required with a mark. */
export function portNames(name: KindName, settings: unknown): unknown {
  const kind = kindOf(name);
  const ports: Ports | null = kind.ports(kind.settings.parse(settings), manifests);
  if (!ports) return null;
  const ins = (list: Ports["inputs"]) => list.map(({ name, required }) => (required ? `${name}!` : name));
  const outs = (list: Ports["outputs"]) => list.map(({ name }) => name);
  const inside = ports.inside ? { inside: [outs(ports.inside.outputs), ins(ports.inside.inputs)] } : {};
  return { inputs: ins(ports.inputs), outputs: outs(ports.outputs), ...inside };
}
