import { z } from "zod";
import { ok } from "../basics/result";
import { defineKind, nothing } from "./kind";
import { shown } from "./shown";

/** Words on the canvas. Nothing that runs depends on them. */
export const note = defineKind({
  kind: "note",
  role: "drawing",
  settings: z.strictObject({
    text: z
      .string()
      .max(4_000)
      .meta(shown({ title: "Text", control: "long" }))
      .default(""),
  }),
  ports: () => ({ inputs: [], outputs: [] }),
  lower: () => ok(nothing),
});

/** A frame around nodes that belong together. Nothing that runs depends on it. */
export const group = defineKind({
  kind: "group",
  role: "drawing",
  settings: z.strictObject({
    about: z
      .string()
      .max(280)
      .meta(shown({ title: "What belongs together here", control: "long" }))
      .default(""),
  }),
  ports: () => ({ inputs: [], outputs: [] }),
  lower: () => ok(nothing),
});
