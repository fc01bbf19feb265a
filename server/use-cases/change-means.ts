import type { EvidenceKind } from "@/flows/basics/evidence-kinds";
import { type AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import type { EvidenceAsk, EvidenceError } from "@/flows/ports/evidence";
import type { Services } from "../services";
import { proveEvidence, type Signed } from "./prove-evidence";

/** What somebody changes about that by which their yes is known. */
export type MeansChange = { do: "add" } | { do: "remove"; id: string } | { do: "link" };

export type MeansError =
  | { code: "change_unconfirmed"; kinds: EvidenceKind[] }
  | { code: "passkey_not_found" }
  | { code: "passkey_taken" }
  | Exclude<Awaited<ReturnType<Services["registrar"]["take"]>>, { ok: true }>["error"]
  | EvidenceError;

type Needs = Pick<Services, "evidence" | "passkeys" | "registrar" | "wallets">;
type Changing = { owner: AccountId; signed?: Signed | undefined };

/** What is signed to confirm such a change, in the words that a wallet shows. */
export function confirmationOf(owner: AccountId, change: MeansChange): EvidenceAsk {
  const place = "id" in change ? `${change.do}/${digestOf(change.id)}` : change.do;
  const about = {
    question: QUESTIONS[change.do],
    unlocks: { bound: [], payees: [], agents: [] },
    run: RunId.parse("settings"),
    operation: OperationId.parse(`settings/passkeys/${place}`),
  };
  return { account: owner, about };
}

const QUESTIONS: Record<MeansChange["do"], string> = {
  add: "Add the passkey that this browser makes to my account",
  remove: "Remove a passkey of my account",
  link: "Link another wallet to my account",
};

/**
 * Whoever has found a browser open must not make themselves a passkey in it: where an account has a passkey, that alone signs
 * what is added, removed or linked, so that a wallet by itself never becomes a passkey; else its wallet does. The first is
 * free, for there is nothing yet.
 */
export async function confirmed(
  { evidence, passkeys, wallets }: Omit<Needs, "registrar">,
  { owner, signed }: Changing,
  change: MeansChange,
): Promise<Result<null, MeansError>> {
  const [keys, wallet] = await Promise.all([passkeys.list(owner), wallets.linked(owner)]);
  const kind = keys.length > 0 ? "passkey" : wallet ? "wallet" : null;
  if (kind === null) return ok(null);
  if (signed?.kind !== kind) return err({ code: "change_unconfirmed", kinds: [kind] });
  const proved = await proveEvidence(evidence, confirmationOf(owner, change), signed);
  return proved.ok ? ok(null) : proved;
}

/** Keeps a passkey that a browser made a moment ago. */
export async function addPasskey(
  services: Needs,
  { made, name, ...changing }: Changing & { made: Parameters<Services["registrar"]["take"]>[1]; name: string },
): Promise<Result<{ id: string }, MeansError>> {
  const may = await confirmed(services, changing, { do: "add" });
  if (!may.ok) return may;
  const taken = await services.registrar.take(changing.owner, made);
  if (!taken.ok) return taken;
  const isNew = await services.passkeys.add(taken.value, name);
  return isNew ? ok({ id: taken.value.id }) : err({ code: "passkey_taken" });
}

/** Takes a passkey away. What was said with it stays shown: its public key stands in each proof. */
export async function removePasskey(
  services: Needs,
  { id, ...changing }: Changing & { id: string },
): Promise<Result<null, MeansError>> {
  const may = await confirmed(services, changing, { do: "remove", id });
  if (!may.ok) return may;
  return (await services.passkeys.remove(changing.owner, id)) ? ok(null) : err({ code: "passkey_not_found" });
}
