import { z } from "zod";
import { type Agent, done, type Outcome, refused } from "@/sdk/agent";
import type { Tell } from "@/sdk/report";
import type { ModelAddress } from "../model/ask-model";
import { keywordsOf } from "./keywords";
import { summariserManifest } from "./manifest";
import { type Ranked, rankSentences } from "./rank";
import { selectSentences } from "./select";
import { splitSentences } from "./sentences";
import { countWords } from "./words";
import { writeAbstract } from "./write-abstract";

const Input = z.object({
  text: z.string(),
  sentences: z.number().int().min(1).max(20).default(5),
  focus: z.string().default(""),
});
type Input = z.infer<typeof Input>;

/** What a model is given at most. Of a longer text it gets the sentences that carry it. */
const MODEL_LETTERS = 60_000;

export type SummariserOptions = { model: ModelAddress | null; modelTimeoutMs?: number };

export function summariser(options: SummariserOptions): Agent {
  const host = options.model ? { host: new URL(options.model.baseUrl).host } : null;
  return {
    manifest: summariserManifest(host),
    execute: (input, { signal, tell }) => summarise(Input.parse(input), options, { signal, tell }),
  };
}

/** When to stop, and whom to tell how it goes. */
type Care = { signal: AbortSignal; tell: Tell };

async function summarise(input: Input, options: SummariserOptions, care: Care): Promise<Outcome> {
  const sentences = splitSentences(input.text);
  if (sentences.length === 0) {
    return refused("text_empty", "The text has no sentences. Send prose: lines without a full stop count as headings.");
  }
  const ranked = await rankSentences(sentences, { focus: input.focus, ...care });
  const chosen = selectSentences(ranked, input.sentences);
  const common = {
    sentences: chosen.map(({ text, position, score }) => ({ text, position, score })),
    words: countWords(input.text),
    keywords: keywordsOf(input.text),
  };
  const { abstract, detail } = await abstractOf(input, { ranked, options, care });
  const output =
    abstract === null
      ? { summary: chosen.map(({ text }) => text).join(" "), ...common, mode: "extractive" }
      : { summary: abstract, ...common, mode: "generative" };
  return done({ output, detail });
}

type Material = { ranked: readonly Ranked[]; options: SummariserOptions; care: Care };
type Abstract = { abstract: string | null; detail: Record<string, unknown> };

/** No model, or one that fails, is no failure of the work: the sentences stand for themselves, and the step says why. */
async function abstractOf(input: Input, { ranked, options, care }: Material): Promise<Abstract> {
  const { model, modelTimeoutMs } = options;
  if (!model) return { abstract: null, detail: { mode: "extractive", reason: "no_model_configured" } };
  const task = { text: shortened(input.text, ranked), sentences: input.sentences, focus: input.focus };
  const limit = modelTimeoutMs === undefined ? care : { ...care, timeoutMs: modelTimeoutMs };
  care.tell({ progress: { message: `Asking ${model.model} for an abstract` } });
  const asked = await writeAbstract(model, task, limit);
  if ("abstract" in asked) return { abstract: asked.abstract, detail: { mode: "generative", model: model.model } };
  const { code, ...more } = asked.failure;
  return { abstract: null, detail: { mode: "extractive", reason: code, model: model.model, ...more } };
}

function shortened(text: string, ranked: readonly Ranked[]): string {
  if (text.length <= MODEL_LETTERS) return text;
  let letters = 0;
  const fitting = [...ranked]
    .sort((left, right) => right.score - left.score)
    .filter(({ text: sentence }) => {
      letters += sentence.length + 1;
      return letters <= MODEL_LETTERS;
    });
  return fitting
    .sort((left, right) => left.position - right.position)
    .map(({ text: sentence }) => sentence)
    .join(" ");
}
