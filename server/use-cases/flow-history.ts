import type { AccountId, FlowId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import { rebase } from "@/flows/graph/deed";
import type { FlowDocument } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import { type Looks, type PlanChange, planDiff } from "@/flows/plan/diff/plan-diff";
import { digestOf } from "@/flows/plan/digest";
import type { DeedInList, Mark } from "../repos/deeds-repo";
import type { Services } from "../services";

export type HistoryError = { code: "flow_not_found" } | { code: "revision_not_found" };
type Place = { owner: AccountId; flow: FlowId };

/** What was done, the last first, and the revisions that bear a name. `more` says that older deeds are there. */
export type History = { revision: number; deeds: readonly DeedInList[]; named: readonly Mark[]; more: boolean };

const PAGE = 200;

export async function flowHistory(
  { deeds, flows }: Pick<Services, "deeds" | "flows">,
  { owner, flow, before }: Place & { before: number },
): Promise<Result<History, HistoryError>> {
  const found = await flows.find(owner, flow);
  if (!found) return err({ code: "flow_not_found" });
  const [listed, marks] = await Promise.all([deeds.list(flow, { before, take: PAGE + 1 }), deeds.marks(flow)]);
  const named = marks.filter(({ name }) => name !== null);
  return ok({ revision: found.revision, deeds: listed.slice(0, PAGE), named, more: listed.length > PAGE });
}

/** The drawing as it was at a revision: the nearest one that is kept, and what was done since. */
export async function flowAt(
  { deeds, flows }: Pick<Services, "deeds" | "flows">,
  { owner, flow, revision }: Place & { revision: number },
): Promise<Result<{ revision: number; document: FlowDocument }, HistoryError>> {
  const found = await flows.find(owner, flow);
  if (!found) return err({ code: "flow_not_found" });
  if (revision === found.revision) return ok({ revision, document: found.document });
  const kept = revision < found.revision ? await deeds.markBefore(flow, revision) : null;
  if (!kept) return err({ code: "revision_not_found" });
  const since = await deeds.between(flow, { after: kept.revision, upTo: revision });
  if (since.length !== revision - kept.revision) return err({ code: "revision_not_found" });
  return ok({ revision, document: rebase(kept.document, since) });
}

/** Gives a revision a name. What bears a name is kept whole, under the digest of its content. */
export async function nameRevision(
  services: Pick<Services, "deeds" | "flows">,
  ask: Place & { revision: number; name: string },
): Promise<Result<{ version: number }, HistoryError>> {
  const at = await flowAt(services, ask);
  if (!at.ok) return at;
  const { document } = at.value;
  const version = await services.flows.freeze(ask.flow, digestOf(document), document);
  await services.deeds.mark(ask.flow, { revision: ask.revision, version, name: ask.name });
  return ok({ version });
}

/** What changed between two revisions: in words where both compile to a plan, else which of them does not. */
export type Compared = {
  before: FlowDocument;
  after: FlowDocument;
  words: { ok: true; changes: readonly PlanChange[] } | { ok: false; broken: "before" | "after" };
};

export async function compareRevisions(
  services: Pick<Services, "deeds" | "flows" | "registry">,
  { owner, flow, ...asked }: Place & { before: number; after: number },
): Promise<Result<Compared, HistoryError>> {
  const first = await flowAt(services, { owner, flow, revision: asked.before });
  if (!first.ok) return first;
  const second = await flowAt(services, { owner, flow, revision: asked.after });
  if (!second.ok) return second;
  const [before, after] = [first.value.document, second.value.document];
  const { models } = services.registry;
  const manifests = await services.registry.active([before, after]);
  const [was, is] = [before, after].map((document) => compile(document, { kinds: catalog, manifests, models }));
  if (!was?.ok) return ok({ before, after, words: { ok: false, broken: "before" } });
  if (!is?.ok) return ok({ before, after, words: { ok: false, broken: "after" } });
  const looks = { before: looksOf(before), after: looksOf(after) };
  return ok({ before, after, words: { ok: true, changes: planDiff(was.value.plan, is.value.plan, looks) } });
}

function looksOf({ nodes, layout }: FlowDocument): Looks {
  return { titles: Object.fromEntries(nodes.map(({ id, title }) => [id, title])), layout };
}
