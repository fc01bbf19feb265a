import { expect, test } from "vitest";
import { AccountId, type AgentId } from "../basics/ids";
import type { Json } from "../basics/json";
import { type Money, money } from "../basics/money";
import { compile } from "../compile/compile";
import { defaultsOf } from "../examples/sample";
import { sampleManifests } from "../examples/sample-manifests";
import { samples } from "../examples/samples";
import { catalog } from "../nodes/catalog";
import type { AgentCall } from "../ports/agents";
import { referredIn } from "../ports/values";
import { stepClaims } from "../receipts/step-claims";
import type { Behaviour } from "./agents";
import { drive } from "./driver";
import { memoryJournal } from "./journal";
import { simulateWorld } from "./world";

const ada = AccountId.parse("ada");
const PURSE = 50_000_000n;
const credits = (amount: bigint): Money => money("microcredits", amount);

/** The analyst finds nothing odd; the summariser keeps half of a text; the reader and who answers say one sentence. */
const behaviour: Behaviour = ({ agent, input }: AgentCall) => {
  if (agent.includes("analyst"))
    return {
      output: { report: "Forty rows, all as usual.", outliers: [], chart: "<svg/>" },
      price: credits(600_000n),
      detail: {},
    };
  if (agent.includes("extractor")) {
    const [title, text] = ["Report", "The chair is Ingrid Solheim."];
    return { output: { title, text, documents: [{ title, text }] }, price: credits(500_000n), detail: {} };
  }
  if (agent.includes("knowledge")) {
    const { documents } = input as { documents: { text: string }[] };
    const answer = documents[0]?.text ?? "";
    return { output: { answer, found: true, sources: [answer] }, price: credits(400_000n), detail: {} };
  }
  const { text } = input as { text: string };
  return { output: { summary: text.slice(0, Math.ceil(text.length * 0.75)) }, price: credits(400_000n), detail: {} };
};

/** Runs a sample to its end with somebody who agrees to everything. */
async function ran(id: string) {
  const document = samples.find((sample) => sample.id === id)?.document;
  if (!document) throw new Error(`there is no sample ${id}`);
  const compiled = compile(document, { kinds: catalog, manifests: sampleManifests });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const { plan } = compiled.value;
  const agents = new Map<AgentId, Behaviour>(plan.authority.agents.map((agent) => [agent, behaviour]));
  const person = ({ untilMs }: { untilMs: number }) => ({ by: ada, answer: "approved", atMs: untilMs - 1 }) as const;
  const world = simulateWorld(plan, { payer: ada, purse: credits(PURSE), agents, person });
  const terms = await world.terms(defaultsOf(document));
  const { state, receipts } = await drive(plan, terms, { ports: world.ports, journal: memoryJournal() });
  const { ending } = state ?? {};
  if (!state || ending?.result !== "succeeded") throw new Error(JSON.stringify(ending));
  const results: Record<string, Json | undefined> = {};
  for (const [name, ref] of Object.entries(ending.results)) {
    const whole = ref.from === "stored" ? await world.ports.values.get(ref.digest) : null;
    results[name] = ref.from === "stored" ? (referredIn(whole, ref) ?? null) : ref.value;
  }
  const spent = PURSE - world.ports.credits.balance(ada, "microcredits");
  return { plan, state, receipts, results, spent, calls: world.performed() };
}

test.each(samples.map(({ id }) => id))("[C3] %s runs to its end, within its bound, as its receipts say", async (id) => {
  const { plan, state, receipts, spent } = await ran(id);
  const bound = plan.bound.reduce((total, { amount }) => total + amount, 0n);
  expect(spent).toBeGreaterThan(0n);
  expect(spent).toBeLessThanOrEqual(bound);
  const links = receipts.map((step) => ({
    sealed: null as never,
    body: { kind: "step", run: state.run, step } as never,
  }));
  for (const { holds, failed } of stepClaims(plan, links, ada)) expect([holds, failed]).toEqual([true, failed]);
});

test("[R20] paragraph by paragraph pays for long paragraphs only, and for six at most", async () => {
  const { plan, calls, results } = await ran("paragraph-by-paragraph");
  expect(plan.bound).toEqual([credits(2_400_000n)]);
  expect(calls.length).toBeGreaterThan(1);
  expect(String(results.sentences).split("\n")).toHaveLength(calls.length);
});

test("[R17] shorter and shorter goes round while the text is too long, and a person takes what still is", async () => {
  const { plan, calls, results, receipts } = await ran("shorter-and-shorter");
  expect(plan.bound).toEqual([credits(1_200_000n)]);
  expect(calls).toEqual(["r/shorten@0/call", "r/shorten@1/call", "r/shorten@2/call"]);
  expect(String(results["short text"]).length).toBeGreaterThan(400);
  expect(receipts.filter(({ port }) => port === "approved").map(({ step }) => step)).toEqual(["fits.ask"]);
});

test("[C10] checked summary asks within the pinned flow, and counts both attempts in its worst case", async () => {
  const { plan, calls, receipts } = await ran("checked-summary");
  expect(plan.bound).toEqual([credits(2n * 600_000n + 400_000n)]);
  expect(calls).toEqual(["r/analyse@0/call", "r/summary.write/call"]);
  expect(receipts.filter(({ port }) => port === "approved").map(({ step }) => step)).toEqual(["summary.look"]);
});

test("[C2] answers from a report reads, answers and asks in this order, and gives the answer that was agreed to", async () => {
  const { plan, calls, results, receipts } = await ran("answers-from-a-report");
  expect(plan.bound).toEqual([credits(900_000n)]);
  expect(calls).toEqual(["r/read/call", "r/ask/call"]);
  expect(results).toEqual({ answer: "The chair is Ingrid Solheim.", sources: ["The chair is Ingrid Solheim."] });
  expect(receipts.filter(({ port }) => port === "approved").map(({ step }) => step)).toEqual(["look"]);
});
