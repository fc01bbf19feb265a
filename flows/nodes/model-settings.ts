import { z } from "zod";
import { AgentId, Digest } from "../basics/ids";
import { Money } from "../basics/money";
import { ObjectSchema } from "../types/agent-manifest";
import { InputNames } from "./names";
import { shown } from "./shown";
import { Outputs } from "./subflow";

function count(min: number, max: number, words: { title: string; description?: string }) {
  return z.number().int().min(min).max(max).meta(shown(words));
}

const Action = z
  .string()
  .regex(/^[A-Za-z0-9 _-]{1,40}$/, "Use letters, digits, spaces, - and _.")
  .meta(shown({ title: "Action", wants: "Use letters, digits, spaces, - and _." }));

/** A flow that a model may call: pinned as a node pins one, with the signature that it is offered by. */
const FlowTool = z.strictObject({
  flow: Digest.meta(shown({ title: "Flow", control: "flow" })),
  name: z
    .string()
    .min(1)
    .max(80)
    .meta(shown({ title: "Name" })),
  input: ObjectSchema.meta(shown({ title: "Takes", control: "given" })),
  outputs: Outputs.meta(shown({ title: "Gives", control: "given" })),
});

/** What is set on a model: what it is asked, in what form it answers, whom it may call, and within which limits. */
export const ModelSettings = z.strictObject({
  model: z
    .string()
    .min(1)
    .max(120)
    .meta(shown({ title: "Model", control: "model" })),
  prompt: z
    .string()
    .min(1)
    .max(20_000)
    .meta(
      shown({
        title: "Prompt",
        description: "What stands between {{ and }} is an expression over the inputs.",
        control: "prompt",
      }),
    ),
  inputs: InputNames.meta(
    shown({
      title: "Inputs",
      description: "The names that the prompt uses.",
      control: "names",
      one: "input",
      ports: "inputs",
    }),
  ).default(["value"]),
  output: ObjectSchema.meta(shown({ title: "Answer", control: "schema", ports: "outputs" })),
  actions: z
    .array(Action)
    .max(20)
    .meta(
      shown({
        title: "Decides between",
        description: "With actions here it also answers decision: one of them, how sure it is from 0 to 1, and why.",
        control: "names",
        one: "action",
      }),
    )
    .default([]),
  cap: Money.meta(
    shown({
      title: "At most",
      description: "All of its turns and all that it calls together never cost more than this.",
      control: "money",
    }),
  ),
  tools: z
    .array(AgentId)
    .max(20)
    .meta(
      shown({
        title: "Agents that it may call",
        description: "Each for its price. It fills in what they are given, and nothing else.",
        control: "agents",
        one: "agent",
      }),
    )
    .default([]),
  flows: z
    .array(FlowTool)
    .max(10)
    .meta(
      shown({
        title: "Flows that it may call",
        description: "Pinned as they are. All that they do is under this cap too.",
        control: "flows",
        one: "flow",
      }),
    )
    .default([]),
  maxCalls: count(0, 50, { title: "Calls", description: "Of these agents and flows, in all." }).default(0),
  maxTurns: count(1, 50, {
    title: "Turns",
    description: "How often it is asked. An answer in the wrong form is one of them.",
  }).default(3),
  maxTokens: count(1, 1_000_000, { title: "Tokens that it writes", description: "In one turn, at most." }),
  window: count(500, 1_000_000, {
    title: "Tokens that it reads",
    description: "In one turn. Of what was said before, the latest that fits goes along.",
  }).default(16_000),
  deadlineMs: z
    .number()
    .int()
    .min(1_000)
    .max(600_000)
    .meta(shown({ title: "Time to answer", description: "For each turn.", control: "duration" }))
    .default(60_000),
});
export type ModelSettings = z.infer<typeof ModelSettings>;
