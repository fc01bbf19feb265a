import type { Manifests } from "../nodes/kind";
import { digestOf } from "../plan/digest";
import { Manifest } from "../plan/manifest";

const text = { type: "string" };
const list = { type: "array" };

/** The two agents that the samples call, with the ports that the samples use. What is registered may say more. */
const declared = [
  {
    agent: "studio/spreadsheet-analyst@1.1.0",
    title: "Spreadsheet analyst",
    description: "Reads a CSV and says what is in it.",
    price: { currency: "microcredits", amount: "600000" },
    input: { type: "object", properties: { csv: text, xlsx: text, sheet: text, groupBy: text, measure: text } },
    output: {
      type: "object",
      properties: { report: text, outliers: list, chart: text },
      required: ["report", "outliers", "chart"],
    },
  },
  {
    agent: "studio/summariser@1.0.0",
    title: "Summariser",
    description: "Picks the sentences that carry a text.",
    price: { currency: "microcredits", amount: "400000" },
    input: {
      type: "object",
      properties: { text, sentences: { type: "integer", minimum: 1, maximum: 20 }, focus: text },
      required: ["text"],
    },
    output: { type: "object", properties: { summary: text, sentences: list }, required: ["summary"] },
  },
];

export const sampleManifests: Manifests = new Map(
  declared
    .map((manifest) =>
      Manifest.parse({
        ...manifest,
        capabilities: [],
        effect: "keyed",
        deadlineMs: 60_000,
        sends: [],
        payee: "studio",
        publisher: "house",
        digest: digestOf(manifest),
      }),
    )
    .map((manifest) => [manifest.agent, manifest]),
);
