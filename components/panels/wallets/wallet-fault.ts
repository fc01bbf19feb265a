import { TRPCClientError } from "@trpc/client";
import { explainApiError, explainDomainError } from "@/components/api/explain-api-error";
import type { SignInRefused } from "@/components/api/session";
import type { ErrorNoticeProps } from "@/components/ui/error-notice";

/** What can go wrong between the page and a wallet, before the studio is asked anything. */
export type WalletFault =
  | { code: "wallet_refused"; wallet: string }
  | { code: "wallet_failed"; wallet: string; problem: string }
  | { code: "wallet_unable"; wallet: string; wanted: string }
  | { code: "wallet_other_account"; wallet: string; wanted: string }
  | { code: "wallet_elsewhere"; at: string }
  | { code: "words_other" };

/** Carries a fault through a mutation. */
export class WalletRefusal extends Error {
  constructor(readonly fault: WalletFault) {
    super(fault.code);
  }
}

const LONGEST = 200;

/** What a wallet threw, told apart: saying no is no failure. */
export function faultOf(thrown: unknown, wallet: string): WalletFault {
  const { code, message } = thrown instanceof Error ? { code: 0, ...thrown, message: thrown.message } : wordsOf(thrown);
  if (code === 4001 || /reject|declin|denied|deny|cancel|refus/i.test(message))
    return { code: "wallet_refused", wallet };
  return { code: "wallet_failed", wallet, problem: message.slice(0, LONGEST) || "it gave no reason" };
}

/** What the studio answers to a signature at the door. It never says whether a wallet has an account. */
export function signInRefusedWords({ message: code }: SignInRefused): ErrorNoticeProps {
  if (code === "challenge_expired") return explainDomainError({ code });
  if (code === "signature_invalid")
    return explainDomainError({
      code,
      problem: "The wallet's signature is not one of the words that it was asked to sign.",
    });
  return explainApiError(new TRPCClientError("nobody answered"));
}

/** Wallets throw plain objects, too. */
function wordsOf(thrown: unknown): { code: unknown; message: string } {
  if (typeof thrown !== "object" || thrown === null) return { code: 0, message: String(thrown) };
  return {
    code: "code" in thrown ? thrown.code : 0,
    message: "message" in thrown ? String(thrown.message) : "",
  };
}

export function walletFaultWords(fault: WalletFault): ErrorNoticeProps {
  const { code } = fault;
  switch (fault.code) {
    case "wallet_refused":
      return {
        code,
        what: `${fault.wallet} was told no.`,
        safe: "Nothing was signed and nothing was paid.",
        next: "Ask again when you want to sign.",
      };
    case "wallet_failed":
      return {
        code,
        what: `${fault.wallet} could not do it: ${fault.problem}`,
        safe: "The studio was not asked for anything.",
        next: "Unlock the wallet, or choose another one, then try again.",
      };
    case "wallet_unable":
      return {
        code,
        what: `${fault.wallet} cannot ${fault.wanted}.`,
        safe: "Nothing was signed.",
        next: "Choose another wallet.",
      };
    case "wallet_other_account":
      return {
        code,
        what: `${fault.wallet} does not offer the account ${fault.wanted}, which is linked here.`,
        safe: "Nothing was signed.",
        next: "Choose that account inside the wallet, then try again.",
      };
    case "wallet_elsewhere":
      return {
        code,
        what: `Wallets sign for this studio at ${fault.at} only.`,
        safe: "Nothing was signed.",
        next: `Open ${fault.at} in this browser, and do it there.`,
      };
    case "words_other":
      return {
        code,
        what: "The words to sign are not about what is on this screen.",
        safe: "No wallet was asked, and nothing was signed.",
        next: "Reload the page. If it stays, do not answer and report it.",
      };
  }
}
