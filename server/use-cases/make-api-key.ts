import type { AccountId } from "@/flows/basics/ids";
import { sha256Hex } from "@/flows/plan/digest";
import type { Scope } from "../repos/api-keys-repo";
import type { Services } from "../services";

export const SCOPES = ["approvals:read", "approvals:decide"] as const satisfies readonly Scope[];

const DAY_MS = 86_400_000;
const PREFIX = "als";

export type MakeApiKey = { owner: AccountId; name: string; scopes: readonly Scope[]; days: number };

/** A key for programs. What is returned is shown once: only its digest is kept. */
export async function makeApiKey(
  { apiKeys, clock, ids }: Pick<Services, "apiKeys" | "clock" | "ids">,
  { owner, name, scopes, days }: MakeApiKey,
): Promise<{ id: string; key: string; until: Date }> {
  const id = plain(ids.fresh());
  const secret = plain(ids.fresh()) + plain(ids.fresh());
  const until = new Date(clock.now() + days * DAY_MS);
  await apiKeys.create(owner, { id, name, scopes: [...new Set(scopes)], until, digest: sha256Hex(secret) });
  return { id, key: [PREFIX, id, secret].join("_"), until };
}

/** Whose key a text is and what it may do; null when it is none that holds. */
export async function holderOf({ apiKeys }: Pick<Services, "apiKeys">, key: string) {
  const [prefix, id, secret, ...more] = key.split("_");
  if (prefix !== PREFIX || !id || !secret || more.length > 0) return null;
  return apiKeys.holder(id, sha256Hex(secret));
}

function plain(uuid: string): string {
  return uuid.replaceAll("-", "");
}
