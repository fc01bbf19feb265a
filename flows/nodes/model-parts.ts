import { z } from "zod";
import { AgentId } from "../basics/ids";
import { Money } from "../basics/money";
import { err, ok } from "../basics/result";
import { ANSWERS, EARLIER } from "../plan/instructions";
import { priceOf } from "../plan/rates";
import { ObjectSchema } from "../types/agent-manifest";
import type { JsonSchema } from "../types/json-schema";
import { mostPerCall } from "../types/price";
import { portsOf } from "../types/schema-ports";
import { callOf } from "./agent";
import { checkExpressions, variablesFrom } from "./check-expression";
import { defineKind, type NodeKind, nothing } from "./kind";
import { answerOf, fillable, STOP, turnSchema } from "./model-answer";
import { ModelSettings } from "./model-settings";
import { toolsOf } from "./model-tools";
import { ANY, LIST, made, main, outPort, port, takesOf } from "./ports";

const NOTHING_SAID = [{ done: false, number: 0, calls: 0, history: [] }, []];

/** What the first turn begins with. Where an agent tells of people, so may what is said from then on. */
const begin = defineKind({
  kind: "model_begin",
  settings: z.strictObject({ personal: z.boolean() }),
  ports: () => ({ inputs: [], outputs: [outPort("value", "Value")] }),
  lower: ({ personal }) => {
    const schema: JsonSchema = personal ? { "x-studio-type": "personal" } : ANY;
    return ok({ ...nothing, offers: { value: { value: "constant", is: NOTHING_SAID, schema } } });
  },
});

/** The purse of a model and all that it calls. What is done in it is done once; without `catches` no error stays here. */
const cap = defineKind({
  kind: "model_cap",
  role: "container",
  settings: z.strictObject({ cap: Money, catches: z.boolean() }),
  ports: () => ({
    inputs: [],
    outputs: [outPort("done", "Done"), outPort("error", "Stopped", STOP)],
    inside: { outputs: [], inputs: [port("result", "Result", { required: false })] },
  }),
  lower({ cap, catches }) {
    const caught = catches ? (["business", "permanent", "resource", "transient"] as const) : [];
    const instruction = { op: "try", attempts: 1, catches: caught, body: 0, gives: null, cap } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, {})],
      offers: { done: made("result", ANY), error: made("error", STOP, "caught") },
    });
  },
});

/** One turn: the model is asked once. */
const turn = defineKind({
  kind: "model_turn",
  settings: ModelSettings,
  ports: ({ inputs }) => ({
    inputs: [...inputs.map((name) => port(name, name)), port("#so far", "So far")],
    outputs: [outPort("turn", "Turn"), outPort("calls", "Calls", LIST)],
  }),
  lower(settings, around) {
    const { model, prompt, inputs, maxCalls, maxTurns, maxTokens, window, deadlineMs } = settings;
    const offered = around.models.get(model);
    const written = { text: prompt, as: "template", field: "prompt" } as const;
    const checked = checkExpressions(around, variablesFrom(around, inputs), [written]);
    if (!offered) return err([{ code: "model_unknown", model }]);
    if (!checked.ok) return checked;
    const { payee, publisher, rates } = offered;
    const tools = toolsOf(settings, around.manifests);
    const answer = answerOf(settings);
    const names = tools.map(({ name }) => name);
    const instruction = {
      op: "model",
      model,
      cap: priceOf(rates, { input: window, output: maxTokens }),
      rates,
      ...{ payee, publisher, deadlineMs, prompt, reads: checked.value.reads },
      answer: around.schema(answer),
      output: around.schema(turnSchema(answer, names, maxCalls)),
      tools: tools.map(({ name, description, input }) => ({ name, description, input: around.schema(input) })),
      limits: { calls: maxCalls, turns: maxTurns, tokens: maxTokens, window },
    } as const;
    const before = { from: "input", input: "#so far" } as const;
    const takes = { ...takesOf(around, inputs), [EARLIER]: { ...before, at: [0] }, [ANSWERS]: { ...before, at: [1] } };
    return ok({
      ...nothing,
      steps: [main(instruction, takes)],
      offers: { turn: made("turn", ANY), calls: made("calls", LIST) },
    });
  },
});

/** A call of an agent whose whole input the model has filled in. Who is called and for how much is not the model's. */
const tool = defineKind({
  kind: "model_tool",
  settings: z.strictObject({ agent: AgentId }),
  ports: () => ({ inputs: [port("call", "Call")], outputs: [outPort("result", "Result")] }),
  lower({ agent }, around) {
    const manifest = around.manifests.get(agent);
    if (!manifest) return err([{ code: "agent_unknown", agent }]);
    const call = { ...callOf({ manifest, most: mostPerCall(manifest.price), retries: 0 }, around), whole: "input" };
    const takes = { input: { from: "input", input: "call", at: ["input"] } } as const;
    const result = { value: "made", step: "", field: null, port: "done", schema: manifest.output } as const;
    return ok({ ...nothing, steps: [main(call, takes)], offers: { result } });
  },
});

/** What the model has filled in, input by input, for a flow that it calls. */
const fill = defineKind({
  kind: "model_fill",
  settings: z.strictObject({ input: ObjectSchema }),
  ports: ({ input }) => ({ inputs: [port("call", "Call")], outputs: portsOf(fillable(input) ?? input) }),
  lower({ input }) {
    const offers = portsOf(fillable(input) ?? input).map(({ name, schema, required }) => {
      const at = ["input", name];
      return [name, { value: "passed_on", input: "call", at, after: null, schema, optional: !required }] as const;
    });
    return ok({ ...nothing, offers: Object.fromEntries(offers) });
  },
});

/** What a called flow gives, as one list in the order of its outputs. */
const gives = defineKind({
  kind: "model_gives",
  settings: z.strictObject({ names: z.array(z.string()) }),
  ports: ({ names }) => ({
    inputs: names.map((name) => port(name, name, { required: false })),
    outputs: [outPort("result", "Result")],
  }),
  lower({ names }, around) {
    const ways = names.filter((name) => around.wiredInputs.has(name));
    const step = { name: "", instruction: { op: "join", ways } as const, takes: takesOf(around, ways) };
    return ok({ ...nothing, steps: [step], offers: { result: made("values", ANY) } });
  },
});

/** The first that comes of several ways. */
const either = defineKind({
  kind: "model_either",
  settings: z.strictObject({ ways: z.number().int().min(1) }),
  ports: ({ ways }) => ({
    inputs: wayNames(ways).map((name) => port(name, name, { required: false })),
    outputs: [outPort("first", "First")],
  }),
  lower({ ways }, around) {
    const names = wayNames(ways);
    const step = {
      name: "",
      instruction: { op: "join", ways: names } as const,
      takes: takesOf(around, names),
      need: 1,
    };
    return ok({ ...nothing, steps: [step], offers: { first: made("first", ANY) } });
  },
});

function wayNames(ways: number): string[] {
  return Array.from({ length: ways }, (_, place) => `way${place}`);
}

/** What the last turn answered, property by property. */
const said = defineKind({
  kind: "model_said",
  settings: z.strictObject({ output: ObjectSchema, actions: z.array(z.string()) }),
  ports: (settings) => ({ inputs: [port("value", "Value")], outputs: portsOf(answerOf(settings)) }),
  lower(settings) {
    const offers = portsOf(answerOf(settings)).map(({ name, schema, required }) => {
      const at = [0, "answer", name];
      return [name, { value: "passed_on", input: "value", at, after: null, schema, optional: !required }] as const;
    });
    return ok({ ...nothing, offers: Object.fromEntries(offers) });
  },
});

/** The kinds that a model is drawn of, beside everybody's. No document can name them. */
export const partKinds: Readonly<Record<string, NodeKind>> = Object.fromEntries(
  [begin, cap, turn, tool, fill, gives, either, said].map((kind) => [kind.kind, kind as unknown as NodeKind]),
);
