/**
 * How it was shown that a person answered. `session`: they were signed in; `confirmed`: they had signed in anew a moment
 * before; `api_key`: a key of theirs did; `wallet` and `passkey`: they signed the digest of what they agreed to.
 */
export const EVIDENCE = ["session", "confirmed", "api_key", "wallet", "passkey", "voice"] as const;
export type EvidenceKind = (typeof EVIDENCE)[number];

/** Those that leave something which anybody can check. */
export const EVIDENCE_SIGNED = ["wallet", "passkey"] as const satisfies readonly EvidenceKind[];
export type SignedKind = (typeof EVIDENCE_SIGNED)[number];

const WORDS: Record<EvidenceKind, string> = {
  session: "a click by who is signed in",
  confirmed: "a click within ten minutes of signing in with a wallet",
  api_key: "an API key",
  wallet: "the signature of your linked wallet",
  passkey: "a passkey",
  voice: "your voice",
};

/** "a passkey or the signature of your linked wallet": what a yes takes, in words. */
export function kindsInWords(kinds: readonly EvidenceKind[]): string {
  const words = kinds.map((kind) => WORDS[kind]);
  const last = words.pop() ?? "what nobody can give";
  return words.length > 0 ? `${words.join(", ")} or ${last}` : last;
}
