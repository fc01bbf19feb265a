import type { AccountId, AgentId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import { digestOfManifest } from "@/flows/plan/manifest";
import type { AgentManifest, ObjectSchema } from "@/flows/types/agent-manifest";
import { assignable } from "@/flows/types/assignable";
import { type Declared, declaredBy, type FormFault } from "@/flows/types/manifest-form";
import { writtenPrice } from "@/flows/types/price";
import type { Services } from "../services";

export type PublishError =
  | { code: "draft_not_found" }
  | { code: "form_invalid"; faults: FormFault[] }
  | { code: "publisher_unproved"; name: string }
  | { code: "address_unproved"; address: string; proved: string }
  | { code: "conformance_missing" }
  | { code: "version_taken"; agent: AgentId }
  | Misfit;

/** Why a version may not stand behind the one before it. */
export type Misfit =
  | { code: "version_not_newer"; newest: AgentId }
  | { code: "version_breaking"; side: "input" | "output"; before: AgentId; shows: Json | null };

type Of = { owner: AccountId; draft: string };
type Needs = Pick<Services, "drafts" | "ids" | "publishers" | "versions" | "wallet">;

/** Puts what a draft declares to the test. It is carried out by whoever may call outwards; its checks come one by one. */
export async function tryDraft(
  services: Pick<Needs, "drafts" | "ids">,
  { owner, draft }: Of,
): Promise<Result<{ trial: string }, PublishError>> {
  const declared = await declarationOf(services, { owner, draft });
  if (!declared.ok) return declared;
  const id = services.ids.fresh();
  const { digest, ask } = trialOf(declared.value);
  await services.drafts.startTrial({ id, draft, owner, digest, ask });
  return ok({ trial: id });
}

/**
 * Hands a draft in for review: whole, under a proved name, after every check of exactly this declaration has passed, and
 * compatible with the version before unless it has a new major number.
 */
export async function submitDraft(
  services: Needs,
  { owner, draft }: Of,
): Promise<Result<{ agent: AgentId }, PublishError>> {
  const declared = await declarationOf(services, { owner, draft });
  if (!declared.ok) return declared;
  const { manifest, address, example } = declared.value;
  const { digest, ask } = trialOf(declared.value);
  const unproved = await unprovedOf(services, { owner, manifest, address });
  if (unproved) return err(unproved);
  const trial = await services.drafts.latestTrial(draft);
  if (trial?.state !== "passed" || trial.digest !== digest) return err({ code: "conformance_missing" });
  const stands = await services.versions.newest(nameOf(manifest.agent), manifest.agent);
  const misfit = stands && compatibility(stands.manifest, manifest);
  if (misfit) return err(misfit);
  await services.wallet.open(owner, "microcredits");
  const isIn = await services.versions.submit({
    ...{ agent: manifest.agent, declared: ask.manifest, digest: digestOfManifest(manifest), owner, address, example },
    ...{ conformance: trial.id, protocol: manifest.protocol?.kind ?? "http" },
  });
  return isIn ? ok({ agent: manifest.agent }) : err({ code: "version_taken", agent: manifest.agent });
}

async function declarationOf(
  services: Pick<Needs, "drafts">,
  { owner, draft }: Of,
): Promise<Result<Declared, PublishError>> {
  const found = await services.drafts.find(owner, draft);
  if (!found) return err({ code: "draft_not_found" });
  const declared = declaredBy(found.form);
  return declared.ok ? declared : err({ code: "form_invalid", faults: declared.error });
}

/** What a trial is about, and the digest that names all of it. */
export function trialOf({ manifest, address, example }: Declared) {
  const written = JSON.parse(
    JSON.stringify({ ...manifest, price: writtenPrice(manifest.price) }, bigintsAsText),
  ) as object;
  const ask = { manifest: written, address, example };
  return { ask, digest: digestOf([digestOfManifest(manifest), address, example as Json]) };
}

type Claimed = { owner: AccountId; manifest: AgentManifest; address: string };

async function unprovedOf(
  { publishers }: Pick<Needs, "publishers">,
  { owner, manifest, address }: Claimed,
): Promise<PublishError | null> {
  const [name = ""] = manifest.agent.split("/");
  const publisher = await publishers.find(name);
  if (publisher?.owner !== owner || publisher.proof === null) return { code: "publisher_unproved", name };
  const { origin } = new URL(address);
  if (publisher.origins.includes(origin)) return null;
  // Nothing at the address of a tool or an API names its publisher: there, only a file proves that it is theirs. And where
  // somebody's file lies, nobody else lists what answers there, whatever they can sign.
  const byWallet = publisher.proof === "wallet" && manifest.protocol === undefined;
  const isFree = byWallet && !(await publishers.isProvedByOther(owner, origin));
  return isFree ? null : { code: "address_unproved", address, proved: publisher.provedBy ?? "" };
}

/**
 * Why a version may not stand behind another. With the same major number, whatever could be sent before can be sent still,
 * and whatever comes can be taken by who took it before: what cannot be proved to, breaks. [T4]
 */
export function compatibility(
  before: Pick<AgentManifest, "agent" | "input" | "output">,
  after: typeof before,
): Misfit | null {
  const [was, is] = [placeOf(before.agent), placeOf(after.agent)];
  if (compare(was, is) >= 0) return { code: "version_not_newer", newest: before.agent };
  if (was[0] !== is[0]) return null;
  const sides: [PublishSide, ObjectSchema, ObjectSchema][] = [
    ["input", before.input, after.input],
    ["output", after.output, before.output],
  ];
  for (const [side, from, to] of sides) {
    const fits = assignable(from, to);
    if (fits.answer === "yes") continue;
    const shows = fits.answer === "no" ? fits.counterExample : null;
    return { code: "version_breaking", side, before: before.agent, shows };
  }
  return null;
}

type PublishSide = "input" | "output";

const placeOf = (agent: AgentId): number[] => (agent.split("@")[1] ?? "").split(".").map(Number);

function compare(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((part, at) => part !== other[at]);
  return place < 0 ? 0 : (one[place] ?? 0) - (other[place] ?? 0);
}

export const nameOf = (agent: AgentId): string => agent.split("@")[0] ?? agent;

function bigintsAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/** What is signed by a wallet, word for word: whom it is for, so that it is good for nobody else. */
export function challengeOf({ name, owner, token }: { name: string; owner: AccountId; token: string }): string {
  return `Agent Labs Studio\nI publish agents as ${name}.\nAccount: ${owner}\nOnce: ${token}`;
}
