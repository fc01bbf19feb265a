import { AccountId, FlowId, OperationId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { samples } from "@/flows/examples/samples";
import type { Account } from "../repos/accounts-repo";
import type { Services } from "../services";

/** 500 credits. Units: trial microcredits. */
const TRIAL_GIFT = money("trial_microcredits", 500_000_000n);

/** Opens a local account with trial credits and the sample flows, so that there is something to run at once. */
export async function openAccount(
  services: Pick<Services, "accounts" | "flows" | "ids" | "wallet">,
  { name }: { name: string },
): Promise<Account> {
  const account = { id: AccountId.parse(services.ids.fresh()), name: name.trim().slice(0, 60) || "Local account" };
  await services.accounts.create(account);
  for (const currency of ["microcredits", "trial_microcredits"] as const)
    await services.wallet.open(account.id, currency);
  const operation = OperationId.parse(`grant/${account.id}`);
  await services.wallet.grant({ operation, owner: account.id, amount: TRIAL_GIFT });
  for (const { name, document } of samples.toReversed())
    await services.flows.create(account.id, { id: FlowId.parse(services.ids.fresh()), name, document });
  return account;
}
