import { article } from "./article";
import { sample } from "./sample";

/** A loop that an agent feeds and cannot keep going: it ends at its bound, and a person looks at what is still too long. */
export const shorterAndShorter = sample(
  {
    id: "shorter-and-shorter",
    name: "Shorter and shorter",
    about: "A text is summarised again until it fits, at most three times; you look at it if it still does not.",
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
        id: "again",
        kind: "loop",
        title: "Until it fits",
        settings: { while: "size(value) > 400", most: 3 },
        at: [300, 60],
      },
      {
        id: "shorten",
        kind: "agent",
        title: "Shorten",
        settings: { agent: "studio/summariser@1.0.0", inputs: { sentences: 3 } },
        at: [140, 110],
        in: "again",
      },
      {
        id: "fits",
        kind: "guard",
        title: "Does it fit?",
        settings: {
          rule: { by: "expression", condition: "size(value) <= 400" },
          otherwise: "asks",
          question: "This is still longer than 400 characters. Take it as it is?",
          approvers: ["@starter"],
          timeoutMs: 86_400_000,
        },
        at: [860, 100],
      },
      { id: "short", kind: "output", title: "Short text", settings: { name: "short text" }, at: [1160, 100] },
    ],
    wires: [
      "text.text > again.value",
      "again.value > shorten.text",
      "shorten.summary > again.next",
      "again.done > fits.value",
      "fits.passed > short.value",
    ],
  },
);
