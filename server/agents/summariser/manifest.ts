import { declareAgent } from "@/sdk/agent";

const text = { type: "string" };

/** `model` names the address that text is passed on to, so that a composer reads it before agreeing. */
export function summariserManifest(model: { host: string } | null) {
  return declareAgent({
    agent: "studio/summariser@1.0.0",
    title: "Summariser",
    description:
      "Picks the sentences that carry a text, or has a language model write an abstract where one is set up.",
    capabilities: ["summary", "keywords"],
    effect: "keyed",
    price: { currency: "microcredits", amount: "400000" },
    deadlineMs: 120_000,
    sends: [
      "The whole text and the focus, to this agent on the studio's own machine",
      ...(model ? [`The text and the focus, to the language model at ${model.host}`.slice(0, 120)] : []),
    ],
    input: {
      type: "object",
      properties: {
        text: { ...text, title: "Text", description: "Paragraphs are divided by empty lines.", maxLength: 2_000_000 },
        sentences: { type: "integer", title: "Sentences", minimum: 1, maximum: 20, default: 5 },
        focus: { ...text, title: "Focus", description: "Words that the summary should be about.", maxLength: 500 },
      },
      required: ["text"],
      additionalProperties: false,
    },
    output: {
      type: "object",
      properties: {
        summary: { ...text, title: "Summary" },
        sentences: {
          type: "array",
          title: "Sentences",
          description:
            "The sentences of the text that carry it, word for word: the summary, or what to check it against.",
          items: {
            type: "object",
            properties: { text, position: { type: "integer", minimum: 1 }, score: { type: "number", minimum: 0 } },
            required: ["text", "position", "score"],
            additionalProperties: false,
          },
        },
        words: { type: "integer", title: "Words of the text", minimum: 0 },
        mode: { ...text, title: "Mode", enum: ["extractive", "generative"] },
        keywords: { type: "array", title: "Keywords", items: text },
      },
      required: ["summary", "sentences", "words", "mode", "keywords"],
      additionalProperties: false,
    },
  });
}
