import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSchema } from "@/flows/types/check-schema";
import { mostPerCall } from "@/flows/types/price";
import { says, scripted } from "../model/scripted.contract";
import { base64, damaged, trying } from "../trying.contract";
import { imageCaptioner } from "./agent";
import { readImage } from "./read-image";

type Output = { alt: string; format: string; width: number; height: number };

const withModel = (baseUrl: string) =>
  trying<Output>(
    imageCaptioner({ model: { baseUrl, apiKey: "sk-secret", model: "tiny" }, modelTimeoutMs: 300, waitMs: 5 }),
  );

/** Pictures of 3 by 2 pixels as far as their heads say. */
const png = Buffer.concat([
  Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1"),
  Buffer.from([0, 0, 0, 3, 0, 0, 0, 2, 8, 2]),
]);
const gif = Buffer.concat([Buffer.from("GIF89a"), Buffer.from([3, 0, 2, 0, 0, 0])]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0]);
const webp = Buffer.concat([
  Buffer.from("RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0", "latin1"),
  Buffer.from([2, 0, 0, 1, 0, 0]),
]);
const said = { alt: "A grey quay", caption: "A quay in fog.", tags: ["quay"], text: "" };

test("the manifest is inside of what the studio takes, and says that it needs a model", () => {
  const { manifest } = imageCaptioner({ model: null });
  expect(checkSchema(manifest.input)).toEqual([]);
  expect(checkSchema(manifest.output)).toEqual([]);
  expect(mostPerCall(manifest.price).amount % 100n).toBe(0n);
  expect(manifest.description).toContain("Needs a model");
  const model = { baseUrl: "https://models.example/v1", model: "m" };
  expect(imageCaptioner({ model }).manifest.sends.join(" ")).toContain("models.example");
});

test("without a model every call is refused for good, with the setting that is missing", async () => {
  const failure = await trying(imageCaptioner({ model: null })).refuses({ image: base64(png) });
  expect(failure).toMatchObject({ code: "model_missing", class: "permanent" });
  expect(failure.message).toContain("OPENAI_BASE_URL");
});

test.each(Object.entries({ png, gif, jpeg, webp }))(
  "a %s is given to the model as it is, and its answer is held against its form",
  async (format, bytes) => {
    const { baseUrl, heard } = await scripted(says(`\`\`\`json\n${JSON.stringify(said)}\n\`\`\``));
    const { output } = await withModel(baseUrl).delivers({
      image: `data:image/${format};base64,${base64(bytes)}`,
      language: "German",
    });
    expect(output).toEqual({ ...said, format, width: 3, height: 2 });
    const [system, user] = heard[0]?.body.messages ?? [];
    expect(system?.content).toContain('"German"');
    expect(user?.content).toEqual([
      { type: "image_url", image_url: { url: `data:image/${format};base64,${base64(bytes)}` } },
    ]);
  },
);

test("a picture that says it is huge, or is none, never gets to the model", async () => {
  const { baseUrl, heard } = await scripted(says("{}"));
  const { refuses } = withModel(baseUrl);
  const huge = Buffer.from(png);
  huge.writeUInt32BE(60_000, 16);
  expect(await refuses({ image: base64(huge) })).toMatchObject({ code: "image_too_large", class: "business" });
  huge.writeUInt32BE(16_000, 16);
  huge.writeUInt32BE(16_000, 20);
  expect(await refuses({ image: base64(huge) })).toMatchObject({ code: "image_too_large" });
  expect(await refuses({ image: base64(Buffer.concat([png, Buffer.alloc(4_200_000)])) })).toMatchObject({
    code: "image_too_large",
  });
  expect(await refuses({ image: base64(Buffer.from("<svg/>")) })).toMatchObject({ code: "image_unknown" });
  expect(await refuses({ image: "" })).toMatchObject({ code: "image_empty" });
  expect(await refuses({ image: "?" })).toMatchObject({ code: "file_not_base64" });
  expect(heard.length).toBe(0);
});

test("an answer of another form is asked for again, and then refused", async () => {
  const { baseUrl, heard } = await scripted(says(JSON.stringify({ ...said, tags: "quay" })));
  expect(await withModel(baseUrl).refuses({ image: base64(png) })).toMatchObject({
    code: "model_answer_invalid",
    class: "transient",
  });
  expect(heard.length).toBe(3);
});

test("a picture, broken anywhere, has a size or is none", () => {
  const broken = fc.constantFrom(png, gif, jpeg, webp).chain((bytes) => damaged(bytes));
  fc.assert(
    fc.property(broken, (bytes) => {
      const read = readImage(bytes);
      if (read.ok) expect(read.value.width * read.value.height).toBeGreaterThan(0);
    }),
  );
});
