import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { type SignInMessage, signInWords, type WalletAddress } from "@/flows/receipts/sign-in-message";
import { isSignedByWallet } from "@/flows/receipts/wallet-signature";
import type { Challenge, WalletPurpose } from "../repos/wallets-repo";
import type { Services } from "../services";

export type WalletAnswerError = { code: "challenge_expired" } | { code: "signature_invalid"; problem: string };

/** What a wallet answered: who signed, the words that it signed, and its signature in base58. */
export type WalletAnswer = { nonce: string; address: WalletAddress; message: string; signature: string };

/** Who asks, and what for. A stranger asks to sign in and for nothing else. */
export type WalletAsk =
  | { purpose: "sign_in"; account: null }
  | { purpose: "link" | "unlink"; account: AccountId }
  | { purpose: "payout"; account: AccountId; about: WalletAddress };

type Needs = Pick<Services, "ids" | "site" | "wallets">;

/** Words for a wallet to sign: good once, for five minutes, for this purpose and who asks alone. */
export async function askWallet({ ids, site, wallets }: Needs, ask: WalletAsk): Promise<SignInMessage> {
  const nonce = `${ids.fresh()}${ids.fresh()}`.replaceAll("-", ""); // wallets take letters and digits only
  const about = ask.purpose === "payout" ? ask.about : null;
  const kept = { purpose: ask.purpose, account: ask.account, about };
  return messageOf(site, nonce, { ...kept, ...(await wallets.issue(nonce, kept)) });
}

/**
 * Whether a wallet signed exactly the words that it was asked to. The challenge is used up by asking, whatever comes of it: what
 * was signed once counts once, and a wrong answer is no second try.
 */
export async function heardWallet(
  { site, wallets }: Pick<Needs, "site" | "wallets">,
  answer: WalletAnswer,
  expected: { purpose: WalletPurpose; account: AccountId | null },
): Promise<Result<Challenge, WalletAnswerError>> {
  const challenge = await wallets.take(answer.nonce);
  if (challenge?.purpose !== expected.purpose || challenge.account !== expected.account)
    return err({ code: "challenge_expired" });
  // Written anew from what we keep: nothing that the browser says of domain, times or purpose counts.
  const words = signInWords(messageOf(site, answer.nonce, challenge), answer.address);
  if (answer.message !== words)
    return err({ code: "signature_invalid", problem: "The wallet signed other words than it was asked to." });
  if (!isSignedByWallet({ message: words, signature: answer.signature }, answer.address))
    return err({ code: "signature_invalid", problem: "This is not the signature of these words by this wallet." });
  return ok(challenge);
}

function messageOf({ origin, chainId }: Services["site"], nonce: string, challenge: Challenge): SignInMessage {
  return {
    domain: origin.replace(/^https?:\/\//, ""),
    statement: statementOf(challenge),
    ...{ uri: origin, version: "1", chainId, nonce },
    issuedAt: challenge.issuedAt.toISOString(),
    expirationTime: challenge.expiresAt.toISOString(),
    ...(challenge.account === null ? {} : { requestId: challenge.account }),
  };
}

/** ASCII in one line, as the message's grammar wants it. */
function statementOf({ purpose, about }: Challenge): string {
  switch (purpose) {
    case "sign_in":
      return "Sign in to Agent Labs Studio. This pays nothing.";
    case "link":
      return "Let this wallet open my account of Agent Labs Studio. This pays nothing.";
    case "unlink":
      return "This wallet opens my account of Agent Labs Studio no more. This pays nothing.";
    case "payout":
      return `From now on, pay what my agents earn in Agent Labs Studio to ${about}. This pays nothing now.`;
  }
}
