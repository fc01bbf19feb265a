import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { done, type Outcome, refused } from "@/sdk/agent";
import { isPublic } from "./addresses";
import { type Budget, budgetSpent, readBody } from "./read-body";
import { type Host, type Place, send } from "./send";

/** `allowedOrigins` may lie anywhere: the operator named them. `resolve` is how names are looked up, once for each call. */
export type Fetching = {
  allowedOrigins: readonly string[];
  resolve?: ((host: string) => Promise<readonly Host[]>) | undefined;
};

/** `address` is where it was found in the end. */
export type Fetched = { address: string; contentType: string; bytes: Uint8Array };

/** `budget` is shared by those that are fetched for one call, and `lateMs` is how long this one may take. */
type Wanted = { address: string; accept: string; signal: AbortSignal; budget?: Budget; lateMs?: number };

const MOST_REDIRECTS = 3;
const LATE_MS = 30_000;
const LONGEST = 2_000;

/** Fetches one address from the open internet. Every place on the way is checked anew, and what was checked is called. */
export async function fetchGuarded(wanted: Wanted, fetching: Fetching): Promise<Outcome<Fetched>> {
  const { address, accept, signal, budget, lateMs = LATE_MS } = wanted;
  if (budget && budget.left <= 0) return budgetSpent();
  const late = AbortSignal.timeout(lateMs);
  const both = AbortSignal.any([signal, late]);
  let next = address;
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const place = await placeOf(next, fetching, both);
      if (!place.ok) return place;
      const answer = await send(place.value, { accept, signal: both });
      if (typeof answer === "string") return unreachable(place.value.url, answer);
      const further = redirectOf(answer);
      if (further === null) {
        const whole = await taken(answer, place.value.url, budget);
        both.throwIfAborted(); // it broke off because we hung up
        return whole;
      }
      answer.destroy();
      if (!URL.canParse(further, place.value.url)) return invalid();
      next = new URL(further, place.value.url).href;
    }
    return refused("redirects_too_many", `The address leads on more than ${MOST_REDIRECTS} times. Give the last one.`);
  } catch (problem) {
    signal.throwIfAborted();
    if (late.aborted)
      return passing("page_late", `${hostOf(next)} did not answer in ${Math.round(lateMs / 1000)} s. Try again later.`);
    throw problem;
  }
}

async function placeOf(address: string, fetching: Fetching, signal: AbortSignal): Promise<Outcome<Place>> {
  if (address.length > LONGEST || !URL.canParse(address)) return invalid();
  const url = new URL(address); // 0x7f.1, 2130706433 and 127.0.0.1 are the same from here on
  if (!["http:", "https:"].includes(url.protocol) || url.username || url.password || !url.hostname) return invalid();
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const hosts = await resolved(host, fetching, signal);
  if (hosts.length === 0) return passing("page_unreachable", `There is no ${host} that answers. Look at its name.`);
  const isAllowed = fetching.allowedOrigins.includes(url.origin) || hosts.every((each) => isPublic(each.address));
  if (!isAllowed) {
    return refused(
      "address_refused",
      `${host} is not on the open internet. An operator can allow it by AGENTS_ALLOWED_ORIGINS.`,
    );
  }
  return done({ url, hosts });
}

async function resolved(host: string, { resolve = byName }: Fetching, signal: AbortSignal): Promise<readonly Host[]> {
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    if (signal.aborted) reject(signal.reason);
  });
  return Promise.race([resolve(host).catch(() => []), stopped]);
}

function byName(host: string): Promise<readonly Host[]> {
  return lookup(host, { all: true, verbatim: true });
}

function redirectOf({ statusCode, headers }: IncomingMessage): string | null {
  return [301, 302, 303, 307, 308].includes(statusCode ?? 0) ? (headers.location ?? null) : null;
}

async function taken(answer: IncomingMessage, url: URL, budget?: Budget): Promise<Outcome<Fetched>> {
  const { statusCode: status = 0, headers } = answer;
  if (status < 200 || status > 299) {
    answer.destroy();
    return unwelcome(status, url);
  }
  const body = await readBody(answer, budget);
  if (!body.ok) return body;
  return done({ address: url.href, contentType: headers["content-type"] ?? "", bytes: body.value });
}

function unwelcome(status: number, url: URL): Outcome<never> {
  const said = `${url.host} answered with status ${status}`;
  if (status === 429 || status >= 500) return passing("page_unavailable", `${said}. Try again later.`);
  if (status === 404 || status === 410)
    return refused("page_missing", `${said}: there is no such page. Look at the address.`);
  return refused("page_refused", `${said}: it does not give this page to us. Give its HTML in place of the address.`);
}

function unreachable(url: URL, problem: string): Outcome<never> {
  return passing("page_unreachable", `${url.host} cannot be reached: ${problem}. Try again later.`);
}

function invalid(): Outcome<never> {
  return refused("address_invalid", "The address is none of a web page. Give one as https://example.org/page.");
}

function passing(code: string, message: string): Outcome<never> {
  return { ok: false, error: { code, message, class: "transient" } };
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : "It";
}
