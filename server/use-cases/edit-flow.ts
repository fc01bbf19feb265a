import type { AccountId, FlowId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Deed } from "@/flows/graph/deed";
import type { FlowDocument } from "@/flows/graph/graph";
import { LARGEST } from "@/flows/graph/limits";
import { type Head, type LoggedDeed, logDeeds } from "@/flows/graph/log";
import { checkDocument } from "@/flows/graph/read-document";
import { digestOf } from "@/flows/plan/digest";
import type { Services } from "../services";

export type EditFlowError = { code: "flow_not_found" } | { code: "edits_unusable"; problem: string };

/**
 * Where the log stands now and what came into it behind the revision that was asked from, one's own deeds included. The
 * whole document instead where the log does not reach back so far.
 */
export type Edited =
  | { revision: number; deeds: readonly LoggedDeed[]; document: null }
  | { revision: number; deeds: readonly LoggedDeed[]; document: FlowDocument };

type Ask = { owner: AccountId; flow: FlowId; from: number; deeds: readonly Deed[] };
type Needs = Pick<Services, "deeds" | "flows">;

const MOST_TOLD = 1_000;
const MARK_EVERY = 100;
const ATTEMPTS = 20;

/**
 * Takes deeds into a flow on top of whatever came first, each once, however often it is sent. Without deeds it tells what
 * one has missed.
 * Errors: `edits_unusable` when the document would become one that cannot be stored; then none is taken.
 */
export async function editFlow(services: Needs, ask: Ask): Promise<Result<Edited, EditFlowError>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await services.flows.find(ask.owner, ask.flow);
    if (!found) return err({ code: "flow_not_found" });
    const before: Head = { revision: found.revision, document: found.document };
    const fresh = await notInLog(services, ask);
    if (fresh.length === 0) {
      // They may have come in after the flow was read: what is told has to have them.
      const now = await services.flows.find(ask.owner, ask.flow);
      return now ? ok(await told(services, ask, now)) : err({ code: "flow_not_found" });
    }
    const { head, logged } = logDeeds(before, fresh);
    const problem = problemOf(head.document);
    if (problem !== null) return err({ code: "edits_unusable", problem });
    await keepNowAndThen(services, ask.flow, before);
    const place = { owner: ask.owner, flow: ask.flow, from: before.revision };
    if (await services.deeds.take(place, { logged, document: head.document }))
      return ok(await told(services, ask, head));
  }
  throw new Error(`flow ${ask.flow} was edited by others ${ATTEMPTS} times while an edit was taken`);
}

/** A deed that is sent twice in one letter counts once too. */
async function notInLog({ deeds }: Needs, ask: Ask): Promise<Deed[]> {
  const asked = [...new Map(ask.deeds.map((deed) => [deed.id, deed])).values()];
  if (asked.length === 0) return [];
  const known = await deeds.known(
    ask.flow,
    asked.map(({ id }) => id),
  );
  return asked.filter(({ id }) => !known.has(id));
}

async function told({ deeds }: Needs, { flow, from, deeds: asked }: Ask, head: Head): Promise<Edited> {
  const { revision, document } = head;
  const missed = revision - from;
  const news = missed > 0 && missed <= MOST_TOLD ? await deeds.between(flow, { after: from, upTo: revision }) : [];
  if (news.length === missed) return { revision, deeds: news, document: null };
  // Which of one's own are in: they are told by name alone, the document holds what they did.
  const known = await deeds.known(
    flow,
    asked.map(({ id }) => id),
  );
  const own = asked.filter(({ id }) => known.has(id)).map((deed) => ({ ...deed, edits: [], left: [], revision }));
  return { revision, deeds: own, document };
}

/** Reading an old revision replays at most so many deeds. */
async function keepNowAndThen({ deeds, flows }: Needs, flow: FlowId, { revision, document }: Head): Promise<void> {
  const last = await deeds.markBefore(flow, revision);
  if (last && revision - last.revision < MARK_EVERY) return;
  const version = await flows.freeze(flow, digestOf(document), document);
  await deeds.mark(flow, { revision, version, name: null });
}

function problemOf(document: FlowDocument): string | null {
  const checked = checkDocument(document as unknown as Json);
  if (!checked.ok) return checked.error[0]?.message ?? "The drawing cannot be stored.";
  return JSON.stringify(document).length > LARGEST.characters
    ? `The drawing would be larger than ${LARGEST.characters / 1_000_000} MB.`
    : null;
}
