import { declareAgent } from "@/sdk/agent";

const text = { type: "string" };
const pixels = { type: "integer", minimum: 1 };

/** `model` names the address that the image is passed on to, so that a composer reads it before agreeing. */
export function imageCaptionerManifest(model: { host: string } | null) {
  return declareAgent({
    agent: "studio/image-captioner@1.0.0",
    title: "Image captioner",
    description: `Says what an image shows: a line for who cannot see it, a caption, tags, and its words. Needs a model that sees${model ? "" : ", and none is set up here: every call is refused, unpaid"}.`,
    capabilities: ["image", "caption", "needs a model"],
    effect: "keyed",
    price: { currency: "microcredits", amount: "500000" },
    deadlineMs: 240_000,
    sends: [
      "The image, to this agent on the studio's own machine",
      ...(model ? [`The image, to the language model at ${model.host}`.slice(0, 120)] : []),
    ],
    input: {
      type: "object",
      properties: {
        image: {
          ...text,
          title: "Image",
          description: "A PNG, JPEG, GIF or WebP of up to 4 MB as base64.",
          contentEncoding: "base64",
          "x-studio-type": "file",
          maxLength: 6_000_000,
        },
        language: { ...text, title: "Language", default: "English" },
        about: { ...text, title: "About", description: "What to say above all." },
      },
      required: ["image"],
      additionalProperties: false,
    },
    output: {
      type: "object",
      properties: {
        alt: { ...text, title: "In one line" },
        caption: { ...text, title: "Caption" },
        tags: { type: "array", title: "Tags", items: text },
        text: { ...text, title: "Words in it" },
        format: { ...text, title: "Format", enum: ["png", "jpeg", "gif", "webp"] },
        width: { ...pixels, title: "Width" },
        height: { ...pixels, title: "Height" },
      },
      required: ["alt", "caption", "tags", "text", "format", "width", "height"],
      additionalProperties: false,
    },
  });
}
