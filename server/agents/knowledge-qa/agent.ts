import { z } from "zod";
import { type Agent, done, type Outcome, refused } from "@/sdk/agent";
import type { Tell } from "@/sdk/report";
import type { ModelAddress } from "../model/ask-model";
import { findPassages, type Hit, MOST_PASSAGES, stemsIn } from "./find-passages";
import { generate } from "./generate";
import { knowledgeQaManifest } from "./manifest";
import type { Quote } from "./quotes";

const Input = z.object({
  question: z.string(),
  documents: z.array(z.object({ title: z.string(), text: z.string() })),
  most: z.number().int().min(1).max(10).default(3),
});
type Input = z.infer<typeof Input>;

const LONGEST_QUESTION = 2_000;
const MOST_LETTERS = 3_000_000;
/** A passage that is worth less than this part of the best is no answer beside it. */
const WORTH = 0.5;
const NOT_FOUND = "The documents do not say.";

export type KnowledgeOptions = { model: ModelAddress | null; modelTimeoutMs?: number };
type Care = { signal: AbortSignal; tell: Tell };

export function knowledgeQa(options: KnowledgeOptions): Agent {
  const host = options.model ? { host: new URL(options.model.baseUrl).host } : null;
  return {
    manifest: knowledgeQaManifest(host),
    execute: (input, { signal, tell }) => answer(Input.parse(input), options, { signal, tell }),
  };
}

async function answer(input: Input, options: KnowledgeOptions, { signal, tell }: Care): Promise<Outcome> {
  const { documents: sources, question } = input;
  const letters = sources.reduce((total, { text }) => total + text.length, 0);
  if (letters > MOST_LETTERS) return tooLarge("letters", MOST_LETTERS);
  if (sources.every(({ text }) => text.trim() === "")) {
    return refused("documents_empty", "There is nothing to look into. Give documents with a title and a text each.");
  }
  if (question.length > LONGEST_QUESTION) {
    return refused("question_too_long", `The question has more than ${LONGEST_QUESTION} letters. Ask in fewer.`);
  }
  const wanted = stemsIn(question);
  if (wanted.length === 0) {
    return refused("question_empty", "The question has no word that could be looked for. Name what it is about.");
  }
  tell({ progress: { done: 0, message: `Looking into ${sources.length} documents` } });
  const search = await findPassages(sources, wanted, signal);
  if (!search) return tooLarge("sentences", MOST_PASSAGES);
  const { hits, passages } = search;
  if (hits.length === 0) return done(notFound(passages, { mode: "extractive", reason: "nothing_matches" }));
  return done(await answered(input, { hits, passages, options, care: { signal, tell } }));
}

function tooLarge(what: string, most: number): Outcome<never> {
  const words = `The documents have more than ${most.toLocaleString("en-US")} ${what} together`;
  return refused("documents_too_large", `${words}. Give fewer at once.`);
}

type Material = { hits: readonly Hit[]; passages: number; options: KnowledgeOptions; care: Care };

/** No model, or one that fails, is no failure of the work: the quotes stand for themselves, and the step says why. */
async function answered(input: Input, { hits, passages, options, care }: Material) {
  const extracted = extract(input, hits);
  const plain = { answer: extracted.map(({ quote }) => quote).join(" "), found: true, sources: extracted, passages };
  const { model, modelTimeoutMs: timeoutMs } = options;
  if (!model)
    return { output: { ...plain, mode: "extractive" }, detail: { mode: "extractive", reason: "no_model_configured" } };
  care.tell({ progress: { message: `Asking ${model.model} for an answer` } });
  const { question, documents: sources } = input;
  const made = await generate(model, { question, hits, sources }, { signal: care.signal, timeoutMs });
  if ("failure" in made) {
    const { code, ...more } = made.failure;
    const detail = { mode: "extractive", reason: code, model: model.model, ...more };
    return code === "model_found_nothing"
      ? notFound(passages, { ...detail, mode: "generative" })
      : { output: { ...plain, mode: "extractive" }, detail };
  }
  const output = { answer: made.answer, found: true, sources: made.quotes, passages, mode: "generative" };
  return { output, detail: { mode: "generative", model: model.model, quotesDropped: made.dropped } };
}

function notFound(passages: number, detail: { mode: string; reason: string }) {
  return { output: { answer: NOT_FOUND, found: false, sources: [], passages, mode: detail.mode }, detail };
}

type Scored = Quote & { score: number };

/** The best passages, what is said twice once. */
function extract({ documents, most }: Input, hits: readonly Hit[]): Scored[] {
  const best = hits[0] ? hits[0].score * hits[0].cover : 0;
  const seen = new Set<string>();
  return hits
    .filter(({ score, cover }) => score * cover >= best * WORTH)
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, most)
    .map(({ source, start, end, text, score }) => ({
      document: source,
      title: documents[source]?.title ?? "",
      quote: text,
      start,
      end,
      score,
    }));
}
