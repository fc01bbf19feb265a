import type { AccountId, Digest, FlowId, OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import type { CompileError } from "@/flows/compile/compile-error";
import { type Funding, type FundingError, fundingOf } from "@/flows/escrow/funding";
import { catalog } from "@/flows/nodes/catalog";
import type { Manifests } from "@/flows/nodes/kind";
import type { Plan } from "@/flows/plan/plan";
import type { AccountChange } from "@/flows/ports/dry-run";
import type { IntentView, Offer, OfferError, SubmitError } from "@/flows/ports/escrows";
import type { WalletAddress } from "@/flows/receipts/sign-in-message";
import { validate } from "@/flows/types/validate";
import type { Services } from "../services";
import { judgeAtStart } from "./judge-at-start";
import type { StartRunError } from "./start-run";

/** Why a run cannot be paid from an escrow, whatever lies in the wallet. */
export type RailError =
  | FundingError
  | { code: "rail_absent" }
  | { code: "wallet_not_linked" }
  | { code: "payee_wallet_missing"; payee: AccountId };

export type FundRunError =
  | Extract<
      StartRunError,
      { code: "flow_not_found" | "flow_invalid" | "input_invalid" | "plan_changed" | "policy_denied" }
    >
  | RailError
  | OfferError;

/** What a payer looks at before signing. `changes` come from the chain, by the very bytes of the offer. */
export type FundingOffer = Offer & { changes: readonly AccountChange[] };

type Asked = { owner: AccountId; flow: FlowId; plan: Digest };
export type FundRun = Asked & { run: RunId; input: Record<string, Json>; workMs?: number | undefined };

type Reads = Pick<Services, "flows" | "registry" | "site" | "wallets">;
type Needs = Reads & Pick<Services, "clock" | "dryRun" | "escrows" | "policies">;
type Agreed = { plan: Plan; manifests: Manifests };

/** Every reason why a run of this plan cannot be paid from an escrow; none when it can. Nothing is asked of the chain. */
export async function whyNotEscrow(services: Reads, asked: Asked): Promise<Result<readonly RailError[], FundRunError>> {
  if (!services.site.escrow) return ok([{ code: "rail_absent" }]);
  const agreed = await agreedTo(services, asked);
  if (!agreed.ok) return agreed;
  const funding = fundingOf(agreed.value.plan);
  const linked = await services.wallets.linked(asked.owner);
  const unpaid = funding.ok ? await withoutWallet(services, funding.value) : [];
  return ok([
    ...(funding.ok ? [] : [funding.error]),
    ...unpaid.map((payee) => ({ code: "payee_wallet_missing" as const, payee })),
    ...(linked ? [] : [{ code: "wallet_not_linked" as const }]),
  ]);
}

/**
 * Makes the transaction that opens the escrow of a run: from the plan's own authority, and from nothing that the browser
 * says beside the plan's hash. Nothing is signed and nothing moves; the run starts once the escrow stands.
 */
export async function fundRun(services: Needs, ask: FundRun): Promise<Result<FundingOffer, FundRunError>> {
  const { owner, flow, run, input, workMs } = ask;
  const { escrow } = services.site;
  if (!escrow) return err({ code: "rail_absent" });
  const agreed = await agreedTo(services, ask);
  if (!agreed.ok) return agreed;
  const { plan, manifests } = agreed.value;
  const fits = validate(plan.input, input);
  if (!fits.ok) return err({ code: "input_invalid", ...fits.error });
  const funding = fundingOf(plan, workMs);
  if (!funding.ok) return funding;
  const ruled = await judgeAtStart(services, { payer: owner, plan, currency: "usdc_base", manifests });
  if (ruled?.verdict.verdict === "deny") {
    const { rule, message, passes } = ruled.verdict;
    return err({ code: "policy_denied", rule, message, passes });
  }
  const linked = await services.wallets.linked(owner);
  if (!linked) return err({ code: "wallet_not_linked" });
  const offered = await services.escrows.offer({
    ...{ run, owner, wallet: linked.address, plan: ask.plan, ...funding.value },
    ...{ windowSeconds: escrow.windowSeconds, start: { flow, input, workMs } },
  });
  return offered.ok ? rehearsed(services, offered.value) : offered;
}

/** Hands over what the wallet signed. Whose it is, and whether it is what was offered, is held against what is kept. */
export function submitSigned(
  { escrows }: Pick<Services, "escrows">,
  signed: { owner: AccountId; intent: OperationId; signed: string },
): Promise<Result<IntentView, SubmitError>> {
  return escrows.submit(signed);
}

async function rehearsed({ dryRun }: Needs, offer: Offer): Promise<Result<FundingOffer, FundRunError>> {
  const { source, vault, escrow, sponsor } = offer.terms;
  const changes = await dryRun.changes(offer.transaction, [source, vault, escrow, sponsor]);
  if (changes.ok) return ok({ ...offer, changes: changes.value });
  return err(changes.error.code === "outcome_unknown" ? { code: "chain_unreachable" } : changes.error);
}

async function agreedTo(
  { flows, registry }: Reads,
  { owner, flow: id, plan: agreed }: Asked,
): Promise<
  Result<
    Agreed,
    | { code: "flow_not_found" }
    | { code: "flow_invalid"; errors: CompileError[] }
    | Extract<StartRunError, { code: "plan_changed" }>
  >
> {
  const flow = await flows.find(owner, id);
  if (!flow) return err({ code: "flow_not_found" });
  const manifests = await registry.active(flow.document);
  const compiled = compile(flow.document, { kinds: catalog, manifests, models: registry.models });
  if (!compiled.ok) return err({ code: "flow_invalid", errors: compiled.error });
  const { plan, hash } = compiled.value;
  if (hash !== agreed) return err({ code: "plan_changed", agreed, now: hash, bound: plan.bound });
  return ok({ plan, manifests });
}

async function withoutWallet({ wallets }: Reads, { payees }: Funding): Promise<AccountId[]> {
  const found = await Promise.all(
    payees.map(
      async ({ payee }): Promise<[AccountId, WalletAddress | null]> => [payee, await wallets.payoutWalletOf(payee)],
    ),
  );
  return found.filter(([, wallet]) => wallet === null).map(([payee]) => payee);
}
