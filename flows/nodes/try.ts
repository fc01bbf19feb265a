import { z } from "zod";
import { ok } from "../basics/result";
import type { JsonSchema } from "../types/json-schema";
import { defineKind, nothing } from "./kind";
import { ANY, made, main, outPort, port } from "./ports";
import { RoundsCap, under } from "./rounds-cap";
import { shown } from "./shown";

const ERROR: JsonSchema = {
  type: "object",
  properties: { code: { type: "string" }, reason: { type: "string" } },
  required: ["code", "reason"],
};

/**
 * Does what is drawn in it, and after an error of one of these classes again, `attempts` times in all. What agents were
 * paid for in an attempt stays paid, so every attempt is counted. Then it goes out by `error`. A denial is never caught.
 */
export const tryKind = defineKind({
  kind: "try",
  role: "container",
  settings: z.strictObject({
    attempts: z
      .number()
      .int()
      .min(1)
      .max(10)
      .meta(
        shown({
          title: "Attempts",
          description: "What agents delivered in an attempt stays paid, so all are counted.",
        }),
      ),
    catches: z
      .array(z.enum(["transient", "resource", "permanent", "business"]))
      .min(1)
      .max(4)
      .meta(
        shown({
          title: "Errors that it catches",
          description: "A refusal of people or rules is never caught.",
          names: {
            transient: "Passing: worth another try",
            resource: "Something is used up",
            permanent: "Lasting: it will fail again",
            business: "The answer was no",
          },
        }),
      )
      .default(["transient"]),
    cap: RoundsCap,
  }),
  ports: () => ({
    inputs: [],
    outputs: [outPort("done", "Done"), outPort("error", "Error", ERROR)],
    inside: { outputs: [], inputs: [port("result", "Result", { required: false })] },
  }),
  lower({ attempts, catches, cap }) {
    const tries = { attempts, catches: [...new Set(catches)].sort() };
    const instruction = { op: "try", ...tries, body: 0, gives: null, ...under(cap) } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, {})],
      offers: { done: made("result", ANY), error: made("error", ERROR, "caught") },
    });
  },
  finish: (_, inside) => ({ done: inside.get("result") ?? ANY, error: ERROR }),
});
