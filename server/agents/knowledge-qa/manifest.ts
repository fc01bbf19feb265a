import { declareAgent } from "@/sdk/agent";

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };

/** `model` names the address that excerpts are passed on to, so that a composer reads it before agreeing. */
export function knowledgeQaManifest(model: { host: string } | null) {
  return declareAgent({
    agent: "studio/knowledge-qa@1.0.0",
    title: "Knowledge Q&A",
    description:
      "Answers a question from documents alone, with quotes that stand in them word for word and where. Says plainly when they do not say.",
    capabilities: ["question answering", "search", "quotes"],
    effect: "keyed",
    price: { currency: "microcredits", amount: "400000" },
    deadlineMs: 120_000,
    sends: [
      "The question and every document, to this agent on the studio's own machine",
      ...(model ? [`The question and excerpts, to the language model at ${model.host}`.slice(0, 120)] : []),
    ],
    input: {
      type: "object",
      properties: {
        question: { ...text, title: "Question" },
        documents: {
          type: "array",
          title: "Documents",
          description: "Where to look. The document extractor gives them as its sections.",
          items: {
            type: "object",
            properties: { title: text, text },
            required: ["title", "text"],
            additionalProperties: false,
          },
        },
        most: { type: "integer", title: "Quotes at most", minimum: 1, maximum: 10, default: 3 },
      },
      required: ["question", "documents"],
      additionalProperties: false,
    },
    output: {
      type: "object",
      properties: {
        answer: { ...text, title: "Answer" },
        found: { type: "boolean", title: "Found" },
        sources: {
          type: "array",
          title: "Sources",
          description: "Each quote is what its document says from start to end, counted in UTF-16 code units.",
          items: {
            type: "object",
            properties: {
              document: { ...count, description: "Which of the documents, from 0." },
              title: text,
              quote: text,
              start: count,
              end: count,
              score: { type: "number", minimum: 0 },
            },
            required: ["document", "title", "quote", "start", "end"],
            additionalProperties: false,
          },
        },
        passages: { ...count, title: "Passages looked at" },
        mode: { ...text, title: "Mode", enum: ["extractive", "generative"] },
      },
      required: ["answer", "found", "sources", "passages", "mode"],
      additionalProperties: false,
    },
  });
}
