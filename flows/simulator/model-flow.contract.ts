import { expect } from "vitest";
import { AccountId, AgentId } from "../basics/ids";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import { type Compiled, compile } from "../compile/compile";
import { FlowDocument } from "../graph/graph";
import { VERSION } from "../graph/migrate";
import { catalog } from "../nodes/catalog";
import { digestOf } from "../plan/digest";
import { Manifest } from "../plan/manifest";
import type { Models } from "../plan/rates";
import { toStored } from "../plan/stored";
import { referredIn } from "../ports/values";
import { chainOf, extended, sealClosing, sealStep } from "../receipts/chain";
import { signingKey } from "../receipts/keys";
import { readReceiptFile } from "../receipts/read-file";
import { verifyReceipts } from "../receipts/verify";
import type { RunEvent } from "../run/events";
import type { Receipt, RunState } from "../run/state";
import { transition } from "../run/transition";
import { mostPerCall } from "../types/price";
import type { Behaviour } from "./agents";
import { drive } from "./driver";
import { memoryJournal } from "./journal";
import { plainReply, type Thought } from "./models";
import { simulateWorld, type WorldOptions } from "./world";

const TEXT = { type: "string" };
export const YOU = AccountId.parse("you");
export const MODEL = "house/small";
/** A microcredit for a token that is read or written. */
const rate = money("microcredits", 1_000_000n);
export const models: Models = new Map([
  [MODEL, { payee: AccountId.parse("studio"), publisher: "house", rates: { read: rate, written: rate } }],
]);

function agent(id: string, price: string): Manifest {
  return Manifest.parse({
    agent: id,
    title: id,
    description: "Does what it says.",
    capabilities: [],
    effect: "keyed",
    price: { currency: "microcredits", amount: price },
    deadlineMs: 60_000,
    input: { type: "object", properties: { query: TEXT }, required: ["query"], additionalProperties: false },
    output: { type: "object", properties: { found: TEXT, note: TEXT }, required: ["found"] },
    sends: [],
    digest: digestOf(id),
    payee: id.split("/")[0],
    publisher: "outside",
  });
}

export const SEARCH = AgentId.parse("acme/search@1.0.0");
export const READER = AgentId.parse("bolt/reader@1.0.0");
export const manifests = new Map(
  [agent(SEARCH, "1000000"), agent(READER, "2000000")].map((each) => [each.agent, each]),
);

export const asked = {
  model: MODEL,
  prompt: "Find out about {{ topic }}.",
  inputs: ["topic"],
  output: { type: "object", properties: { answer: TEXT }, required: ["answer"] },
  cap: { currency: "microcredits", amount: "5000000" },
  tools: [SEARCH, READER],
  maxCalls: 6,
  maxTurns: 5,
  maxTokens: 1_000,
  window: 4_000,
} satisfies { [setting: string]: Json };

/** A form with a topic, a model, its answer as the result, and where it is wired what it stopped with. */
export function researchFlow(
  settings: { [setting: string]: Json } = {},
  more: { stopped?: boolean; result?: string } = {},
) {
  const node = (id: string, kind: string, own: { [setting: string]: Json }) => ({ id, kind, title: id, settings: own });
  const wire = (from: [string, string], to: [string, string]) => ({
    from: { node: from[0], output: from[1] },
    to: { node: to[0], input: to[1] },
  });
  return FlowDocument.parse({
    version: VERSION,
    nodes: [
      node("form", "input", { schema: { type: "object", properties: { topic: TEXT }, required: ["topic"] } }),
      node("ask", "model", { ...asked, ...settings }),
      node("result", "output", { name: "answer" }),
      ...(more.stopped ? [node("end", "output", { name: "stopped" })] : []),
    ],
    wires: [
      wire(["form", "topic"], ["ask", "topic"]),
      wire(["ask", more.result ?? "answer"], ["result", "value"]),
      ...(more.stopped ? [wire(["ask", "stopped"], ["end", "value"])] : []),
    ],
    layout: {},
  });
}

export function compiled(document: FlowDocument): Compiled {
  const made = compile(document, { kinds: catalog, manifests, models });
  if (!made.ok) throw new Error(JSON.stringify(made.error, (_, each) => (typeof each === "bigint" ? `${each}` : each)));
  return made.value;
}

export const finds: ReadonlyMap<AgentId, Behaviour> = new Map(
  [...manifests.values()].map(({ agent, price }) => [
    agent,
    ({ input }) => ({
      output: { found: `about ${(input as { query: string }).query}` },
      price: mostPerCall(price),
      detail: {},
    }),
  ]),
);

type Around = { agents?: ReadonlyMap<AgentId, Behaviour> } & Pick<WorldOptions, "policy"> & {
    person?: WorldOptions["person"];
    topic?: string;
  };

/** Runs the flow on the simulator, with this in the place of its model. */
export async function thinking({ plan }: Compiled, model: Thought, around: Around = {}) {
  const { agents = finds, person = () => null, topic = "tides", ...more } = around;
  const purse = money("microcredits", 100_000_000n);
  const world = simulateWorld(plan, { payer: YOU, purse, agents, models: new Map([[MODEL, model]]), person, ...more });
  const events: RunEvent[] = [];
  const terms = { ...(await world.terms({ topic })), payer: YOU };
  await drive(plan, terms, { journal: memoryJournal(events), ports: world.ports });
  const receipts: Receipt[] = [];
  let state: RunState | null = null;
  for (const event of events) {
    const next = transition(plan, state, event);
    if (next.state !== state) receipts.push(...next.receipts);
    state = next.state;
  }
  return { world, events, receipts, state, ending: state?.ending ?? null };
}

const key = signingKey("07".repeat(32));

/** All that a verifier tries of the receipts of a run holds; after reading the file as it is saved. */
export function expectProved({ plan, hash }: Compiled, run: Awaited<ReturnType<typeof thinking>>): void {
  const { state, receipts } = run;
  if (!state) throw new Error("the run has not begun");
  let chain = chainOf({ run: state.run, plan: hash });
  const sealed = receipts.map((receipt) => {
    const next = sealStep(chain, receipt, key);
    chain = extended(chain, next);
    return next;
  });
  const all = [...sealed, sealClosing(chain, state, key)];
  const file = { version: 1, run: state.run, plan, receipts: all, keys: { [key.id]: key.publicKey } };
  const read = readReceiptFile(toStored(file));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const verdict = verifyReceipts(read.value, { trustedKeys: [key.publicKey] });
  expect(verdict.failed).toEqual([]);
  expect(verdict.verified).toBe(all.length);
}

/** Says these one after the other. */
export function script(...replies: ReturnType<typeof plainReply>[]): Thought {
  let place = 0;
  return () => replies[Math.min(place++, replies.length - 1)] ?? plainReply("");
}

/** The results of a run that succeeded, as values. */
export async function resultsOf({
  ending,
  world,
}: Awaited<ReturnType<typeof thinking>>): Promise<Record<string, Json>> {
  if (ending?.result !== "succeeded") throw new Error(JSON.stringify(ending));
  const found: Record<string, Json> = {};
  for (const [name, ref] of Object.entries(ending.results))
    found[name] =
      ref.from === "constant" ? ref.value : (referredIn(await world.ports.values.get(ref.digest), ref) ?? null);
  return found;
}
