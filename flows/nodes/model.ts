import { z } from "zod";
import { AgentId } from "../basics/ids";
import { Money } from "../basics/money";
import { err, ok } from "../basics/result";
import { ObjectSchema } from "../types/agent-manifest";
import { portsOf } from "../types/schema-ports";
import { checkExpressions, variablesFrom } from "./check-expression";
import { schemaFaults } from "./input";
import { defineKind, type LowerError, nothing } from "./kind";
import { InputNames } from "./names";
import { made, main, port, takesOf } from "./ports";
import { shown } from "./shown";

const NO_CALLS = {
  code: "settings_invalid",
  field: "maxCalls",
  problem: "Say how often it may call the agents that it is given.",
} as const;

function count(min: number, max: number, words: { title: string; description?: string }) {
  return z.number().int().min(min).max(max).meta(shown(words));
}

/**
 * Asks a language model: a prompt over typed inputs, an answer that has to fit a schema, and agents that it may call
 * within these limits. It can choose among them and fill in their inputs; never a payee, a cap or an approver.
 */
export const model = defineKind({
  kind: "model",
  settings: z.strictObject({
    model: z
      .string()
      .min(1)
      .max(120)
      .meta(shown({ title: "Model" })),
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
    cap: Money.meta(
      shown({ title: "At most", description: "One answer never costs more than this.", control: "money" }),
    ),
    tools: z
      .array(AgentId)
      .max(20)
      .meta(shown({ title: "Agents that it may call", control: "agents", one: "agent" }))
      .default([]),
    maxCalls: count(0, 50, { title: "Calls", description: "Of these agents, in all." }).default(0),
    maxTurns: count(1, 50, { title: "Turns" }).default(1),
    maxTokens: count(1, 1_000_000, { title: "Tokens" }),
    deadlineMs: z
      .number()
      .int()
      .min(1_000)
      .max(600_000)
      .meta(shown({ title: "Time to answer", control: "duration" }))
      .default(60_000),
  }),
  ports: ({ inputs, output }) => ({ inputs: inputs.map((name) => port(name, name)), outputs: portsOf(output) }),
  lower(settings, around) {
    const { model, prompt, inputs, output, cap, tools, maxCalls, maxTurns, maxTokens, deadlineMs } = settings;
    const offered = around.models.get(model);
    const written = { text: prompt, as: "template", field: "prompt" } as const;
    const checked = checkExpressions(around, variablesFrom(around, inputs), [written]);
    const faults: LowerError[] = [
      ...(offered ? [] : [{ code: "model_unknown", model } as const]),
      ...(checked.ok ? [] : checked.error),
      ...schemaFaults("output", output),
      ...tools.flatMap((agent) => (around.manifests.has(agent) ? [] : [{ code: "agent_unknown", agent } as const])),
      ...(tools.length > 0 && maxCalls === 0 ? [NO_CALLS] : []),
    ];
    if (faults.length > 0 || !offered || !checked.ok) return err(faults);
    const instruction = {
      op: "model",
      model,
      cap,
      payee: offered.payee,
      publisher: offered.publisher,
      deadlineMs,
      prompt,
      reads: checked.value.reads,
      output: around.schema(output),
      tools: [...new Set(tools)].sort(),
      limits: { calls: maxCalls, turns: maxTurns, tokens: maxTokens },
    } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, takesOf(around, inputs))],
      offers: Object.fromEntries(
        portsOf(output).map(({ name, schema, required }) => [name, { ...made(name, schema), optional: !required }]),
      ),
    });
  },
});
