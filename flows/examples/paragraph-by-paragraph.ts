import { article } from "./article";
import { sample } from "./sample";

/** A body done once for each item: only the paragraphs that are worth it are paid for, and the worst case is known. */
export const paragraphByParagraph = sample(
  {
    id: "paragraph-by-paragraph",
    name: "Paragraph by paragraph",
    about: "Every long paragraph of a text becomes one sentence, three at once. At most six are ever paid for.",
  },
  {
    nodes: [
      {
        id: "text",
        kind: "input",
        title: "Text",
        settings: {
          schema: {
            type: "object",
            properties: { text: { type: "string", title: "Text", format: "text", default: article } },
            required: ["text"],
          },
        },
        at: [0, 100],
      },
      {
        id: "cut",
        kind: "transform",
        title: "Cut into paragraphs",
        settings: { inputs: ["text"], gives: { paragraphs: 'text.split("\\n\\n").filter(part, size(part) > 0)' } },
        at: [300, 100],
      },
      { id: "each", kind: "map", title: "Each paragraph", settings: { most: 6, atOnce: 3 }, at: [600, 60] },
      {
        id: "long",
        kind: "branch",
        title: "Long enough?",
        settings: { condition: "size(value) > 200" },
        at: [60, 120],
        in: "each",
      },
      {
        id: "sentence",
        kind: "agent",
        title: "One sentence",
        settings: { agent: "studio/summariser@1.0.0", inputs: { sentences: 1 }, retries: 1 },
        at: [340, 100],
        in: "each",
      },
      {
        id: "glue",
        kind: "transform",
        title: "Put together",
        settings: { inputs: ["parts"], gives: { text: "parts.map(part, string(part)).join('\\n')" } },
        at: [1300, 100],
      },
      { id: "result", kind: "output", title: "Sentences", settings: { name: "sentences" }, at: [1600, 100] },
    ],
    wires: [
      "text.text > cut.text",
      "cut.paragraphs > each.items",
      "each.item > long.value",
      "long.yes > sentence.text",
      "sentence.summary > each.result",
      "each.results > glue.parts",
      "glue.text > result.value",
    ],
  },
);
