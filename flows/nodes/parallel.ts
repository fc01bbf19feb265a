import { z } from "zod";
import { ok } from "../basics/result";
import { defineKind, nothing } from "./kind";
import { outPort, passedOn, port } from "./ports";
import { shown } from "./shown";

/** Passes one value on several ways, which are gone at the same time. Nothing is decided, so it lowers to no instruction. */
export const parallel = defineKind({
  kind: "parallel",
  settings: z.strictObject({
    ways: z
      .number()
      .int()
      .min(2)
      .max(20)
      .meta(shown({ title: "Ways" }))
      .default(2),
  }),
  ports: ({ ways }) => ({
    inputs: [port("value", "Value")],
    outputs: waysOf(ways).map((way, place) => outPort(way, `Way ${place + 1}`)),
  }),
  lower: ({ ways }) =>
    ok({ ...nothing, offers: Object.fromEntries(waysOf(ways).map((way) => [way, passedOn("value", null)])) }),
});

function waysOf(ways: number): string[] {
  return Array.from({ length: ways }, (_, place) => `way${place + 1}`);
}
