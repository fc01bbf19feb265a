import { z } from "zod";
import { Digest } from "../basics/ids";
import { err, ok } from "../basics/result";
import { ObjectSchema } from "../types/agent-manifest";
import { portsOf } from "../types/schema-ports";
import { schemaFaults } from "./input";
import { defineKind, nothing } from "./kind";
import { outPort } from "./ports";
import { shown } from "./shown";

/** What a pinned flow gives, by the names of its outputs. */
export const Outputs = z.record(z.string().min(1).max(64), z.looseObject({ type: z.string().optional() }));

/**
 * A flow in the place of a node, pinned by the hash of its meaning, which lies in the document. `input` and `outputs` are
 * its signature: they say what the node looks like even where the pinned flow is not at hand.
 */
export const subflow = defineKind({
  kind: "subflow",
  settings: z.strictObject({
    flow: Digest.meta(
      shown({ title: "Flow", description: "Pinned by its meaning: it stays as it was.", control: "flow" }),
    ),
    name: z
      .string()
      .min(1)
      .max(80)
      .meta(shown({ title: "Name" }))
      .default("Sub-flow"),
    input: ObjectSchema.meta(shown({ title: "Takes", control: "given" })),
    outputs: Outputs.meta(shown({ title: "Gives", control: "given" })),
  }),
  ports: ({ input, outputs }) => ({
    inputs: portsOf(input),
    outputs: Object.entries(outputs).map(([name, schema]) =>
      outPort(name, schema.title ? String(schema.title) : name, schema),
    ),
  }),
  lower({ flow, input, outputs }) {
    const faults = [
      ...schemaFaults("input", input),
      ...Object.entries(outputs).flatMap(([name, schema]) => schemaFaults(`outputs.${name}`, schema)),
    ];
    return faults.length > 0 ? err(faults) : ok({ ...nothing, flow: { flow, input, outputs } });
  },
});
