import { createServer, type Server, type ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures/studio";

type Asked = {
  messages: { role: string; content: string | null }[];
  tools?: { function: { name: string } }[];
  tool_choice?: string;
};

const PORT = Number(process.env.MODEL_PORT ?? 0);
let server: Server;
let greedy = false;

const about = { id: "chat", object: "chat.completion.chunk", created: 1, model: "small" };
const TEXT = "The harbour fills at nine. Ships leave at noon.";

/** Calls the summariser once, or, where it is greedy, again and again; then it says what the tides are. */
function answer({ messages, tools = [], tool_choice }: Asked, response: ServerResponse): void {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    response.write(`data: ${JSON.stringify({ ...about, choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
  const told = messages.filter(({ role }) => role === "tool").length;
  const calls = tools.length > 0 && tool_choice !== "none" && (greedy || told === 0);
  response.setHeader("content-type", "text/event-stream");
  for (const word of (calls ? "I look it up." : "Tides follow the moon.").split(/(?<= )/)) chunk({ content: word });
  const asked = { name: "summariser", arguments: JSON.stringify({ text: TEXT, sentences: 1 }) };
  if (calls) chunk({ tool_calls: [{ index: 0, id: `c${told}`, type: "function", function: asked }] });
  chunk({}, calls ? "tool_calls" : "stop");
  const usage = { prompt_tokens: 200, completion_tokens: 20, total_tokens: 220 };
  response.end(`data: ${JSON.stringify({ ...about, choices: [], usage })}\n\ndata: [DONE]\n\n`);
}

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  server = createServer((request, response) => {
    void readText(request).then((body) => answer(JSON.parse(body) as Asked, response));
  });
  await new Promise<void>((listening) => server.listen(PORT, "127.0.0.1", listening));
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const topic = { type: "string", title: "Topic", default: "tides" };
const research = (settings: object = {}) => ({
  version: 2,
  nodes: [
    {
      id: "in",
      kind: "input",
      title: "Question",
      settings: { schema: { type: "object", properties: { topic }, required: ["topic"] } },
    },
    {
      id: "ask",
      kind: "model",
      title: "Research",
      settings: {
        model: "house/small",
        prompt: "Find out about {{ topic }}.",
        inputs: ["topic"],
        output: { type: "object", properties: { answer: { type: "string", title: "Answer" } }, required: ["answer"] },
        cap: { currency: "microcredits", amount: "5000000" },
        tools: ["studio/summariser@1.0.0"],
        maxCalls: 4,
        maxTurns: 4,
        maxTokens: 1_000,
        ...settings,
      },
    },
    { id: "out", kind: "output", title: "Answer", settings: { name: "answer" } },
  ],
  wires: [
    { from: { node: "in", output: "topic" }, to: { node: "ask", input: "topic" } },
    { from: { node: "ask", output: "answer" }, to: { node: "out", input: "value" } },
  ],
  layout: { in: { x: 0, y: 0 }, ask: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
});

test("a model asks an agent and answers; the run shows its turns, and the receipts verify", async ({ studio }) => {
  greedy = false;
  const { page } = studio;
  await studio.tryItNow();
  await studio.importFlow("Research", research());
  await expect(studio.bound()).toHaveAccessibleName(/5\.00 credits/);
  await studio.node("Research").click();
  await expect(studio.inspector().getByRole("combobox", { name: "Model" })).toHaveValue("house/small");
  await studio.run();
  await page.getByRole("link", { name: "Open the run" }).click();
  const steps = page.getByRole("list", { name: "Steps" });
  await expect(steps.getByRole("button", { name: "Research, turn 2" })).toBeVisible();
  await expect(steps.getByRole("button", { name: "Research, turn 1: summariser" })).toBeVisible();
  await expect(page.getByText("Tides follow the moon.").first()).toBeVisible();
  await steps.getByRole("button", { name: /^Research, turn 1(?!:)/ }).click();
  await expect(page.getByRole("region", { name: "Step" })).toContainText("I look it up.");
  await expect(page.getByRole("region", { name: "Step" })).toContainText("asked for summariser");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText(/^(\d+) of \1 verified$/).first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});

test("a model that never stops calling is stopped by its cap, and the run says so", async ({ studio }) => {
  greedy = true;
  const { page } = studio;
  await studio.tryItNow();
  await studio.importFlow(
    "Greedy",
    research({ cap: { currency: "microcredits", amount: "1000000" }, maxTurns: 20, maxCalls: 20 }),
  );
  await expect(studio.bound()).toHaveAccessibleName(/1\.00 credits/);
  await studio.run();
  await page.getByRole("link", { name: "Open the run" }).click();
  await expect(page.getByText(/The cap of ask\.cap has .* left, and this may cost/).first()).toBeVisible();
});
