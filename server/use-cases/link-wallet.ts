import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { EvidenceError } from "@/flows/ports/evidence";
import { type SignInMessage, WalletAddress } from "@/flows/receipts/sign-in-message";
import type { LinkedWallet } from "../repos/wallets-repo";
import type { Services } from "../services";
import { askWallet, heardWallet, type WalletAnswer, type WalletAnswerError } from "./ask-wallet";
import { type Changing, confirmed, type MeansError, waitsHours } from "./change-means";

/** How somebody came in: by the browser that holds a local account, or by a wallet. */
export type WayIn = "browser" | "wallet";

export type LinkWalletError =
  | WalletAnswerError
  | MeansError
  | { code: "wallet_taken"; address: string }
  | { code: "account_has_wallet"; address: string };
export type UnlinkWalletError = WalletAnswerError | { code: "wallet_not_linked" } | { code: "wallet_only_way" };
export type PayoutError = WalletAnswerError | EvidenceError | { code: "wallet_not_linked" };

type Needs = Pick<Services, "ids" | "site" | "wallets">;
type Answered = { owner: AccountId; answer: WalletAnswer };

/**
 * Lets a wallet open an account, and say yes in it: what the account signs with already agrees, or the wallet counts later.
 * That a wallet has another account is told only to who signed with it.
 */
export async function linkWallet(
  services: Needs & Pick<Services, "evidence" | "passkeys">,
  { owner, answer, signed }: Answered & Changing,
): Promise<Result<LinkedWallet, LinkWalletError>> {
  const may = await confirmed(services, { owner, signed }, { do: "link", address: answer.address });
  if (!may.ok) return may;
  const heard = await heardWallet(services, answer, { purpose: "link", account: owner });
  if (!heard.ok) return heard;
  const link = { address: answer.address, waitsHours: waitsHours(services, may.value) };
  const done = await services.wallets.link(owner, link);
  const now = await services.wallets.linked(owner);
  if (done === "linked" && now) return ok(now);
  if (done === "account_has_wallet" && now) return err({ code: done, address: now.address });
  return err({ code: "wallet_taken", address: answer.address });
}

/**
 * Takes a wallet away. It has to sign for that itself, so that a stolen session cannot put another in its place; and who came
 * in by it may not, for nothing else would open the account again.
 */
export async function unlinkWallet(
  services: Needs,
  { owner, way, answer }: Answered & { way: WayIn },
): Promise<Result<null, UnlinkWalletError>> {
  if (way === "wallet") return err({ code: "wallet_only_way" });
  const signer = await byLinkedWallet(services, { owner, answer }, "unlink");
  if (!signer.ok) return signer;
  const removed = await services.wallets.unlink(owner, answer.address);
  return removed ? ok(null) : err({ code: "wallet_not_linked" });
}

/**
 * Takes away a wallet that does not count yet. The session alone does: whoever found a browser open linked it with no more,
 * and the account's owner must not need that wallet to be rid of it.
 */
export async function unlinkWaiting(
  { wallets }: Pick<Services, "wallets">,
  { owner, address }: { owner: AccountId; address: WalletAddress },
): Promise<Result<null, MeansError>> {
  const removed = await wallets.unlinkWaiting(owner, address);
  return removed ? ok(null) : err({ code: "change_unconfirmed", kinds: ["wallet"] });
}

/** Words that let an account be paid elsewhere than at the wallet that opens it. */
export function askPayout(services: Needs, ask: { owner: AccountId; to: WalletAddress }): Promise<SignInMessage> {
  return askWallet(services, { purpose: "payout", account: ask.owner, about: ask.to });
}

/** Pays an account elsewhere from now on: the address stands in the words that its linked wallet signed. */
export async function setPayout(services: Needs, answered: Answered): Promise<Result<WalletAddress, PayoutError>> {
  const signed = await byLinkedWallet(services, answered, "payout");
  if (!signed.ok) return signed;
  const waits = (await services.wallets.linked(answered.owner))?.waitsUntil;
  if (waits) return err({ code: "means_too_new", kind: "wallet", countsFromMs: waits.getTime() });
  const to = WalletAddress.parse(signed.value);
  await services.wallets.setPayout(answered.owner, to === answered.answer.address ? null : to);
  return ok(to);
}

async function byLinkedWallet(
  services: Needs,
  { owner, answer }: Answered,
  purpose: "unlink" | "payout",
): Promise<Result<string | null, WalletAnswerError | { code: "wallet_not_linked" }>> {
  const heard = await heardWallet(services, answer, { purpose, account: owner });
  if (!heard.ok) return heard;
  const linked = await services.wallets.linked(owner);
  return linked?.address === answer.address ? ok(heard.value.about) : err({ code: "wallet_not_linked" });
}
