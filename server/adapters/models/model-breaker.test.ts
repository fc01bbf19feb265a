import { APICallError } from "ai";
import { expect, test } from "vitest";
import { OperationId } from "@/flows/basics/ids";
import { err, ok } from "@/flows/basics/result";
import type { ModelAsk, ModelsError, ModelsPort } from "@/flows/ports/models";
import { withModelBreaker } from "./model-breaker";
import { failureOf } from "./model-failures";

const reply = { text: "", calls: [], cut: false, tokens: null };
const lost: ModelsError = { code: "outcome_unknown", reason: "no answer in time" };
const ill: ModelsError = { code: "model_unreachable", reason: "status 503" };
const busy: ModelsError = { code: "model_unreachable", reason: "status 429", answered: true };
const refusal: ModelsError = { code: "model_refused", reason: "status 400" };

function studio() {
  let [nowMs, reached] = [0, 0];
  let next: ModelsError | null = null;
  const behind: ModelsPort = {
    async ask() {
      reached += 1;
      return next ? err(next) : ok(reply);
    },
  };
  const port = withModelBreaker(behind, { clock: { now: () => nowMs } });
  return {
    pass: (ms: number) => {
      nowMs += ms;
    },
    reached: () => reached,
    async ask(outcome: ModelsError | null, { model = "own/small", deadlineMs = 60_000 } = {}) {
      next = outcome;
      const operation = OperationId.parse("r/m/call");
      const ask: ModelAsk = { operation, model, messages: [], tools: [], mayCall: false, maxTokens: 1, deadlineMs };
      const answer = await port.ask(ask);
      return answer.ok ? "answered" : answer.error.code;
    },
  };
}

test("a model that failed five of its last ten calls is not asked for half a minute; then one call tries it out", async () => {
  const rig = studio();
  for (let call = 0; call < 5; call++) await rig.ask(call % 2 ? lost : ill);
  expect(await rig.ask(null)).toBe("model_unreachable");
  expect(await rig.ask(null, { model: "own/large" })).toBe("answered");
  expect(rig.reached()).toBe(6);
  rig.pass(30_000);
  expect(await rig.ask(ill)).toBe("model_unreachable");
  expect(await rig.ask(null)).toBe("model_unreachable");
  expect(rig.reached()).toBe(7);
  rig.pass(30_000);
  expect(await rig.ask(null)).toBe("answered");
  expect(await rig.ask(null)).toBe("answered");
  expect(rig.reached()).toBe(9);
});

test.each([
  ["refuses", refusal, {}],
  ["is busy", busy, {}],
  ["was given no time by whoever asks", lost, { deadlineMs: 1_000 }],
] as const)("a model that %s is no model that fails", async (_, outcome, more) => {
  const rig = studio();
  for (let call = 0; call < 20; call++) await rig.ask(outcome, more);
  expect(rig.reached()).toBe(20);
  expect(await rig.ask(null)).toBe("answered");
});

test.each([
  [429, { code: "model_unreachable", answered: true }],
  [503, { code: "model_unreachable" }],
  [400, { code: "model_refused" }],
])("an answer with status %i is told apart from none", (statusCode, error) => {
  const said = new APICallError({ message: "no", url: "https://m.example", requestBodyValues: {}, statusCode });
  const { reason: _, ...rest } = failureOf(said);
  expect(rest).toEqual(error);
});
