import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { z } from "zod";
import { OperationId } from "@/flows/basics/ids";
import type { Result } from "@/flows/basics/result";
import { toStored } from "@/flows/plan/stored";
import type { Services } from "../services";
import { answerQuestion } from "../use-cases/answer-question";
import { holderOf, type SCOPES } from "../use-cases/make-api-key";
import { showQuestion } from "../use-cases/show-question";
import { AnswerInput } from "./answer-input";
import { type ApiError, trpcCode } from "./errors";
import { perPerson } from "./per-person";
import { readBody } from "./read-body";

const MOST_BYTES = 2_000_000;
const PAGE = { open: 1_000, settled: 50 };
const Take = z.coerce.number().int().min(1).max(1_000);
const Place = z.strictObject({
  createdAt: z.iso.datetime().transform((text) => new Date(text)),
  operation: OperationId,
});
const mayAsk = perPerson({ most: 600, perMs: 60_000 });

type Scope = (typeof SCOPES)[number];
type Holder = NonNullable<Awaited<ReturnType<typeof holderOf>>>;

/**
 * What waits for whoever's key it is: `GET /api/v1/approvals?state=open`. `next` is where the next page begins, to be sent as `after`;
 * null when this was the last.
 */
export function listOverHttp(services: Services, request: Request): Promise<Response> {
  return withKey(services, { request, scope: "approvals:read" }, async ({ owner }) => {
    const asked = new URL(request.url).searchParams;
    const state = asked.get("state") ?? "open";
    if (state !== "open" && state !== "settled") return refusal(422, "input_invalid", "state is open or settled.");
    const flow = asked.get("flow") ?? undefined;
    const take = Take.safeParse(asked.get("take") ?? PAGE[state]);
    if (!take.success) return refusal(422, "input_invalid", "take is a number from 1 to 1000.");
    const after = placeIn(asked.get("after"));
    if (after === null) return refusal(422, "input_invalid", "after is what the page before gave as next.");
    const approvals = await services.questions.list(owner, { state, flow, after, take: take.data });
    const last = approvals.length < take.data ? undefined : approvals.at(-1);
    return json(200, { approvals, next: last ? `${last.createdAt.toISOString()}/${last.operation}` : null });
  });
}

/** Undefined for the first page, null for what is no place. */
function placeIn(text: string | null): z.infer<typeof Place> | undefined | null {
  if (text === null) return undefined;
  const [at = "", ...rest] = text.split("/");
  const read = Place.safeParse({ createdAt: at, operation: rest.join("/") });
  return read.success ? read.data : null;
}

/** One of them, with the values that go on: `GET /api/v1/approvals/{operation}`. Looking decides nothing. */
export function readOverHttp(services: Services, request: Request, name: string): Promise<Response> {
  return withKey(services, { request, scope: "approvals:read" }, async ({ owner: viewer }) => {
    const operation = OperationId.safeParse(name);
    if (!operation.success) return refusal(404, "question_not_found", "There is no such approval.");
    return told(await showQuestion(services, { viewer, operation: operation.data }));
  });
}

/** An answer: `POST /api/v1/approvals/{operation}/answer`. The run goes on from where it waits. */
export function answerOverHttp(services: Services, request: Request, name: string): Promise<Response> {
  return withKey(services, { request, scope: "approvals:decide" }, async ({ owner: by }) => {
    const operation = OperationId.safeParse(name);
    if (!operation.success) return refusal(404, "question_not_found", "There is no such approval.");
    const given = AnswerInput.safeParse(await bodyOf(request));
    if (!given.success) {
      const [first] = given.error.issues;
      return refusal(422, "input_invalid", `${first?.path.join(".") ?? ""} ${first?.message ?? ""}`.trim());
    }
    const evidence = { kind: "api_key" } as const;
    return told(await answerQuestion(services, { by, operation: operation.data, evidence, ...given.data }));
  });
}

/** A key alone signs in here: no cookie is looked at, so no page of anybody's can act in a person's name. */
async function withKey(
  services: Services,
  { request, scope }: { request: Request; scope: Scope },
  act: (holder: Holder) => Promise<Response>,
): Promise<Response> {
  const [how, key = ""] = (request.headers.get("authorization") ?? "").split(" ");
  const holder = how?.toLowerCase() === "bearer" ? await holderOf(services, key) : null;
  if (!holder) return refusal(401, "key_unknown", "Send a key that holds as Authorization: Bearer KEY.");
  if (!holder.scopes.includes(scope))
    return refusal(403, "scope_missing", `This key may not do that: it lacks ${scope}.`);
  if (!mayAsk(holder.owner, services.clock.now()))
    return refusal(429, "requests_too_many", "At most 600 requests a minute.");
  return act(holder);
}

async function bodyOf(request: Request): Promise<unknown> {
  const body = await readBody(request, MOST_BYTES);
  try {
    return body ? JSON.parse(new TextDecoder().decode(body)) : null;
  } catch {
    return null; // no JSON is no answer, and is told so
  }
}

function told(result: Result<unknown, ApiError>): Response {
  if (result.ok) return json(200, result.value);
  const { error } = result;
  return json(getHTTPStatusCodeFromError(new TRPCError({ code: trpcCode[error.code] })), { error });
}

function refusal(status: number, code: string, problem: string): Response {
  return json(status, { error: { code, problem } });
}

/** Canonical JSON: amounts are decimal texts, and what an approver saw has the very bytes of its digest. */
function json(status: number, body: unknown): Response {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return new Response(toStored(plain(body)), { status, headers });
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}
