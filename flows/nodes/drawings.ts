import { z } from "zod";
import { ok } from "../basics/result";
import { defineKind, nothing } from "./kind";

/** Words on the canvas. Nothing that runs depends on them. */
export const note = defineKind({
  kind: "note",
  role: "drawing",
  settings: z.strictObject({ text: z.string().max(4_000).default("") }),
  ports: () => ({ inputs: [], outputs: [] }),
  lower: () => ok(nothing),
});

/** A frame around nodes that belong together. Nothing that runs depends on it. */
export const group = defineKind({
  kind: "group",
  role: "drawing",
  settings: z.strictObject({ about: z.string().max(280).default("") }),
  ports: () => ({ inputs: [], outputs: [] }),
  lower: () => ok(nothing),
});
