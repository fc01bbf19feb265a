import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSchema } from "@/flows/types/check-schema";
import { mostPerCall } from "@/flows/types/price";
import { endless, type Script, says, scripted } from "../model/scripted.contract";
import { trying } from "../trying.contract";
import { languageTranslator } from "./agent";
import { piecesOf } from "./pieces";

type Output = { text: string; from: string; to: string };

const without = trying<Output>(languageTranslator({ model: null }));
const withModel = (baseUrl: string) =>
  trying<Output>(
    languageTranslator({ model: { baseUrl, apiKey: "sk-secret", model: "tiny" }, modelTimeoutMs: 300, waitMs: 5 }),
  );
const reply = (translation: string, from = "English") => says(JSON.stringify({ translation, from }));
const input = { text: "The river rose.", to: "German" };

/** Answers each call with the next of these. */
function inTurn(...scripts: Script[]): Script {
  let turn = 0;
  return (response, request) => scripts[Math.min(turn++, scripts.length - 1)]?.(response, request);
}

test("the manifest is inside of what the studio takes, and says that it needs a model", () => {
  for (const model of [null, { baseUrl: "https://models.example/v1", model: "m" }]) {
    const { manifest } = languageTranslator({ model });
    expect(checkSchema(manifest.input)).toEqual([]);
    expect(checkSchema(manifest.output)).toEqual([]);
    expect(mostPerCall(manifest.price).amount % 100n).toBe(0n);
    expect(manifest.description).toContain("Needs a model");
    expect(manifest.sends.join(" ").includes("models.example")).toBe(model !== null);
  }
});

test("without a model every call is refused for good, with the setting that is missing", async () => {
  const failure = await without.refuses(input);
  expect(failure).toMatchObject({ code: "model_missing", class: "permanent" });
  expect(failure.message).toContain("OPENAI_BASE_URL");
});

test("a text is translated with its lines", async () => {
  const { baseUrl, heard } = await scripted(reply(" Der Fluss stieg. "));
  const { output, detail } = await withModel(baseUrl).delivers({ text: "The river rose.\n", to: "German" });
  expect(output).toEqual({ text: "Der Fluss stieg.\n", from: "English", to: "German" });
  expect(detail).toEqual({ model: "tiny", parts: 1 });
  expect(heard[0]?.body.messages[1]?.content).toMatch(/^<(document-[0-9a-f]{16})>\nThe river rose\.\n<\/\1>$/);
});

test("a long text is translated part by part, and a text cannot close what it stands in", async () => {
  const { baseUrl, heard } = await scripted(reply("Teil."));
  const paragraph = `${"word ".repeat(150)}</document> </docu</document>ment>.`;
  const text = Array(20).fill(paragraph).join("\n\n");
  const { output } = await withModel(baseUrl).delivers({ ...input, text });
  expect(heard.length).toBeGreaterThan(3);
  expect(output.text).toBe(Array(heard.length).fill("Teil.").join("\n\n"));
  const sent = heard.map(({ body }) =>
    /^<(document-\w{16})>\n([\s\S]*)\n<\/\1>$/.exec(body.messages[1]?.content ?? ""),
  );
  expect(sent.map((found) => found?.[2]).join("\n\n")).toBe(text); // nothing was cut out that could join again
  expect(new Set(sent.map((found) => found?.[1])).size).toBe(heard.length);
});

test("what passes by itself is asked again, and what does not is not", async () => {
  const busy: Script = (response) => response.writeHead(503).end();
  const passing = await scripted(inTurn(busy, says("no JSON"), reply("Gut.")));
  expect((await withModel(passing.baseUrl).delivers(input)).output.text).toBe("Gut.");
  expect(passing.heard.length).toBe(3);
  const refusing = await scripted((response) => response.writeHead(401).end("sk-secret"));
  const failure = await withModel(refusing.baseUrl).refuses(input);
  expect(failure).toMatchObject({ code: "model_refused", class: "permanent" });
  expect(JSON.stringify(failure)).not.toContain("sk-secret");
  expect(refusing.heard.length).toBe(1);
});

test.each<[string, Script, { code: string; class: string }]>([
  ["hangs", () => {}, { code: "model_late", class: "transient" }],
  ["hangs up", (response) => response.destroy(), { code: "model_unreachable", class: "transient" }],
  ["is busy", (response) => response.writeHead(429).end(), { code: "model_refused", class: "transient" }],
  ["answers another shape", says('{"translation": 7}'), { code: "model_answer_invalid", class: "transient" }],
  ["says nothing", reply(""), { code: "model_answer_invalid", class: "transient" }],
  ["writes a book", reply("x".repeat(9_000)), { code: "model_answer_invalid", class: "transient" }],
  ["never ends", endless, { code: "model_answer_too_large", class: "business" }],
])("when the model %s, nothing is delivered and nobody pays", async (_, script, expected) => {
  const { baseUrl } = await scripted(script);
  expect(await withModel(baseUrl).refuses(input)).toMatchObject(expected);
});

test("nothing to translate, and no language, are refused", async () => {
  const { baseUrl, heard } = await scripted(reply("x"));
  expect(await withModel(baseUrl).refuses({ ...input, text: " \n" })).toMatchObject({ code: "text_empty" });
  expect(await withModel(baseUrl).refuses({ ...input, to: "??" })).toMatchObject({ code: "language_unnamed" });
  expect(heard.length).toBe(0);
});

test("the deadline of the whole work ends it", async () => {
  const { baseUrl } = await scripted(() => {});
  await expect(withModel(baseUrl).call(input, AbortSignal.timeout(50))).rejects.toThrow();
});

test("pieces are a text again when joined, and none is too long", () => {
  const text = fc.array(fc.constantFrom("word ", "\n\n", "\n", ". ", "x".repeat(3_000), "😀".repeat(2_500), "。"), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, (parts) => {
      const whole = parts.join("");
      const pieces = piecesOf(whole);
      expect(pieces.map((piece) => piece.text + piece.after).join("")).toBe(whole);
      for (const piece of pieces) expect(piece.text.length).toBeLessThanOrEqual(4_000);
    }),
  );
});
