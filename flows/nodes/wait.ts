import { z } from "zod";
import { err, ok } from "../basics/result";
import { checkExpression, readsOf, secretFaults, variablesFrom } from "./check-expression";
import { defineKind, nothing } from "./kind";
import { main, outPort, passedOn, port, takesOf } from "./ports";

const LONGEST_MS = 90 * 86_400_000;
const Milliseconds = z.number().int().min(1_000).max(LONGEST_MS);

/**
 * Passes on what comes in after a time, or once the moment has come that an expression over `value` gives (a timestamp, or
 * a text as in 2030-01-31T09:00:00Z). It never waits longer than `mostMs`: a moment further ahead stops the run.
 */
export const wait = defineKind({
  kind: "wait",
  settings: z.union([
    z.strictObject({ for: Milliseconds }),
    z.strictObject({ until: z.string().max(1_000), mostMs: Milliseconds }),
  ]),
  ports: () => ({ inputs: [port("value", "Value")], outputs: [outPort("value", "Value")] }),
  lower(settings, around) {
    const variables = variablesFrom(around, ["value"]);
    const offers = { value: passedOn("value", "done") };
    const takes = takesOf(around, ["value"]);
    if ("for" in settings) {
      const instruction = { op: "wait", until: { afterMs: settings.for }, mostMs: settings.for, reads: {} } as const;
      return ok({ ...nothing, steps: [main(instruction, takes)], offers });
    }
    const { until, mostMs } = settings;
    const checked = checkExpression(variables, { text: until, as: "text", field: "until" });
    const faults = [...secretFaults(variables), ...(checked.ok ? [] : checked.error)];
    if (faults.length > 0) return err(faults);
    const reads = readsOf(around, variables);
    const instruction = { op: "wait", until: { expression: until }, mostMs, reads } as const;
    return ok({ ...nothing, steps: [main(instruction, takes)], offers });
  },
});
