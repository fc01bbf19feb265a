import type { Address, Instruction } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import type { Lifetime } from "@/flows/ports/chain";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { associatedAddress } from "@/programs/clients/escrow-addresses";
import { disputeOf } from "./disputing";
import { extensionOf } from "./extending";
import type { Intent } from "./intents";
import { isSignedAsOffered, type Limits, REHEARSED_UNITS, roomFor, unsigned } from "./messages";
import type { Carrying } from "./settings";
import { DisputeBody, ExtendBody, OpenBody } from "./stored";
import { openingOf } from "./terms";
import { termsOf } from "./terms-of";

type Own = Pick<Carrying, "settings" | "keys" | "pool">;
type Handed = Pick<Intent, "run" | "kind" | "body"> & { handed: string };
type Agreed = { terms: EscrowTerms; instructions: readonly Instruction[]; limits: Limits; lifetime: Lifetime };

/**
 * The lifetime of what the sponsor may sign for a payer: built again from the terms that are kept, under the operator's own
 * settings, and handed in as exactly that with the payer's signature. Nothing that the database says beside them counts,
 * because web processes write there. Errors: what is not as it must be; nothing of it is signed.
 */
export async function asAgreed(own: Own, handed: Handed): Promise<Result<Lifetime, string>> {
  const agreed = await agreedIn(own, handed);
  if (!agreed.ok) return agreed;
  const { terms, instructions, limits, lifetime } = agreed.value;
  if (terms.run !== handed.run) return err("its run is another's");
  const strange = await strangeIn(own, terms, handed.kind);
  if (strange) return err(`its ${strange} is not ours`);
  if (limits.price < 0n || limits.price > own.settings.priorityCeiling) return err("its price is above our ceiling");
  if (limits.computeUnits > roomFor(REHEARSED_UNITS)) return err("it asks for more units than it may");
  const { version } = own.settings;
  const built = unsigned({ version, feePayer: own.keys.sponsor.address, lifetime, limits, instructions });
  const fits = await isSignedAsOffered(built, { signed: handed.handed, wallet: terms.payer });
  return fits.ok ? ok(lifetime) : fits;
}

/** What was agreed to, by its kind. Nothing else takes a payer's signature and the sponsor's. */
async function agreedIn({ pool }: Own, { run, kind, body }: Handed): Promise<Result<Agreed, string>> {
  switch (kind) {
    case "open": {
      const kept = OpenBody.safeParse(JSON.parse(body));
      if (!kept.success || !kept.data.limits) return err("its terms cannot be read");
      const { terms, limits, ...lifetime } = kept.data;
      return ok({ terms, instructions: [await openingOf(terms)], limits, lifetime });
    }
    case "dispute": {
      const kept = DisputeBody.safeParse(JSON.parse(body));
      if (!kept.success) return err("its lines cannot be read");
      const { lines, limits, ...lifetime } = kept.data;
      const terms = await termsOf(pool, run);
      return ok({ terms, instructions: [disputeOf(terms, lines)], limits, lifetime });
    }
    case "extend": {
      const kept = ExtendBody.safeParse(JSON.parse(body));
      if (!kept.success) return err("its times cannot be read");
      const { settleBy, expiry, limits, ...lifetime } = kept.data;
      const terms = await termsOf(pool, run);
      return ok({ terms, instructions: [extensionOf(terms, { settleBy, expiry })], limits, lifetime });
    }
    case "top_up":
    case "settle":
    case "release":
    case "close":
      return err("no payer signs it here");
    default:
      return unreachable(kind);
  }
}

/**
 * The first of the terms that the operator has not set so. A dispute or an extension lends nothing and says nothing of them but
 * which program it is for: it is signed for escrows from before keys and fees were changed as well.
 */
async function strangeIn({ settings, keys }: Own, terms: EscrowTerms, kind: Intent["kind"]): Promise<string | null> {
  if (kind === "dispute" || kind === "extend") return terms.program === settings.program ? null : "program";
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
