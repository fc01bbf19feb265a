import { z } from "zod";
import { AccountId, Digest } from "../basics/ids";
import { digestOf } from "../plan/digest";
import { MOST_APPROVAL_WORDS, readApprovalWords } from "./approval-words";
import { parseStored } from "./parse-stored";
import { isSignedByPasskey } from "./passkey-signature";
import { isSignedByWallet } from "./wallet-signature";

/** What has to have been signed: a yes of this account to what has this digest. `run` where that is known. */
export type Yes = { kind: string; account: string; subject: string; run: string };
/** Which key signed, and at which address of a studio. A wallet is named by its address, a passkey by its public key. */
export type Signer = { key: string; origin: string };

const text = z.string().max(20_000);
const words = z.string().max(MOST_APPROVAL_WORDS);
const Proof = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("wallet"), address: text, message: words, signature: text }),
  z.strictObject({
    ...{ kind: z.literal("passkey"), publicKey: text, rpId: text },
    bound: z.strictObject({ account: AccountId, nonce: text, origin: text, subject: Digest }),
    ...{ authenticatorData: text, clientDataJSON: text, signature: text },
    /** Of those that were kept before it was left out: it is a handle of the device, and nothing is checked by it. */
    id: text.optional(),
  }),
]);
type Proof = z.infer<typeof Proof>;
type By<Kind extends Proof["kind"]> = Extract<Proof, { kind: Kind }>;

/**
 * Who signed this very yes, as what is kept with a vote shows; null when it does not. It is worked out from the text alone,
 * without a clock: whether it was signed in time, and whose wallet or passkey it is, the studio knew when it heard it. [V8]
 */
export function signerOf(kept: string, yes: Yes): Signer | null {
  const stored = parseStored(kept);
  const read = stored.ok ? Proof.safeParse(stored.value) : null;
  if (!read?.success || read.data.kind !== yes.kind) return null;
  return read.data.kind === "wallet" ? byWallet(read.data, yes) : byPasskey(read.data, yes);
}

function byWallet({ address, message, signature }: By<"wallet">, { account, subject, run }: Yes): Signer | null {
  const said = readApprovalWords(message);
  const fits = said?.address === address && said.account === account && said.subject === subject && said.run === run;
  return said && fits && isSignedByWallet({ message, signature }, address)
    ? { key: address, origin: said.origin }
    : null;
}

function byPasskey({ bound, ...signed }: By<"passkey">, { account, subject }: Yes): Signer | null {
  const { origin } = bound;
  const fits = bound.account === account && bound.subject === subject;
  return fits && isSignedByPasskey({ ...signed, origin, challenge: digestOf(bound) })
    ? { key: signed.publicKey, origin }
    : null;
}
