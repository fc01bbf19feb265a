import { declareAgent } from "@/sdk/agent";

const text = { type: "string" };

/** `model` names the address that text is passed on to, so that a composer reads it before agreeing. */
export function languageTranslatorManifest(model: { host: string } | null) {
  return declareAgent({
    agent: "studio/language-translator@1.0.0",
    title: "Language translator",
    description: `Translates a text, part by part, with its lines and its Markdown. Needs a model${model ? "" : ", and none is set up here: every call is refused, unpaid"}.`,
    capabilities: ["translation", "needs a model"],
    effect: "keyed",
    price: { currency: "microcredits", amount: "500000" },
    deadlineMs: 300_000,
    sends: [
      "The text, to this agent on the studio's own machine",
      ...(model ? [`The text, to the language model at ${model.host}`.slice(0, 120)] : []),
    ],
    input: {
      type: "object",
      properties: {
        text: { ...text, title: "Text", maxLength: 40_000 },
        to: { ...text, title: "To", description: "A language, as German or pt-BR." },
        from: { ...text, title: "From", description: "Found by the model when left out." },
      },
      required: ["text", "to"],
      additionalProperties: false,
    },
    output: {
      type: "object",
      properties: {
        text: { ...text, title: "Translation" },
        from: { ...text, title: "From" },
        to: { ...text, title: "To" },
      },
      required: ["text", "from", "to"],
      additionalProperties: false,
    },
  });
}
