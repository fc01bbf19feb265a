import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import { compile } from "../compile/compile";
import { meaningDigest } from "../compile/inline";
import { FlowDocument, PinnedFlow } from "../graph/graph";
import { catalog } from "../nodes/catalog";
import type { Question } from "../ports/approvals";
import { toldTurn } from "../run/told-turn";
import { viewOf } from "../run/view";
import {
  compiled,
  expectProved,
  manifests,
  models,
  READER,
  researchFlow,
  resultsOf,
  SEARCH,
  script,
  thinking,
} from "./model-flow.contract";
import { plainReply } from "./models";

/** As a store may give an object back: with its fields in another order. */
function backwards(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}

const call = (tool: string, input: object) => plainReply("", { calls: [{ id: "c1", tool, input: input as never }] });

test("[M4] a branch and an approval understand what a model decided", async () => {
  const asks = researchFlow({ tools: [], maxCalls: 0, actions: ["send", "hold"] });
  const node = (id: string, kind: string, settings: object) => ({ id, kind, title: id, settings });
  const wire = (from: string, to: string) => {
    const [[source, output], [target, input]] = [from.split("."), to.split(".")];
    return { from: { node: source, output }, to: { node: target, input } };
  };
  const made = compiled(
    FlowDocument.parse({
      ...asks,
      nodes: [
        ...asks.nodes,
        node("sure", "branch", { condition: 'value.action == "send" && value.confidence > 0.8' }),
        node("look", "approval", { question: "Send it?", approvers: ["@starter"], timeoutMs: 60_000 }),
        node("sent", "output", { name: "sent" }),
        node("held", "output", { name: "held" }),
      ],
      wires: [
        ...asks.wires,
        wire("ask.decision", "sure.value"),
        wire("sure.yes", "look.subject"),
        wire("look.approved", "sent.value"),
        wire("sure.no", "held.value"),
      ],
    }),
  );
  const decides = (confidence: number) => {
    const decision = { action: "send", confidence, reasoning: "It is late." };
    return script(plainReply(JSON.stringify({ answer: "x", decision })));
  };
  const person = ({ about }: Question) => {
    expect(Object.keys(about.shows)).toEqual(["subject"]);
    return { by: AccountId.parse("you"), answer: "approved", atMs: 1 } as const;
  };
  const agreed = await thinking(made, decides(0.9), { person });
  expect(await resultsOf(agreed)).toMatchObject({ sent: { action: "send", confidence: 0.9 } });
  expectProved(made, agreed);
  expect(await resultsOf(await thinking(made, decides(0.5)))).toMatchObject({ held: { confidence: 0.5 } });
});

test("[M1] what each turn came to can be told, and an agent that was not called is shown as passed over", async () => {
  const made = compiled(researchFlow());
  const spoken = script(call("search", { query: "tides" }), plainReply("Twice a day."));
  const { world, events } = await thinking(made, spoken);
  const { steps } = viewOf(made.plan, events);
  const turns = steps.filter(({ op }) => op === "model");
  const told = await Promise.all(
    turns.map(async ({ output }) => toldTurn((output && (await world.ports.values.get(output))) ?? null)),
  );
  expect(told).toMatchObject([
    { said: "", asked: [{ tool: "search", problem: null }], answer: null },
    { answer: { answer: "Twice a day." } },
  ]);
  expect(toldTurn({ turn: 7 })).toBeNull();
  const status = (agent: string) => steps.flatMap((step) => (step.agent === agent ? [step.status] : []));
  expect([status(SEARCH), status(READER)]).toEqual([["done"], ["skipped"]]);
});

test("[M1] a model calls a pinned flow, whose steps are steps of the run under the model's cap", async () => {
  const looks = researchFlow({}, {}).nodes.filter(({ id }) => id === "form");
  const text = { type: "string" };
  const pinned = PinnedFlow.parse({
    nodes: [
      ...looks,
      { id: "look", kind: "agent", title: "look", settings: { agent: READER } },
      { id: "found", kind: "output", title: "found", settings: { name: "what it found" } },
      { id: "note", kind: "output", title: "note", settings: { name: "note" } },
    ],
    wires: [
      { from: { node: "form", output: "topic" }, to: { node: "look", input: "query" } },
      { from: { node: "look", output: "found" }, to: { node: "found", input: "value" } },
      { from: { node: "look", output: "note" }, to: { node: "note", input: "value" } },
    ],
  });
  const flow = meaningDigest(pinned);
  const outputs = { "what it found": text, note: text };
  const signature = { flow, name: "Look it up", input: looks[0]?.settings.schema ?? null, outputs };
  const asks = researchFlow({ tools: [SEARCH], flows: [signature] });
  const made = compiled(FlowDocument.parse({ ...asks, flows: { [flow]: pinned } }));
  expect(made.plan.authority.agents).toEqual([SEARCH, READER]);
  const stored = JSON.parse(JSON.stringify({ ...asks, flows: { [flow]: pinned } }), backwards);
  expect(compiled(FlowDocument.parse(stored)).hash).toBe(made.hash);
  const spoken = script(
    call("Look_it_up", { topic: "tides" }),
    call("Look_it_up", { query: "tides" }),
    plainReply("So."),
  );
  const run = await thinking(made, spoken);
  expect(await resultsOf(run)).toEqual({ answer: "So." });
  expect(run.state?.spent.amount).toBe(2_000_060n);
  const [first, second, third] = run.world.asked();
  expect(first?.tools[1]).toMatchObject({
    name: "Look_it_up",
    description: "Look it up. It gives a list of note, what it found.",
  });
  expect(second?.messages.at(-1)?.text).toBe('["about tides"]');
  expect(third?.messages.at(-1)?.text).toMatch(/^Not called: its input/);
  expectProved(made, run);
  const dear = {
    ...asks,
    nodes: asks.nodes.map((node) =>
      node.id === "ask"
        ? { ...node, settings: { ...node.settings, cap: { currency: "microcredits", amount: "1500000" } } }
        : node,
    ),
  };
  const compiledDear = compile(FlowDocument.parse({ ...dear, flows: { [flow]: pinned } }), {
    kinds: catalog,
    manifests,
    models,
  });
  expect(compiledDear).toMatchObject({ ok: false, error: [{ code: "cap_above_container", node: "ask" }] });
});
