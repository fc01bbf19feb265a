import { type Explain, UNTOUCHED } from "@/components/api/explained";

/** What can go wrong when a wallet signs. */
export const walletWords = {
  account_has_wallet: ({ address }) => ({
    what: `Your account has a wallet already: ${address}.`,
    safe: UNTOUCHED,
    next: "Unlink that one first, which it has to sign for.",
  }),
  challenge_expired: () => ({
    what: "These words were signed already, or too late: they are good once, for five minutes.",
    safe: UNTOUCHED,
    next: "Try again: the studio makes new words to sign.",
  }),
  signature_invalid: ({ problem }) => ({
    what: problem,
    safe: UNTOUCHED,
    next: "Try again with the wallet as it is. If it happens twice, use another wallet: this one may change what it signs.",
  }),
  wallet_not_linked: () => ({
    what: "The wallet that signs here is the one that is linked to your account: link it under Settings, or choose it.",
    safe: UNTOUCHED,
    next: "Choose the linked wallet, or the right account inside it, then sign again.",
  }),
  wallet_only_way: () => ({
    what: "You came in by this wallet, and nothing else opens this account.",
    safe: UNTOUCHED,
    next: "Keep it linked. A local account that was opened in this browser can be without a wallet; this one cannot.",
  }),
  wallet_taken: () => ({
    what: "This wallet opens another account.",
    safe: UNTOUCHED,
    next: "Choose another wallet, or sign in with this one to come to its account.",
  }),
} satisfies Partial<Explain>;
