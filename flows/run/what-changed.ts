import { kindsInWords } from "../basics/evidence-kinds";
import { inWords } from "../basics/money-words";
import { canonicalJson } from "../plan/canonical";
import type { QuestionBody } from "../ports/approvals";

/** `part` is what is compared, and `words` how it is told: a change that the words do not show is still told. */
type Told = { name: string; part(body: QuestionBody): unknown; words(body: QuestionBody): string };

const listed = (names: readonly string[], none: string) => names.join(", ") || none;
const TIME = { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" } as const;

const TOLD: readonly Told[] = [
  { name: "the question", part: ({ question }) => question, words: ({ question }) => `"${question}"` },
  {
    name: "the amount",
    part: ({ unlocks }) => unlocks.bound,
    words: ({ unlocks }) => unlocks.bound.map(inWords).join(" and ") || "nothing",
  },
  {
    name: "the payee",
    part: ({ unlocks }) => unlocks.payees,
    words: ({ unlocks }) => listed(unlocks.payees, "nobody"),
  },
  { name: "the agents", part: ({ unlocks }) => unlocks.agents, words: ({ unlocks }) => listed(unlocks.agents, "none") },
  { name: "what goes on", part: ({ shows }) => shows, words: () => "" },
  {
    name: "what was edited",
    part: ({ edits }) => edits,
    words: ({ edits = [] }) =>
      listed(
        edits.map(({ title, value }) => `${title} ${value}`),
        "nothing",
      ),
  },
  { name: "the plan", part: ({ plan }) => plan, words: ({ plan }) => shortened(plan) },
  { name: "the run", part: ({ run }) => run, words: ({ run }) => shortened(run) },
  {
    name: "the step",
    part: ({ step, node, path }) => [step, node, path],
    words: ({ step, path }) => [step, ...path].join(" "),
  },
  { name: "who pays", part: ({ payer }) => payer, words: ({ payer }) => payer },
  {
    name: "who must agree",
    part: ({ agreement: { evidence: _, ...agreement } }) => agreement,
    words: ({ agreement }) => `${agreement.least} of ${agreement.approvers.join(", ")}`,
  },
  {
    name: "what a yes takes",
    part: ({ agreement }) => agreement.evidence,
    words: ({ agreement: { evidence } }) => (evidence ? kindsInWords(evidence) : "a click"),
  },
  {
    name: "the time to answer",
    part: ({ untilMs }) => untilMs,
    words: ({ untilMs }) => new Intl.DateTimeFormat("en", TIME).format(untilMs),
  },
];

/**
 * What is another in a question than in the one that somebody read, each in words: `the amount was 1.00 credits and is 2.00 credits`.
 * Empty where they are the same. [R52]
 */
export function whatChanged(read: QuestionBody, now: QuestionBody): string[] {
  const told = TOLD.flatMap(({ name, part, words }) => {
    if (canonicalJson(part(read) ?? null) === canonicalJson(part(now) ?? null)) return [];
    const [was, is] = [words(read), words(now)];
    return [was === is ? `${name} changed` : `${name} was ${was} and is ${is}`];
  });
  if (told.length > 0) return told;
  return canonicalJson(read) === canonicalJson(now) ? [] : ["the question is another one"];
}

function shortened(name: string): string {
  return name.length > 12 ? `${name.slice(0, 6)}…${name.slice(-4)}` : name;
}
