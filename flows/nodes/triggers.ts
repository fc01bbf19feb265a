import { z } from "zod";
import { err, ok } from "../basics/result";
import { ObjectSchema } from "../types/agent-manifest";
import type { JsonSchema } from "../types/json-schema";
import { cronFault, isZone } from "./cron";
import { schemaFaults } from "./input";
import { defineKind, nothing } from "./kind";
import { outPort } from "./ports";
import { shown } from "./shown";

const TIME: JsonSchema = { type: "string", format: "date-time" };

/** A person may start the flow. Flows without a trigger are started in this way as well. */
export const manual = defineKind({
  kind: "manual",
  settings: z.strictObject({}),
  ports: () => ({ inputs: [], outputs: [] }),
  lower: () => ok({ ...nothing, trigger: { on: "manual" } }),
});

/** Starts the flow at the times of a cron expression in one zone; `due` is the time that has come. */
export const schedule = defineKind({
  kind: "schedule",
  settings: z.strictObject({
    cron: z
      .string()
      .max(100)
      .meta(shown({ title: "Times", description: "Minute, hour, day, month and weekday, as in 30 9 * * 1-5." })),
    zone: z
      .string()
      .max(64)
      .meta(shown({ title: "Zone", description: "As in Europe/Vienna.", control: "zone" }))
      .default("UTC"),
  }),
  ports: () => ({ inputs: [], outputs: [outPort("due", "Due", TIME)] }),
  lower({ cron, zone }) {
    const problem = cronFault(cron);
    const faults = [
      ...(problem === null ? [] : [{ code: "settings_invalid", field: "cron", problem } as const]),
      ...(isZone(zone)
        ? []
        : [{ code: "settings_invalid", field: "zone", problem: `There is no zone ${zone}.` } as const]),
    ];
    if (faults.length > 0) return err(faults);
    return ok({ ...nothing, trigger: { on: "schedule", cron, zone }, offers: { due: startedWith("due", TIME) } });
  },
});

const Body = ObjectSchema.meta(
  shown({ title: "Body", description: "What is posted has to look like this.", control: "schema" }),
);

/** Starts the flow with what is posted to its own address. */
export const webhook = defineKind({
  kind: "webhook",
  settings: z.strictObject({ schema: Body }),
  ports: ({ schema }) => ({ inputs: [], outputs: [outPort("body", "Body", schema)] }),
  lower({ schema }) {
    const faults = schemaFaults("schema", schema);
    if (faults.length > 0) return err(faults);
    return ok({ ...nothing, trigger: { on: "webhook" }, offers: { body: startedWith("body", schema) } });
  },
});

export const EVENT_NAME = /^[a-z0-9_.-]{1,80}$/;

/** Starts the flow when something of this name happens in the studio. */
export const event = defineKind({
  kind: "event",
  settings: z.strictObject({
    event: z
      .string()
      .regex(EVENT_NAME)
      .meta(
        shown({
          title: "Event",
          description: "As in run.finished.",
          wants: "Use small letters, digits, dots, - and _, at most 80.",
        }),
      ),
    schema: ObjectSchema.meta(
      shown({ title: "Body", description: "What comes with the event looks like this.", control: "schema" }),
    ),
  }),
  ports: ({ schema }) => ({ inputs: [], outputs: [outPort("body", "Body", schema)] }),
  lower({ event, schema }) {
    const faults = schemaFaults("schema", schema);
    if (faults.length > 0) return err(faults);
    return ok({ ...nothing, trigger: { on: "event", event }, offers: { body: startedWith("body", schema) } });
  },
});

/** What a trigger brings lies in the run's input under the node's id; the compiler puts it there. */
function startedWith(field: string, schema: JsonSchema) {
  return { value: "run_input", field, schema } as const;
}
