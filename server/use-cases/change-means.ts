import type { EvidenceKind } from "@/flows/basics/evidence-kinds";
import { type AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
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
  const place = "id" in change ? `${change.do}/${digestible(change.id)}` : change.do;
  const about = {
    question: QUESTIONS[change.do],
    unlocks: { bound: [], payees: [], agents: [] },
    run: RunId.parse("settings"),
    operation: OperationId.parse(`settings/passkeys/${place}`),
  };
  return { account: owner, about };
}

const digestible = (id: string) => id.replace(/[^A-Za-z0-9_-]/g, "");

const QUESTIONS: Record<MeansChange["do"], string> = {
  add: "Add the passkey that this browser makes to my account",
  remove: "Remove a passkey of my account",
  link: "Link another wallet to my account",
};

/**
 * Whoever has found a browser open must not make themselves a passkey in it: where an account has something to sign with,
 * what is added or removed is signed with that. The first is free, for there is nothing yet.
 */
export async function confirmed(
  { evidence, passkeys, wallets }: Omit<Needs, "registrar">,
  { owner, signed }: Changing,
  change: MeansChange,
): Promise<Result<null, MeansError>> {
  const [keys, wallet] = await Promise.all([passkeys.list(owner), wallets.linked(owner)]);
  const kinds: EvidenceKind[] = [
    ...(keys.length > 0 ? ["passkey" as const] : []),
    ...(wallet ? ["wallet" as const] : []),
  ];
  if (kinds.length === 0) return ok(null);
  if (!signed) return err({ code: "change_unconfirmed", kinds });
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
