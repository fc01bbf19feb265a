import { z } from "zod";
import { err, ok } from "../basics/result";
import { parseTimestamp } from "../expressions/time";
import { Fault } from "../expressions/values";
import { type Checked, checkExpressions, variablesFrom } from "./check-expression";
import { defineKind, nothing } from "./kind";
import { main, outPort, passedOn, port, takesOf } from "./ports";
import { shown } from "./shown";

const LONGEST_MS = 90 * 86_400_000;
const Milliseconds = z.number().int().min(1_000).max(LONGEST_MS);

/**
 * Passes on what comes in after a time, or once the moment has come that an expression over `value` gives (a timestamp, or
 * a text as in 2030-01-31T09:00:00Z). It never waits longer than `mostMs`: a moment further ahead stops the run.
 */
export const wait = defineKind({
  kind: "wait",
  settings: z
    .union([
      z
        .strictObject({ for: Milliseconds.meta(shown({ title: "Time", control: "duration", fresh: 3_600_000 })) })
        .meta(shown({ title: "for a time" })),
      z
        .strictObject({
          until: z
            .string()
            .max(1_000)
            .meta(
              shown({
                title: "Moment",
                description: "A time or a text that is one, as in timestamp(value).",
                control: "expression",
                fresh: "timestamp(value)",
              }),
            ),
          mostMs: Milliseconds.meta(
            shown({
              title: "At most",
              description: "A moment further ahead stops the run.",
              control: "duration",
              fresh: 86_400_000,
            }),
          ),
        })
        .meta(shown({ title: "until a moment" })),
    ])
    .meta(shown({ title: "Waits" })),
  ports: () => ({ inputs: [port("value", "Value")], outputs: [outPort("value", "Value")] }),
  lower(settings, around) {
    const offers = { value: passedOn("value", "done") };
    const takes = takesOf(around, ["value"]);
    if ("for" in settings) {
      const instruction = { op: "wait", until: { afterMs: settings.for }, mostMs: settings.for, reads: {} } as const;
      return ok({ ...nothing, steps: [main(instruction, takes)], offers });
    }
    const { until, mostMs } = settings;
    const written = { text: until, as: "text", field: "until" } as const;
    const made = checkExpressions(around, variablesFrom(around, ["value"]), [written]);
    if (!made.ok) return made;
    const { reads, checked } = made.value;
    const problem = checked.map(momentFault).find((fault) => fault !== null);
    if (problem) return err([{ code: "expression_invalid", field: "until", problem }]);
    const instruction = { op: "wait", until: { expression: until }, mostMs, reads } as const;
    return ok({ ...nothing, steps: [main(instruction, takes)], offers });
  },
});

const MOMENTS = ["google.protobuf.Timestamp", "string", "dyn"];

function momentFault({ type, constant }: Checked): string | null {
  if (!MOMENTS.includes(type)) return `Say until when: a time, or a text that is one; this gives ${type}.`;
  const moment = typeof constant === "string" ? parseTimestamp(constant) : null;
  return moment instanceof Fault ? moment.problem : null;
}
