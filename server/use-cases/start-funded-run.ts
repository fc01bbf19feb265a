import type { AccountId, Digest, RunId } from "@/flows/basics/ids";
import { money, type UsdcBase } from "@/flows/basics/money";
import type { Result } from "@/flows/basics/result";
import type { AgreedStart } from "@/flows/ports/escrows";
import type { Services } from "../services";
import { type StartRunError, startRun } from "./start-run";

/** A run whose escrow is confirmed on chain: what lies there, and what its payer agreed to start with it. */
export type FundedRun = { run: RunId; owner: AccountId; plan: Digest; cap: UsdcBase; start: AgreedStart };

type Needs = Pick<Services, "clock" | "flows" | "policies" | "registry" | "runs" | "values" | "wallet">;

/**
 * Starts what an escrow was opened for: exactly the plan that the escrow names, and as any run is started. Done twice it
 * is one run. Errors: what cannot be started any more is given back, and the payer is told why.
 */
export async function startFundedRun(services: Needs, funded: FundedRun): Promise<Result<RunId, StartRunError>> {
  const { run, owner, plan, cap, start } = funded;
  const { flow, input, workMs } = start;
  const currency = { currency: "usdc_base", plan, cap: money("usdc_base", cap) } as const;
  return startRun(services, { owner, flow, run, plan, currency, input: { ...input }, workMs });
}
