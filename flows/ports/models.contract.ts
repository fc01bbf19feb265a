import { describe, expect, test } from "vitest";
import { OperationId } from "../basics/ids";
import type { ModelAsk, ModelReply, ModelsPort } from "./models";
import type { Report } from "./progress";

/** What the model behind the port does: it answers, or it fails in one of these ways. */
export type Scripted =
  | { answers: ModelReply }
  | { fails: "refuses" | "is busy" | "breaks off" | "is silent" | "is garbage" | "is endless" }
  | { fails: "redirects"; to: string };

export const knownModel = "house/small";

export const askOf = (more: Partial<ModelAsk> = {}): ModelAsk => ({
  operation: OperationId.parse("r/ask.turn@0/call"),
  model: knownModel,
  messages: [
    { by: "studio", text: "Answer in plain text." },
    { by: "flow", text: "What are tides?" },
  ],
  tools: [],
  mayCall: false,
  maxTokens: 100,
  deadlineMs: 5_000,
  ...more,
});

const search = {
  name: "search",
  description: "Searches.",
  input: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
};
const says = (text: string, more: Partial<ModelReply> = {}): Scripted => ({
  answers: { text, calls: [], cut: false, tokens: { input: 12, output: 3 }, ...more },
});

/** What every way to a model promises. `behind` is the port with this model behind it. */
export function modelsContract(name: string, behind: (script: Scripted) => Promise<ModelsPort>): void {
  describe(`models: ${name}`, () => {
    test("what a model says comes back as it is, with the tokens that it counted", async () => {
      const port = await behind(says("High and low: 潮."));
      expect(await port.ask(askOf())).toEqual({
        ok: true,
        value: (says("High and low: 潮.") as { answers: ModelReply }).answers,
      });
    });

    test("an answer that was cut says so, and one without a count has none", async () => {
      const port = await behind(says("High and", { cut: true, tokens: null }));
      expect(await port.ask(askOf())).toMatchObject({ ok: true, value: { text: "High and", cut: true, tokens: null } });
    });

    test("what a model asks for comes back whatever it is, also a function that nobody offered", async () => {
      const calls = [
        { id: "a", tool: "search", input: { query: "tides", more: [1, { two: null }] } },
        { id: "b", tool: "drain", input: { pay: "mallory" } },
      ];
      const port = await behind(says("", { calls }));
      const ask = askOf({ tools: [search], mayCall: true });
      expect(await port.ask(ask)).toMatchObject({ ok: true, value: { calls } });
    });

    test("[P10] a model is heard while it speaks, and its answer is the same, whoever listens", async () => {
      const port = await behind(says("One. Two. Three."));
      const heard: Report[] = [];
      const answer = await port.ask(askOf(), (report) => heard.push(report));
      expect(heard.map((report) => ("delta" in report ? report.delta : "")).join("")).toBe("One. Two. Three.");
      expect(answer).toEqual(await port.ask(askOf()));
    });

    test("a conversation with calls and what came of them is understood", async () => {
      const port = await behind(says("So."));
      const messages = [
        ...askOf().messages,
        { by: "model", text: "I look.", calls: [{ id: "a", tool: "search", input: { query: "x" } }] },
        { by: "agent", call: "a", tool: "search", text: "found" },
        { by: "flow", text: "Go on." },
      ] as const;
      expect(await port.ask(askOf({ messages, tools: [search] }))).toMatchObject({ ok: true, value: { text: "So." } });
    });

    test("a model that the studio does not have is not asked", async () => {
      const port = await behind(says("x"));
      expect(await port.ask(askOf({ model: "house/gone" }))).toMatchObject({ error: { code: "model_unavailable" } });
    });

    test.each([
      ["refuses", "model_refused"],
      ["is busy", "model_unreachable"],
      ["breaks off", "outcome_unknown"],
      ["is silent", "outcome_unknown"],
      ["is garbage", "outcome_unknown"],
      ["is endless", "model_refused"],
    ] as const)(`${name}: a model that %s is an error with a code: %s`, async (fails, code) => {
      const port = await behind({ fails });
      expect(await port.ask(askOf({ deadlineMs: 1_000 }))).toMatchObject({ ok: false, error: { code } });
    });
  });
}
