import type { EvidenceKind } from "@/flows/basics/evidence-kinds";
import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { confirmationOf, type MeansChange, passkeyDigest } from "@/flows/plan/means-change";
import type { EvidenceError } from "@/flows/ports/evidence";
import { MOST_PASSKEYS } from "../repos/passkeys-repo";
import type { Services } from "../services";
import { proveEvidence, type Signed } from "./prove-evidence";

export type MeansError =
  | { code: "change_unconfirmed"; kinds: EvidenceKind[] }
  | { code: "passkey_not_found" }
  | { code: "passkey_taken" }
  | { code: "passkeys_full"; most: number }
  | Exclude<Awaited<ReturnType<Services["registrar"]["take"]>>, { ok: true }>["error"]
  | EvidenceError;

type Needs = Pick<Services, "evidence" | "passkeys" | "registrar" | "site" | "wallets">;
type Offered = Awaited<ReturnType<Services["registrar"]["offer"]>>;
type PasskeyOffer = Extract<Offered, { ok: true }>["value"];
export type Changing = { owner: AccountId; signed?: Signed | undefined };

/** By what a change is known to be the owner's: a signature of what counts, or nothing, where nothing counts. */
type Known = "signed" | "by_nothing";

/**
 * Whoever has found a browser open must not make themselves a passkey in it: where an account has a passkey, that alone signs
 * what is added, removed or linked, so that a wallet by itself never becomes a passkey; else its wallet does. What does not
 * count yet confirms nothing, and nobody has to confirm by it: else whoever came first would be asked by everybody after.
 */
export async function confirmed(
  { evidence, passkeys, wallets }: Pick<Needs, "evidence" | "passkeys" | "wallets">,
  { owner, signed }: Changing,
  change: MeansChange,
): Promise<Result<Known, MeansError>> {
  const [keys, wallet] = await Promise.all([passkeys.list(owner), wallets.linked(owner)]);
  const hasPasskey = keys.some(({ waitsUntil }) => waitsUntil === null);
  const kind = hasPasskey ? "passkey" : wallet?.waitsUntil === null ? "wallet" : null;
  if (kind === null) return ok("by_nothing");
  if (signed?.kind !== kind) return err({ code: "change_unconfirmed", kinds: [kind] });
  const proved = await proveEvidence(evidence, { account: owner, about: confirmationOf(change) }, signed);
  return proved.ok ? ok("signed") : proved;
}

/** How long what comes to an account waits before it counts: time for its owner to hear of it and take it away. */
export const waitsHours = ({ site }: Pick<Services, "site">, known: Known): number =>
  known === "signed" ? 0 : site.firstMeansAfterHours;

/** What an authenticator is asked to make: nothing that would not be kept. */
export async function offerPasskey(
  { accounts, passkeys, registrar }: Pick<Services, "accounts" | "passkeys" | "registrar">,
  owner: AccountId,
): Promise<Result<PasskeyOffer, MeansError>> {
  const [keys, account] = await Promise.all([passkeys.list(owner), accounts.find(owner)]);
  if (keys.length >= MOST_PASSKEYS) return err({ code: "passkeys_full", most: MOST_PASSKEYS });
  return registrar.offer({ account: owner, name: account?.name || "Account" });
}

/** Keeps a passkey that a browser made a moment ago: it counts at once if it was confirmed, and else later. */
export async function addPasskey(
  services: Needs,
  { made, name, ...changing }: Changing & { made: Parameters<Services["registrar"]["take"]>[1]; name: string },
): Promise<Result<{ id: string }, MeansError>> {
  const { id, response } = made.response;
  const passkey = passkeyDigest({ id, attestationObject: response.attestationObject });
  const may = await confirmed(services, changing, { do: "add", passkey, name });
  if (!may.ok) return may;
  const taken = await services.registrar.take(changing.owner, made);
  if (!taken.ok) return taken;
  const added = await services.passkeys.add(taken.value, { name, waitsHours: waitsHours(services, may.value) });
  if (added === "added") return ok({ id: taken.value.id });
  return err(added === "passkeys_full" ? { code: added, most: MOST_PASSKEYS } : { code: added });
}

/**
 * Takes a passkey away. What was said with it stays shown: its public key stands in each proof. One that does not count yet
 * takes no signature: its maker had none either, and the account's owner may have no other.
 */
export async function removePasskey(
  services: Pick<Needs, "evidence" | "passkeys" | "wallets">,
  { id, ...changing }: Changing & { id: string },
): Promise<Result<null, MeansError>> {
  if (await services.passkeys.removeWaiting(changing.owner, id)) return ok(null);
  const may = await confirmed(services, changing, { do: "remove", id });
  if (!may.ok) return may;
  return (await services.passkeys.remove(changing.owner, id)) ? ok(null) : err({ code: "passkey_not_found" });
}
