import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { isSignedByWallet } from "@/flows/receipts/wallet-signature";
import type { Publisher } from "../repos/publishers-repo";
import type { Services } from "../services";
import { challengeOf } from "./publish-agent";

export type ProveError =
  | { code: "publisher_taken"; name: string }
  | { code: "address_unreadable"; address: string; problem: string }
  | { code: "proof_invalid"; problem: string };

/** A name with what has to be signed or laid down to prove it. */
export type Claimed = Publisher & { challenge: string };

type Asked = { owner: AccountId; name: string };
type Needs = Pick<Services, "ids" | "publishers" | "reader">;

/** Names that would be taken for the studio's own. */
const RESERVED = ["studio", "house", "operator", "system", "admin", "agent-labs", "agent-labs-studio"];

export const WELL_KNOWN = "/.well-known/agent-labs-studio.txt";

/** Reserves a name for who asks first. It counts for nothing before it is proved. */
export async function claimPublisher(
  { ids, publishers }: Pick<Needs, "ids" | "publishers">,
  { owner, name }: Asked,
): Promise<Result<Claimed, ProveError>> {
  if (RESERVED.includes(name)) return err({ code: "publisher_taken", name });
  const claimed = await publishers.claim(owner, name, ids.fresh());
  if (claimed.owner !== owner) return err({ code: "publisher_taken", name });
  return ok({ ...claimed, challenge: challengeOf(claimed) });
}

/** Proves a name by a wallet: whoever signs for it once has to sign for it again if it is proved anew. */
export async function proveByWallet(
  services: Pick<Needs, "ids" | "publishers">,
  { wallet, signature, ...asked }: Asked & { wallet: string; signature: string },
): Promise<Result<Claimed, ProveError>> {
  const claimed = await claimPublisher(services, asked);
  if (!claimed.ok) return claimed;
  const { challenge, proof, provedBy, name } = claimed.value;
  if (proof === "wallet" && provedBy !== wallet)
    return err({ code: "proof_invalid", problem: `${name} was proved by another wallet.` });
  if (!isSignedByWallet({ message: challenge, signature }, wallet))
    return err({ code: "proof_invalid", problem: "This is not the signature of these words by this wallet." });
  await services.publishers.prove(name, { proof: "wallet", provedBy: wallet });
  return ok({ ...claimed.value, proof: "wallet", provedBy: wallet });
}

/** Proves a name by a file that lies where its agents answer. It is fetched as every address that others name. */
export async function proveByFile(
  services: Needs,
  { address, ...asked }: Asked & { address: string },
): Promise<Result<Claimed, ProveError>> {
  const claimed = await claimPublisher(services, asked);
  if (!claimed.ok) return claimed;
  const { token, name, proof, provedBy, origins } = claimed.value;
  const { origin } = new URL(address);
  // Where it redirects to, somebody else may say what is there.
  const read = await services.reader.text(`${origin}${WELL_KNOWN}`, { redirect: "error" });
  if (!read.ok)
    return err({ code: "address_unreadable", address: `${origin}${WELL_KNOWN}`, problem: read.error.problem });
  const lines = read.value.split("\n").map((line) => line.trim());
  if (!lines.includes(token))
    return err({ code: "proof_invalid", problem: `${origin}${WELL_KNOWN} has no line with the token.` });
  await services.publishers.prove(name, { proof: "well_known", provedBy: origin });
  const shown = proof === "wallet" ? { proof, provedBy } : { proof: "well_known" as const, provedBy: origin };
  return ok({ ...claimed.value, ...shown, origins: [...new Set([...origins, origin])] });
}
