import type { ObjectSchema } from "./agent-manifest";

const text = { type: "string" };
const file = { type: "string", contentEncoding: "base64", "x-studio-type": "file" };

function block(type: string, properties: Record<string, object>, optional: Record<string, object> = {}) {
  return {
    type: "object",
    properties: { type: { const: type }, ...properties, ...optional },
    required: ["type", ...Object.keys(properties)],
    additionalProperties: false,
  };
}

/** What an MCP tool gives that declares nothing itself: blocks of a few sorts, and all that is text in them as one text. */
export const contentSchema: ObjectSchema = {
  type: "object",
  properties: {
    text: { type: "string", title: "Text" },
    content: {
      type: "array",
      title: "Content",
      items: {
        anyOf: [
          block("text", { text }),
          block("image", { mediaType: text, file }),
          block("audio", { mediaType: text, file }),
          block("resource", { uri: text }, { mediaType: text, text, file }),
          block("link", { uri: text, name: text }, { description: text, mediaType: text }),
        ],
      },
    },
  },
  required: ["text", "content"],
  additionalProperties: false,
};
