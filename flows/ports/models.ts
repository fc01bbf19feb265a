import type { OperationId } from "../basics/ids";
import type { Json } from "../basics/json";
import type { Result } from "../basics/result";
import type { JsonSchema } from "../types/json-schema";
import type { Report } from "./progress";

/** A call that a model asks for. `id` is the model's own name for it. */
export type ModelCall = { id: string; tool: string; input: Json };

/** What a model is told, in order: by us, by whoever drew the flow, by itself, and by agents that it had called. */
export type ModelMessage =
  | { by: "studio"; text: string }
  | { by: "flow"; text: string }
  | { by: "model"; text: string; calls: readonly ModelCall[] }
  | { by: "agent"; call: string; tool: string; text: string };

export type ModelTool = { name: string; description: string; input: JsonSchema };

/**
 * One question to a language model. `mayCall`: whether it may ask for its tools in this turn. Units: `maxTokens` is what it
 * may write at most; `deadlineMs` is how long it may take, in milliseconds.
 */
export type ModelAsk = {
  operation: OperationId;
  model: string;
  messages: readonly ModelMessage[];
  tools: readonly ModelTool[];
  mayCall: boolean;
  maxTokens: number;
  deadlineMs: number;
};

/**
 * What a model answered: its text, what it asks for, and how many tokens it counted, where it said. `cut`: it had more to
 * say than it may write. An input that is no JSON comes as the text that it is.
 */
export type ModelReply = {
  text: string;
  calls: readonly ModelCall[];
  cut: boolean;
  tokens: { input: number; output: number } | null;
};

/**
 * `model_unreachable` provably did not answer: nothing was sent, or the server said that it cannot now; when it `answered`, only because it is busy. `outcome_unknown`:
 * the answer is lost. To ask again changes nothing, so both may be asked again.
 */
export type ModelsError =
  | { code: "model_unavailable"; reason: string }
  | { code: "model_refused"; reason: string }
  | { code: "model_unreachable"; reason: string; answered?: true }
  | { code: "outcome_unknown"; reason: string };

/** Asks a language model once. `hear` is told its text as it comes; the answer is the same, whoever listens. [P10] */
export type ModelsPort = {
  ask(ask: ModelAsk, hear?: (report: Report) => void): Promise<Result<ModelReply, ModelsError>>;
};
