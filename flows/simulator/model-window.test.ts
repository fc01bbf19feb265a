import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { compiled, researchFlow, resultsOf, script, thinking } from "./model-flow.contract";
import { plainReply } from "./models";

const output = { type: "object", properties: { score: { type: "number" } }, required: ["score"] };
const wordy = plainReply("ä".repeat(20_000));
const wild = (tool: string, input: Json) =>
  plainReply("w".repeat(9_000), {
    calls: Array.from({ length: 64 }, (_, place) => ({ id: `c${place}`, tool, input })),
  });

test("[M4] [M5] a reply that is longer than the window and in the wrong form is told what is wrong, cut to its window", async () => {
  const made = compiled(researchFlow({ output, tools: [], maxCalls: 0, maxTurns: 3 }, { result: "score" }));
  const run = await thinking(made, script(wordy, plainReply('{"score": 9}')));
  expect(await resultsOf(run)).toEqual({ answer: 9 });
  const told = run.world.asked()[1]?.messages ?? [];
  expect(told.at(-1)).toMatchObject({ by: "flow", text: expect.stringContaining("cannot be taken") });
  expect(told.at(-2)?.text).toMatch(/^ä+… \(cut\)$/);
  expect(Buffer.byteLength(told.map(({ text }) => text).join(""))).toBeLessThan(4_000 * 3);
});

test("[M4] [M5] what is wrong is told within the window, also where the model's own words are in it", async () => {
  const strict = { ...output, additionalProperties: false };
  const made = compiled(researchFlow({ output: strict, tools: [], maxCalls: 0, maxTurns: 3 }, { result: "score" }));
  const odd = plainReply(JSON.stringify({ score: 1, ["k".repeat(20_000)]: 1 }));
  const run = await thinking(made, script(odd, plainReply('{"score": 9}')));
  expect(await resultsOf(run)).toEqual({ answer: 9 });
});

test.each([
  ["tools that there are not", wild("t".repeat(3_000), {})],
  ["inputs that do not fit", wild("search", { ["k".repeat(2_000)]: "v".repeat(2_000) })],
  ["more calls than are left", wild("search", { query: "q".repeat(500) })],
])("[M2] [M5] a model that asks for %s at great length is told so within its window, and goes on", async (_, reply) => {
  const made = compiled(researchFlow({ maxCalls: 2 }));
  const run = await thinking(made, script(reply, plainReply("Done.")));
  expect(await resultsOf(run)).toEqual({ answer: "Done." });
  for (const { messages, tools } of run.world.asked())
    expect(Buffer.byteLength(JSON.stringify([messages, tools]))).toBeLessThan(4_000 * 3 + 4_000);
  const [first, ...more] = run.world.asked()[1]?.messages.filter(({ by }) => by === "agent") ?? [];
  expect(first).toBeDefined();
  expect(more.every(({ text }) => text.length > 0)).toBe(true);
});
