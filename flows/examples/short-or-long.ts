import { article } from "./article";
import { sample } from "./sample";

/** Two ways to do one thing: the worst case is the dearer of the two, not their sum. */
export const shortOrLong = sample(
  {
    id: "short-or-long",
    name: "Short or long",
    about: "A long text gets a summary of six sentences, a short one of two. Only one side is ever paid.",
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
        at: [0, 120],
      },
      { id: "length", kind: "branch", title: "Long?", settings: { condition: "size(value) > 1500" }, at: [300, 120] },
      {
        id: "long",
        kind: "agent",
        title: "Six sentences",
        settings: { agent: "studio/summariser@1.0.0", inputs: { sentences: 6 } },
        at: [600, 20],
      },
      {
        id: "short",
        kind: "agent",
        title: "Two sentences",
        settings: { agent: "studio/summariser@1.0.0", inputs: { sentences: 2 } },
        at: [600, 220],
      },
      { id: "long-summary", kind: "output", title: "Long summary", settings: { name: "long summary" }, at: [900, 20] },
      {
        id: "short-summary",
        kind: "output",
        title: "Short summary",
        settings: { name: "short summary" },
        at: [900, 220],
      },
    ],
    wires: [
      "text.text > length.value",
      "length.yes > long.text",
      "length.no > short.text",
      "long.summary > long-summary.value",
      "short.summary > short-summary.value",
    ],
  },
);
