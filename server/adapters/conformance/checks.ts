import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AccountId, OperationId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Result } from "@/flows/basics/result";
import { sameJson } from "@/flows/basics/same-json";
import { digestOfManifest } from "@/flows/plan/manifest";
import type { AgentsPort } from "@/flows/ports/agents";
import { AgentManifest } from "@/flows/types/agent-manifest";
import type { Protocol } from "@/flows/types/protocol";
import { validate } from "@/flows/types/validate";
import { ask, type Heard } from "./http-agent";

/** What is put to the test: a declaration, the address in front of its routes, and an input that it says it takes. */
export type OnTrial = {
  manifest: AgentManifest;
  address: string;
  example: Json;
  /** What it says that callers bring along; in words what is missing of it, and then it is not called. */
  secrets?: Result<readonly { header: string; value: string }[], string>;
};
/** `away`: it failed because nobody answered, which happens to the honest. */
export type Check = {
  name: CheckName;
  result: "passed" | "failed" | "left_out";
  words: string;
  ms: number;
  away: boolean;
};
export type CheckName = (typeof CHECKS)[number];

/** In this order; each is told as soon as it is known. */
export const CHECKS = [
  "health",
  "manifest",
  "schema",
  "deadline",
  "size",
  "idempotency",
  "reuse",
  "error_shape",
  "after_payment",
] as const;

type Found = Omit<Check, "name">;
type Trial = OnTrial & { fetch: Fetch; base: string; first: Heard | null; key: string; callAs: CallAs };
type Fetch = typeof globalThis.fetch;

/** Calls one agent over the protocol that it declares, at an address that no registry has yet. */
export type CallAs = (place: { origin: string; protocol: Protocol }) => AgentsPort;
export type Ways = { fetch: Fetch; callAs: CallAs };

const MARGIN_MS = 5_000; // the agent keeps its own deadline; this is for the way there and back
const SHORT_MS = 10_000;

/** Puts an agent to the test over the network. It is called some six times with the example, and paid for none of them. */
export async function* conformance(ways: Ways, on: OnTrial): AsyncGenerator<Check> {
  const trial = trialOf(ways, on);
  for (const name of CHECKS) yield { name, ...(await checkOf(name, trial)) };
}

function trialOf(ways: Ways, on: OnTrial): Trial {
  const base = `${on.address}/${nameOf(on.manifest.agent)}`;
  return { ...on, ...ways, base, first: null, key: randomUUID() };
}

/** Of another protocol only what it can show is asked: it has no health, no manifest of ours and no keys. */
const OF_OUR_CONTRACT: readonly CheckName[] = ["health", "manifest", "reuse", "error_shape"];

async function checkOf(name: CheckName, trial: Trial): Promise<Found> {
  const { protocol } = trial.manifest;
  if (protocol && OF_OUR_CONTRACT.includes(name)) return leftOut("Its protocol has nothing of the kind.");
  return carryOut[name](trial);
}

/** A small trial of an agent that is listed: the first thing that is wrong with it, or null. It is paid for nothing. */
export async function probe(ways: Ways, on: OnTrial): Promise<Check | null> {
  const trial = trialOf(ways, on);
  // What a call of it changes outside is nobody's to change every quarter of an hour.
  // Nor is one called without what its callers bring along: that would show nothing.
  const uncalled = on.manifest.effect === "once" || on.secrets?.ok === false;
  for (const name of uncalled ? PROBED_UNCALLED : PROBED) {
    const found = { name, ...(await checkOf(name, trial)) };
    if (found.result === "failed") return found;
  }
  return null;
}

const PROBED_UNCALLED = ["health", "manifest"] as const;
const PROBED = ["health", "manifest", "schema", "after_payment"] as const;

const carryOut: Record<CheckName, (trial: Trial) => Promise<Found>> = {
  async health({ fetch, base, manifest }) {
    const heard = await ask(fetch, { url: `${base}/health`, waitMs: SHORT_MS });
    const well = z.looseObject({ status: z.literal("ok"), agent: z.literal(manifest.agent) });
    if ("silent" in heard) return failed(heard, `GET ${base}/health: ${heard.silent}.`);
    return heard.status === 200 && well.safeParse(heard.said).success
      ? passed(heard, "It answers that it is well.")
      : failed(
          heard,
          `GET ${base}/health is to answer 200 {"status": "ok", "agent": "${manifest.agent}"}. It answered ${short(heard)}.`,
        );
  },
  async manifest({ fetch, base, manifest }) {
    const heard = await ask(fetch, { url: `${base}/manifest`, waitMs: SHORT_MS });
    if ("silent" in heard) return failed(heard, `GET ${base}/manifest: ${heard.silent}.`);
    const read = AgentManifest.safeParse(heard.said);
    if (heard.status !== 200 || !read.success)
      return failed(heard, `GET ${base}/manifest is to answer the manifest. It answered ${short(heard)}.`);
    const apart = differences(manifest, read.data);
    return apart.length === 0
      ? passed(heard, "It declares what is to be listed.")
      : failed(heard, `It declares another ${apart.join(", ")} than this form.`);
  },
  async schema(trial) {
    trial.first = await execute(trial, trial.key);
    return delivered(trial, trial.first);
  },
  async deadline({ first, manifest: { deadlineMs } }) {
    if (!first) return leftOut("Nothing was delivered.");
    if ("silent" in first) return failed(first, `Nothing came: ${first.silent}.`);
    const words = `${first.ms} ms of ${deadlineMs} ms.`;
    return first.ms <= deadlineMs ? passed(first, words) : failed(first, `Too slow: ${words}`);
  },
  async size({ first }) {
    if (!first) return leftOut("Nothing was delivered.");
    if ("silent" in first) return failed(first, `Nothing came: ${first.silent}.`);
    return passed(first, `${first.bytes.toLocaleString("en")} bytes of 10 MB.`);
  },
  /** The answer to a call is lost on its way; whoever asks again under the same key gets it, and no second piece of work. */
  async idempotency(trial) {
    const { fetch, manifest, example } = trial;
    if (manifest.effect === "once") return leftOut("It declares that a call is made once, so that none is repeated.");
    if (manifest.protocol) return repeated(trial);
    const key = randomUUID();
    const waitMs = manifest.deadlineMs + MARGIN_MS;
    await ask(fetch, { ...asking(trial, key), waitMs, body: bodyOf(example, key), cut: "answer" });
    const again = await execute(trial, key);
    const usable = delivered(trial, again);
    if (usable.result === "failed")
      return { ...usable, words: `Asked again after its answer was cut off: ${usable.words}` };
    if (manifest.effect === "safe") return passed(again, "Asked again after its answer was cut off, it delivered.");
    const third = await execute(trial, key);
    return sameJson(saidBy(again), saidBy(third))
      ? passed(third, "Asked again after its answer was cut off, it gave the first answer each time.")
      : failed(third, "Asked again under the same key, it gave another answer: it did the work twice.");
  },
  async reuse(trial) {
    const { fetch, manifest, example, key } = trial;
    if (manifest.effect !== "keyed") return leftOut("It does not declare that it keeps answers by their key.");
    const other = { input: { ...(example as object), studioOtherBody: true }, executionId: key };
    const heard = await ask(fetch, { ...asking(trial, key), waitMs: SHORT_MS, body: other as Json });
    if ("silent" in heard) return failed(heard, `Nothing came: ${heard.silent}.`);
    return heard.status === 409 || heard.status === 400
      ? passed(heard, "Another body under a known key is refused.")
      : failed(heard, `Another body under a known key is to be refused with 409. It answered ${short(heard)}.`);
  },
  async error_shape(trial) {
    const heard = await ask(trial.fetch, {
      ...asking(trial, randomUUID()),
      waitMs: SHORT_MS,
      body: { input: 17, executionId: "malformed" },
    });
    if ("silent" in heard) return failed(heard, `Nothing came: ${heard.silent}.`);
    const told = heard.status >= 400 && heard.status < 500 && Refusal.safeParse(heard.said).success;
    return told
      ? passed(heard, "What does not fit is refused with a code, a message and a class.")
      : failed(
          heard,
          `Input that does not fit is to be refused with 400 {"error": {"code", "message", "class"}}. It answered ${short(heard)}.`,
        );
  },
  /** From here on the first delivery counts as paid: what was bought stays deliverable, and so does the next. */
  async after_payment(trial) {
    const { first, manifest, key } = trial;
    if (!first || delivered(trial, first).result === "failed")
      return leftOut("Nothing was delivered that could be paid.");
    if (manifest.effect === "keyed") {
      const same = delivered(trial, await execute(trial, key));
      if (same.result === "failed") return { ...same, words: `What was paid is not delivered again: ${same.words}` };
    }
    const next = await execute(trial, randomUUID());
    const usable = delivered(trial, next);
    return usable.result === "failed"
      ? { ...usable, words: `After it was paid it no longer delivers: ${usable.words}` }
      : passed(next, "After it was paid it delivers as before.");
  },
};

/** Over another protocol nothing has keys: what is repeated is done again, which is right where it changes nothing. */
async function repeated(trial: Trial): Promise<Found> {
  const again = await execute(trial, randomUUID());
  if (trial.manifest.effect === "keyed")
    return failed(again, "Its protocol has no keys: declare that it changes nothing, or that it is called only once.");
  const usable = delivered(trial, again);
  return usable.result === "failed" ? usable : passed(again, "Asked again, it delivered.");
}

const Refusal = z.looseObject({
  error: z.looseObject({
    code: z.string().min(1),
    message: z.string().min(1),
    class: z.enum(["business", "permanent", "transient", "resource"]),
  }),
});

function execute(trial: Trial, key: string): Promise<Heard> {
  const { fetch, manifest, example, secrets } = trial;
  if (manifest.protocol) return called(trial, { protocol: manifest.protocol, key });
  if (secrets && !secrets.ok) return Promise.resolve({ silent: secrets.error, away: false, ms: 0 });
  const waitMs = manifest.deadlineMs + MARGIN_MS;
  return ask(fetch, { ...asking(trial, key), waitMs, body: bodyOf(example, key) });
}

/** A call goes out as one of a run does: under its key, with what its publisher brings along. */
const asking = ({ base, secrets }: Pick<Trial, "base" | "secrets">, key: string) => ({
  ...{ url: `${base}/execute`, key },
  secrets: secrets?.ok ? secrets.value : [],
});

async function called(trial: Trial, { protocol, key }: { protocol: Protocol; key: string }): Promise<Heard> {
  const { manifest, address, example, callAs } = trial;
  const began = performance.now();
  const answer = await callAs({ origin: address, protocol }).call({
    ...{ operation: OperationId.parse(`trial/${key}`), agent: manifest.agent, manifest: digestOfManifest(manifest) },
    ...{ payee: AccountId.parse("trial"), input: example, deadlineMs: manifest.deadlineMs },
  });
  const ms = Math.round(performance.now() - began);
  if (answer.ok) {
    const { output } = answer.value;
    return { status: 200, said: { output }, bytes: Buffer.byteLength(JSON.stringify(output)), ms };
  }
  const { error } = answer;
  const away = error.code === "agent_unreachable" || error.code === "outcome_unknown";
  return { silent: "reason" in error ? error.reason : error.code, away, ms };
}

const bodyOf = (input: Json, executionId: string): Json => ({ input, executionId });

/** Whether an answer is one that a run would pay. */
export function delivered({ manifest }: Pick<OnTrial, "manifest">, heard: Heard): Found {
  if ("silent" in heard) return failed(heard, `Nothing came: ${heard.silent}.`);
  if (heard.status !== 200) return failed(heard, `It answered ${short(heard)}.`);
  const read = z.looseObject({ output: z.json() }).safeParse(heard.said);
  if (!read.success) return failed(heard, "Its answer has no output.");
  const fits = validate(manifest.output, read.data.output);
  if (!fits.ok)
    return failed(
      heard,
      `Its output does not fit its schema${fits.error.at ? ` at ${fits.error.at}` : ""}: ${fits.error.problem}`,
    );
  if (heard.ms > manifest.deadlineMs) return failed(heard, `It took ${heard.ms} ms of ${manifest.deadlineMs} ms.`);
  return passed(heard, "Its output fits its schema.");
}

/** What of a declaration another says otherwise, by its name. */
export function differences(one: AgentManifest, other: AgentManifest): string[] {
  if (digestOfManifest(one) === digestOfManifest(other)) return [];
  const [was, is] = [plain(one), plain(other)];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]); // what only one of them says differs, too
  return [...names].filter((name) => !sameJson((was[name] ?? null) as Json, (is[name] ?? null) as Json));
}

const plain = (manifest: AgentManifest): Record<string, unknown> =>
  JSON.parse(JSON.stringify(manifest, (_, value) => (typeof value === "bigint" ? String(value) : value)));

const saidBy = (heard: Heard): Json => ("silent" in heard ? null : (heard.said as Json));

const SHOWN = 120;

/** A stranger's words, cut: they are shown as text and to nobody but who published the agent, or reviews it. */
function short(heard: Extract<Heard, { status: number }>): string {
  const said = heard.said === undefined ? "no JSON" : JSON.stringify(heard.said);
  return `${heard.status} ${said.length > SHOWN ? `${said.slice(0, SHOWN)}…` : said}`;
}

const passed = ({ ms }: Heard, words: string): Found => ({
  result: "passed",
  words: inOneLine(words),
  ms,
  away: false,
});
const failed = (heard: Heard, words: string): Found => {
  const away = "silent" in heard && heard.away;
  return { result: "failed", words: inOneLine(words), ms: heard.ms, away };
};
const leftOut = (words: string): Found => ({ result: "left_out", words, ms: 0, away: false });

const LONGEST_WORDS = 600;

/** What a stranger's names and messages are part of: no database keeps some of their characters, and nobody reads a megabyte. */
function inOneLine(words: string): string {
  const line = words.slice(0, LONGEST_WORDS).replaceAll(/[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]+/gu, " ");
  return words.length > LONGEST_WORDS ? `${line}…` : line;
}

/** "acme/shouter@1.0.0" is served at /shouter. */
function nameOf(agent: string): string {
  return /\/(.+)@/.exec(agent)?.[1] ?? agent;
}
