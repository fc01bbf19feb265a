import { err, ok, type Result } from "../basics/result";
import type { ModelAsk, ModelReply, ModelsError, ModelsPort } from "../ports/models";
import type { Report } from "../ports/progress";

/** `say` is heard by whoever listens to the turn. */
export type Thought = (ask: ModelAsk, say: (report: Report) => void) => ModelReply | Result<ModelReply, ModelsError>;
export type SimulatedModels = ModelsPort & { asked(): readonly ModelAsk[] };

/** Models held in memory, each as a function of what it is asked. `asked` lists all of that, in order. */
export function simulateModels(models: ReadonlyMap<string, Thought>): SimulatedModels {
  const heard: ModelAsk[] = [];
  return {
    asked: () => heard,
    async ask(ask, hear = () => undefined) {
      const model = models.get(ask.model);
      if (!model) return err({ code: "model_unavailable", reason: `This studio cannot ask ${ask.model}.` });
      heard.push(ask);
      const reply = model(ask, hear);
      return "ok" in reply ? reply : ok(reply);
    },
  };
}

/** What a model that says only this has answered. */
export function plainReply(text: string, more: Partial<ModelReply> = {}): ModelReply {
  return { text, calls: [], cut: false, tokens: { input: 10, output: 10 }, ...more };
}
