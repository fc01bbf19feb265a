import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import type { PinnedFlow } from "../graph/graph";
import { digestOf } from "../plan/digest";
import { compile } from "./compile";
import { meaningDigest } from "./inline";
import { agent, FORM, flow, type Node, registry, start } from "./small-drawing.contract";

const pinnedFlow = (agents: readonly Node[], wires: readonly string[]): PinnedFlow => {
  const { nodes, wires: drawn } = flow([start, ...agents, { id: "out", kind: "output", name: "text" }], wires);
  return { nodes, wires: drawn };
};
const twice = pinnedFlow([agent("one"), agent("two")], ["in.text > one.x", "one.text > two.x", "two.text > out.value"]);

function using(
  pinned: PinnedFlow,
  { as = meaningDigest(pinned), input = FORM as Json, outputs = { text: { type: "string" } } as Json } = {},
) {
  const nodes = [start, { id: "sub", kind: "subflow", flow: as, input, outputs }, agent("after")];
  const wires = ["in.text > sub.text", "sub.text > after.x"];
  return compile(flow(nodes, wires, { [as]: pinned }), registry);
}

test("[C10] a pinned flow stands in the place of its node, each step of it waiting for what the node waits for", () => {
  const asked = compile(
    flow(
      [
        start,
        { id: "ask", kind: "approval", question: "Go on?" },
        {
          id: "sub",
          kind: "subflow",
          flow: meaningDigest(twice),
          input: FORM as Json,
          outputs: { text: { type: "string" } },
        },
      ],
      ["in.text > ask.subject", "ask.approved > sub.text"],
      { [meaningDigest(twice)]: twice },
    ),
    registry,
  );
  const steps = asked.ok ? asked.value.plan.steps : [];
  expect(steps.map(({ id, node, gates }) => ({ id, node, gates }))).toEqual([
    { id: "ask", node: "ask", gates: [] },
    { id: "sub.one", node: "sub", gates: [{ step: 0, port: "approved" }] },
    { id: "sub.two", node: "sub", gates: [{ step: 1, port: "done" }] },
  ]);
  const used = using(twice);
  expect(used.ok && used.value.plan.bound).toEqual([money("microcredits", 9n)]);
});

test("[C10] a pinned flow that is not there, was changed, has another signature or is faulty is refused", () => {
  const other = pinnedFlow([agent("one", undefined, "acme/dear")], ["in.text > one.x", "one.text > out.value"]);
  const codes = (answer: ReturnType<typeof using>) => (answer.ok ? [] : answer.error.map(({ code }) => code));
  expect(codes(using(other, { as: meaningDigest(twice) }))).toContain("flow_changed");
  expect(codes(using(twice, { as: digestOf("another") }))).toContain("flow_changed");
  expect(codes(using(twice, { input: { type: "object", properties: {} } }))).toContain("flow_signature");
  expect(codes(using(twice, { outputs: { text: { type: "number" } } }))).toContain("flow_signature");
  expect(codes(using(twice, { outputs: { text: {}, more: {} } }))).toContain("flow_signature");
  const broken = pinnedFlow([agent("one", undefined, "acme/gone")], ["in.text > one.x", "one.text > out.value"]);
  expect(using(broken)).toMatchObject({
    error: [{ code: "flow_faulty", node: "sub", inner: { code: "agent_unknown" } }, {}],
  });
  const none = compile(
    flow(
      [start, { id: "sub", kind: "subflow", flow: digestOf("x"), input: FORM as Json, outputs: {} }],
      ["in.text > sub.text"],
    ),
    registry,
  );
  expect(none).toMatchObject({ error: [{ code: "flow_unknown" }] });
});

test("[C10] moving, renaming and drawing a pinned flow in another order does not change what pins it", () => {
  const redrawn = {
    nodes: [...twice.nodes].reverse().map((node) => ({ ...node, title: "Other" })),
    wires: [...twice.wires].reverse(),
  };
  expect(meaningDigest(redrawn)).toBe(meaningDigest(twice));
});
