import type { Manifests } from "../nodes/kind";
import { digestOf } from "../plan/digest";
import { Manifest } from "../plan/manifest";

const text = { type: "string" };
const list = { type: "array" };
const documents = {
  type: "array",
  items: {
    type: "object",
    properties: { title: text, text },
    required: ["title", "text"],
    additionalProperties: false,
  },
};

/** The agents that the samples call, with the ports that the samples use. What is registered may say more. */
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
  {
    agent: "studio/document-extractor@1.0.0",
    title: "Document extractor",
    description: "Reads a document into its parts.",
    price: { currency: "microcredits", amount: "500000" },
    input: { type: "object", properties: { file: text, text, name: text, mediaType: text, pages: text } },
    output: { type: "object", properties: { title: text, text, documents }, required: ["title", "text", "documents"] },
  },
  {
    agent: "studio/knowledge-qa@1.0.0",
    title: "Knowledge Q&A",
    description: "Answers a question from documents, with quotes.",
    price: { currency: "microcredits", amount: "400000" },
    input: {
      type: "object",
      properties: { question: text, documents, most: { type: "integer", minimum: 1, maximum: 10 } },
      required: ["question", "documents"],
    },
    output: {
      type: "object",
      properties: { answer: text, found: { type: "boolean" }, sources: list },
      required: ["answer", "found", "sources"],
    },
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
