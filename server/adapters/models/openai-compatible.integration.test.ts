import { afterEach, expect, test } from "vitest";
import { money } from "@/flows/basics/money";
import { askOf, modelsContract, type Scripted } from "@/flows/ports/models.contract";
import { listedModels, type Provider } from "./listed";
import { openAiCompatibleModels } from "./openai-compatible";
import { scriptedModel } from "./scripted-model.contract";

const price = (amount: bigint) => money("microcredits", amount).amount as Provider["models"][number]["input"];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function providerAt(address: string, stream: boolean): Provider {
  return {
    name: "house",
    address,
    stream,
    models: [{ name: "small", asks: "tiny-1", input: price(1n), output: price(2n) }],
  };
}

async function behind(script: Scripted | ((place: number) => Scripted), stream = true) {
  const server = await scriptedModel((_, place) => (typeof script === "function" ? script(place) : script));
  closing.push(server.close);
  const limits = { connectMs: 1_000, bodyBytes: 1_048_576 };
  const keys = { house: "sk-canary" };
  return { server, port: openAiCompatibleModels({ providers: [providerAt(server.address, stream)], keys, limits }) };
}

modelsContract("the AI SDK", async (script) => (await behind(script)).port);

const answers = (text: string): Scripted => ({
  answers: { text, calls: [], cut: false, tokens: { input: 1, output: 1 } },
});

test("a model is asked under its own name, with the operator's key, for so many tokens", async () => {
  const { server, port } = await behind(answers("x"));
  await port.ask(askOf({ maxTokens: 77 }));
  expect(server.heard).toMatchObject([
    {
      path: "/v1/chat/completions",
      authorization: "Bearer sk-canary",
      body: { model: "tiny-1", max_tokens: 77, stream: true },
    },
  ]);
  expect(server.heard[0]?.body.messages.map(({ role }) => role)).toEqual(["system", "user"]);
});

test("a server that cannot stream is asked for its answer as a whole", async () => {
  const { server, port } = await behind(answers("All at once."), false);
  expect(await port.ask(askOf())).toMatchObject({ ok: true, value: { text: "All at once.", cut: false } });
  expect(server.heard[0]?.body.stream).toBeFalsy();
});

test("in a turn without calls its tools go along, so that it understands what it said before, and none may be called", async () => {
  const { server, port } = await behind(answers("x"));
  const tools = [{ name: "search", description: "Searches.", input: { type: "object", properties: {} } }];
  await port.ask(askOf({ tools }));
  expect(server.heard[0]?.body).toMatchObject({ tool_choice: "none", tools: [{ function: { name: "search" } }] });
});

test("regression 33: neither the key nor the words of a model's server stand in a reason", async () => {
  const { port } = await behind({ fails: "refuses" });
  const answer = await port.ask(askOf());
  expect(JSON.stringify(answer)).not.toMatch(/canary|acme/);
  expect(answer).toMatchObject({ error: { reason: "The model's server answered with status 401." } });
});

test("regression 34: only the origin that the operator set is asked, and no redirect leads elsewhere", async () => {
  const elsewhere = await scriptedModel(() => answers("stolen"));
  closing.push(elsewhere.close);
  const { port } = await behind({ fails: "redirects", to: elsewhere.address });
  expect(await port.ask(askOf())).toMatchObject({ ok: false });
  expect(elsewhere.heard).toEqual([]);
});

test("what it costs is what the operator has set", () => {
  const [[name, terms] = []] = listedModels([providerAt("http://127.0.0.1:1/v1", true)]);
  expect(name).toBe("house/small");
  expect(terms).toMatchObject({ payee: "studio", rates: { read: { amount: 1n }, written: { amount: 2n } } });
});
