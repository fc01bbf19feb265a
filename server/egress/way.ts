import { lookup as lookUp } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { err, ok, type Result } from "@/flows/basics/result";
import { isLocalName } from "./local-name";
import { isPublicAddress } from "./public-address";

/** The addresses of a host. Errors: rejects when it has none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** `trusted` are exact origins of the operator's configuration, which may lie anywhere; nothing else adds to them. `resolveMs`: so long a name is looked up. */
export type EgressRules = { trusted: ReadonlySet<string>; resolve?: Resolve; resolveMs?: number };

/**
 * Origins that may lie anywhere. `house`: where the operator's own agents and servers may answer. `outside`: where agents
 * that people brought in may, which is for development: whoever publishes can have these called.
 */
export type TrustedOrigins = { house?: readonly string[]; outside?: readonly string[] };

/** The rules for calling what one publisher named. What the operator trusts for himself is not there for others. */
export function rulesFor(publisher: "house" | "outside", { trusted, resolve }: Named): EgressRules {
  return { trusted: new Set(trusted[publisher] ?? []), ...(resolve ? { resolve } : {}) };
}
type Named = { trusted: TrustedOrigins; resolve?: Resolve | undefined };

/** An address that was checked, and the connection that leads to it and to no other. */
export type Way = { url: URL; addresses: readonly string[]; lookup: LookupFunction };

export type EgressError = { code: "egress_refused" | "host_unknown"; reason: string };

/**
 * How to reach an address, when it may be reached. The name is resolved once and all that it stands for is checked; the
 * connection goes to what was checked, so that a name which stands for something else a moment later leads nowhere new.
 */
export async function findWay(url: URL, rules: EgressRules): Promise<Result<Way, EgressError>> {
  if (url.protocol !== "https:" && url.protocol !== "http:") return refused(`${url.protocol} is not called`);
  if (url.username !== "" || url.password !== "") return refused("an address carries no user name or password");
  const isTrusted = rules.trusted.has(url.origin);
  if (!isTrusted && url.protocol !== "https:") return refused("only https is called");
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (!isTrusted && isIP(host) === 0 && isLocalName(host)) return refused(`${host} is a name of a local network`);
  const found = await addressesOf(host, inTime(rules.resolve ?? resolveByDns, rules.resolveMs ?? RESOLVE_MS));
  if (!found.ok) return found;
  const barred = isTrusted ? undefined : found.value.find((address) => !isPublicAddress(address));
  if (barred !== undefined) return refused(`${host} leads to ${barred}, which is not on the public internet`);
  return ok({ url, addresses: found.value, lookup: lookupOf(found.value) });
}

async function addressesOf(host: string, resolve: Resolve): Promise<Result<readonly string[], EgressError>> {
  if (isIP(host) !== 0) return ok([host]);
  try {
    const addresses = await resolve(host);
    return addresses.length > 0 ? ok(addresses) : unknownHost(host);
  } catch {
    return unknownHost(host);
  }
}

const RESOLVE_MS = 10_000;

/** A server of names that never answers keeps nobody waiting for longer. */
function inTime(resolve: Resolve, ms: number): Resolve {
  return (host) =>
    new Promise((found, failed) => {
      const timer = setTimeout(() => failed(new Error("no answer in time")), ms);
      resolve(host)
        .then(found, failed)
        .finally(() => clearTimeout(timer));
    });
}

async function resolveByDns(host: string): Promise<readonly string[]> {
  return (await lookUp(host, { all: true })).map(({ address }) => address);
}

function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all: asksForAll }, answer) => {
    const [first] = all;
    if (asksForAll) answer(null, all);
    else answer(null, first?.address ?? "", first?.family);
  };
}

function refused(reason: string): Result<never, EgressError> {
  return err({ code: "egress_refused", reason });
}

function unknownHost(host: string): Result<never, EgressError> {
  return err({ code: "host_unknown", reason: `${host} has no address` });
}
