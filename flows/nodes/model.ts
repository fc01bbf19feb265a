import { inWords } from "../basics/money-words";
import { err, ok } from "../basics/result";
import { type ModelTerms, priceOf } from "../plan/rates";
import { labelsOf } from "../types/labels";
import { portsOf } from "../types/schema-ports";
import { checkExpressions, variablesFrom } from "./check-expression";
import { schemaFaults } from "./input";
import { defineKind, type LowerError, nothing } from "./kind";
import { answerOf, reservedFaults, STOP, STOPPED } from "./model-answer";
import { drawingOf } from "./model-drawing";
import { ModelSettings } from "./model-settings";
import { invalid, toolFaults, toolsOf } from "./model-tools";
import { outPort, port } from "./ports";

/**
 * Asks a language model: a prompt over typed inputs, an answer that has to fit a schema, and agents that it may call
 * within these limits. It can choose among them and fill in their inputs; never a payee, a cap or an approver. It comes
 * to a drawing of ordinary nodes, so that each turn and each call is a step like any other.
 */
export const model = defineKind({
  kind: "model",
  settings: ModelSettings,
  ports: ({ inputs, output, actions }) => ({
    inputs: inputs.map((name) => port(name, name)),
    outputs: [
      ...portsOf(answerOf({ output, actions })).filter(({ name }) => name !== STOPPED),
      outPort(STOPPED, "Stopped", STOP),
    ],
  }),
  lower(settings, around) {
    const { model, prompt, inputs, output } = settings;
    const offered = around.models.get(model);
    const written = { text: prompt, as: "template", field: "prompt" } as const;
    const checked = checkExpressions(around, variablesFrom(around, inputs), [written]);
    const faults: LowerError[] = [
      ...(offered ? capFaults(settings, offered) : [{ code: "model_unknown", model } as const]),
      ...(checked.ok ? [] : checked.error),
      ...schemaFaults("output", output),
      ...reservedFaults(settings),
      ...toolFaults(settings, around.manifests),
    ];
    if (faults.length > 0) return err(faults);
    const tools = toolsOf(settings, around.manifests);
    const personal = tools.some(({ does }) =>
      "agent" in does
        ? labelsOf(around.manifests.get(does.agent)?.output ?? true).includes("personal")
        : Object.values(does.flow.outputs).some((schema) => labelsOf(schema).includes("personal")),
    );
    return ok({
      ...nothing,
      drawn: drawingOf({ settings, tools, catches: around.wiredOutputs.has(STOPPED), personal }),
    });
  },
});

/** A cap that has no room for one turn would stop it before the first. */
function capFaults({ cap, window, maxTokens }: ModelSettings, { rates }: ModelTerms): LowerError[] {
  const turn = priceOf(rates, { input: window, output: maxTokens });
  if (cap.currency === turn.currency && cap.amount >= turn.amount) return [];
  return [invalid("cap", `One turn may cost ${inWords(turn)}. Set a cap of that or more, or fewer tokens.`)];
}
