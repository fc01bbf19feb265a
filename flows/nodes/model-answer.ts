import type { ObjectSchema } from "../types/agent-manifest";
import { composed } from "../types/composed";
import type { JsonSchema } from "../types/json-schema";
import { labelsOf } from "../types/labels";
import { portSchema } from "../types/schema-ports";
import type { LowerError } from "./kind";
import type { ModelSettings } from "./model-settings";

export const STOPPED = "stopped";
const DECISION = "decision";

/** What goes out where a model came to no answer. */
export const STOP: JsonSchema = {
  type: "object",
  properties: { code: { type: "string" }, reason: { type: "string" } },
  required: ["code", "reason"],
};

type Answering = Pick<ModelSettings, "output" | "actions">;

/** What a model has to answer: the properties that were drawn and, where it decides, its decision. */
export function answerOf({ output, actions }: Answering): ObjectSchema {
  if (actions.length === 0) return output;
  const properties = {
    action: { type: "string", enum: [...new Set(actions)] },
    confidence: { type: "number", minimum: 0, maximum: 1 },
    reasoning: { type: "string" },
  };
  const decision = { type: "object", title: "Decision", properties, required: Object.keys(properties) };
  return {
    ...output,
    properties: { ...output.properties, [DECISION]: { ...decision, additionalProperties: false } },
    required: [...(output.required ?? []), DECISION],
  };
}

/** Names that outputs of the node have already. */
export function reservedFaults({ output, actions }: Answering): LowerError[] {
  const kept = [STOPPED, ...(actions.length > 0 ? [DECISION] : [])];
  return kept
    .filter((name) => Object.hasOwn(output.properties, name))
    .map((name) => {
      const problem = `Every model has an output named ${name}. Call this one otherwise.`;
      return { code: "settings_invalid", field: `output.properties.${name}`, problem };
    });
}

/**
 * The form of one turn: whether it has answered, with what, what was said so far, and what it asks its agents for. Held
 * against this before the turn is paid, whoever says what the turn came to.
 */
export function turnSchema(answer: JsonSchema, tools: readonly string[], maxCalls: number): JsonSchema {
  const call = {
    type: "object",
    properties: { tool: tools.length > 0 ? { enum: [...tools] } : { type: "string" }, input: { type: "object" } },
    required: ["tool", "input"],
    additionalProperties: false,
  };
  return composed([answer], ([fits]) => ({
    type: "object",
    properties: {
      turn: {
        type: "object",
        properties: {
          done: { type: "boolean" },
          number: { type: "integer", minimum: 1 },
          calls: { type: "integer", minimum: 0 },
          answer: fits,
          history: { type: "array" },
        },
        required: ["done", "number", "calls", "history"],
        anyOf: [{ properties: { done: { const: false } } }, { required: ["answer"] }],
      },
      calls: { type: "array", items: call, maxItems: tools.length > 0 ? maxCalls : 0 },
    },
    required: ["turn", "calls"],
  }));
}

/**
 * What a model may fill in of an agent's input: no secret and no money. Null where the agent cannot do without one. An
 * object with other properties than these is refused before anything is sent.
 */
export function fillable(input: ObjectSchema): ObjectSchema | null {
  const mayFill = (name: string) => labelsOf(portSchema(input, name) ?? true).every((label) => label === "personal");
  const names = Object.keys(input.properties).filter(mayFill);
  if ((input.required ?? []).some((name) => !names.includes(name))) return null;
  const properties = Object.fromEntries(Object.entries(input.properties).filter(([name]) => names.includes(name)));
  return { ...input, properties, additionalProperties: false };
}
