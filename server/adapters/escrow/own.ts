import type { Address } from "@solana/kit";
import type { RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Lifetime } from "@/flows/ports/chain";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { associatedAddress } from "@/programs/clients/escrow-addresses";
import { isSignedAsOffered, REHEARSED_UNITS, roomFor, unsigned } from "./messages";
import type { Carrying } from "./settings";
import { OpenBody } from "./stored";
import { openingOf } from "./terms";

type Own = Pick<Carrying, "settings" | "keys">;

/**
 * The lifetime of an opening that the sponsor may sign: built again from the terms that are kept, under the operator's own
 * settings, and handed in as exactly that with the payer's signature. Nothing that the database says beside them counts,
 * because web processes write there. Errors: what is not as it must be; nothing of it is signed.
 */
export async function asAgreed(
  own: Own,
  { run, body, handed }: { run: RunId; body: string; handed: string },
): Promise<Result<Lifetime, string>> {
  const kept = OpenBody.safeParse(JSON.parse(body));
  if (!kept.success || !kept.data.limits) return err("its terms cannot be read");
  const { terms, limits, blockhash, lastValidBlockHeight } = kept.data;
  if (terms.run !== run) return err("its run is another's");
  const strange = await strangeIn(own, terms);
  if (strange) return err(`its ${strange} is not ours`);
  if (limits.price < 0n || limits.price > own.settings.priorityCeiling) return err("its price is above our ceiling");
  if (limits.computeUnits > roomFor(REHEARSED_UNITS)) return err("it asks for more units than an opening takes");
  const lifetime = { blockhash, lastValidBlockHeight };
  const { version } = own.settings;
  const instructions = [await openingOf(terms)];
  const built = unsigned({ version, feePayer: own.keys.sponsor.address, lifetime, limits, instructions });
  const fits = await isSignedAsOffered(built, { signed: handed, wallet: terms.payer });
  return fits.ok ? ok(lifetime) : fits;
}

/** The first of the terms that the operator has not set so. */
async function strangeIn({ settings, keys }: Own, terms: EscrowTerms): Promise<string | null> {
  const feeAccount = await associatedAddress(settings.feeWallet as Address, settings.mint as Address);
  const pairs: readonly (readonly [string, string | number, string | number])[] = [
    ["program", terms.program, settings.program],
    ["sponsor", terms.sponsor, keys.sponsor.address],
    ["settler", terms.settler, keys.settler.address],
    ["mint", terms.mint, settings.mint],
    ["arbiter", terms.arbiter, settings.arbiter],
    ["fee", terms.feeBps, settings.feeBps],
    ["fee account", terms.feeAccount, feeAccount],
  ];
  return pairs.find(([, theirs, ours]) => theirs !== ours)?.[0] ?? null;
}
