import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { digestOf } from "@/flows/plan/digest";
import type {
  EvidenceAsk,
  EvidenceError,
  EvidencePort,
  ProofChallenge,
  ProofChallenges,
  Waiting,
} from "@/flows/ports/evidence";
import { approvalWords } from "@/flows/receipts/approval-words";
import type { WalletAddress } from "@/flows/receipts/sign-in-message";
import { isSignedByWallet } from "@/flows/receipts/wallet-signature";

export type WalletWords = { nonce: string; address: WalletAddress; message: string };
export type SignedByWallet = WalletWords & { signature: string };

type Linked = Waiting & { address: WalletAddress };

type Needs = {
  challenges: ProofChallenges;
  /** The wallet that is linked to an account at this moment. */
  linked(account: AccountId): Promise<Linked | null>;
  /** The studio's own address, from its configuration and not from a request. */
  origin: string;
  fresh(): string;
};

/** A yes that the linked wallet signed, over words that name the digest of what is agreed to. Ed25519, by `signMessage`. */
export function walletEvidence(needs: Needs): EvidencePort<WalletWords, SignedByWallet> {
  const { challenges, linked, origin, fresh } = needs;
  const wordsOf = ({ account, about }: EvidenceAsk, place: { nonce: string; address: string } & Times) =>
    approvalWords(about, {
      ...{ origin, account, nonce: place.nonce, address: place.address },
      ...{ issuedAt: isoOf(place.issuedAtMs), expiresAt: isoOf(place.expiresAtMs) },
    });
  return {
    async ask(ask) {
      const signer = signingNow(await linked(ask.account));
      if (!signer.ok) return signer;
      const address = signer.value;
      const nonce = fresh();
      const times = await challenges.issue(nonce, {
        kind: "wallet",
        account: ask.account,
        subject: digestOf(ask.about),
      });
      return ok({ nonce, address, message: wordsOf(ask, { nonce, address, ...times }) });
    },
    async prove(ask, { nonce, address: signer, message, signature }) {
      const challenge = await challenges.take(nonce);
      if (challenge?.kind !== "wallet" || challenge.account !== ask.account) return err({ code: "challenge_expired" });
      if (challenge.subject !== digestOf(ask.about)) return err({ code: "signature_invalid", problem: OTHER_QUESTION });
      const mine = signingNow(await linked(ask.account));
      if (!mine.ok) return mine;
      const address = mine.value;
      if (signer !== address) return err({ code: "signature_invalid", problem: OTHER_WALLET });
      // Written anew from what we keep: nothing that the browser says of domain, times or question counts.
      const words = wordsOf(ask, { nonce, address, ...challenge });
      if (message !== words) return err({ code: "signature_invalid", problem: OTHER_WORDS });
      if (!isSignedByWallet({ message: words, signature }, address))
        return err({ code: "signature_invalid", problem: UNSIGNED });
      return ok({ kind: "wallet", proof: canonicalJson({ kind: "wallet", address, message: words, signature }) });
    },
  };
}

function signingNow(linked: Linked | null): Result<WalletAddress, EvidenceError> {
  if (!linked) return err({ code: "evidence_missing", kind: "wallet" });
  const { address, waitsUntilMs } = linked;
  return waitsUntilMs === null
    ? ok(address)
    : err({ code: "means_too_new", kind: "wallet", countsFromMs: waitsUntilMs });
}

const isoOf = (ms: number) => new Date(ms).toISOString();
type Times = Pick<ProofChallenge, "issuedAtMs" | "expiresAtMs">;

const OTHER_QUESTION = "This was signed for another approval than the one that is answered.";
const OTHER_WALLET = "The wallet that signed is not the one that is linked to your account.";
const OTHER_WORDS = "The wallet signed other words than it was asked to.";
const UNSIGNED = "This is not the signature of these words by this wallet.";
