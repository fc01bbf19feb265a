import type { AgentId, Digest } from "@/flows/basics/ids";
import { Digest as DigestSchema } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { ChainAccount, ChainPort } from "@/flows/ports/chain";
import { CALLED_IN, type RegistrationFault, type RegistrationsPort } from "@/flows/ports/registrations";
import { readAgent, readVersion } from "@/programs/clients/registry-accounts";
import type { Noted } from "./noted";

export type ChainRegistrationsOptions = {
  /** Which registration an agent's version has; null for one that has none. */
  noted(agent: AgentId): Promise<Noted | null>;
  /** Null where the operator named no chain: then nobody can say anything of a registered agent. */
  chain: Pick<ChainPort, "accounts"> | null;
  /** Milliseconds, from anywhere: only their differences count. */
  now(): number;
};

/** How long an answer is good for: some ten seconds in which an agent that was stopped may still be called. Units: slots. */
export const GOOD_FOR_SLOTS = 25n;
/** How far a server may be behind what was seen already. One that is further tells of a time that is over. Units: slots. */
const MOST_BEHIND_SLOTS = 150n;
const SLOT_MS = 400;
const MOST_KNOWN = 10_000;

/** What an account says, whichever plan asks. */
type Said = Result<Digest, RegistrationFault>;
type Known = { slot: bigint; noted: Noted; said: Said };

/** What the chain has of agents, read through its servers before each call, or a few slots earlier. [P11] */
export function chainRegistrations({ noted, chain, now }: ChainRegistrationsOptions): RegistrationsPort {
  const known = new Map<AgentId, Known>();
  let newest: { slot: bigint; at: number } | undefined;

  /** Where the chain is by now, as far as can be told without asking: it never goes faster than its slots. */
  const slotNow = (): bigint => (newest ? newest.slot + BigInt(Math.floor((now() - newest.at) / SLOT_MS)) : 0n);

  async function ask(agent: AgentId, of: Noted): Promise<Said> {
    if (!chain) return unknown("This studio is told of no chain.");
    const found = await chain.accounts([of.agent, of.version]);
    if (!found.ok) return unknown(found.error.reason);
    const { slot, accounts } = found.value;
    if (newest && slot + MOST_BEHIND_SLOTS < newest.slot)
      return unknown(`The chain's server is at slot ${slot}, and ${newest.slot} was seen already.`);
    if (!newest || slot >= newest.slot) newest = { slot, at: now() };
    const said = saidBy(of, accounts);
    known.delete(agent);
    known.set(agent, { slot, noted: of, said });
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? agent);
    return said;
  }

  return {
    async check(agent, manifest) {
      const of = await noted(agent);
      if (!of) return ok("unregistered");
      const before = known.get(agent);
      const good = before && slotNow() - before.slot <= GOOD_FOR_SLOTS && isSame(before.noted, of);
      const said = good ? before.said : await ask(agent, of);
      if (!said.ok) return said;
      if (said.value !== manifest) return err({ code: "manifest_mismatched", registered: said.value });
      return ok("registered");
    },
  };
}

const unknown = (reason: string): Said => err({ code: "chain_unknown", reason });

const isSame = (one: Noted, other: Noted): boolean =>
  one.program === other.program &&
  one.agent === other.agent &&
  one.version === other.version &&
  one.registeredAt === other.registeredAt &&
  one.versionRegisteredAt === other.versionRegisteredAt;

/** What two accounts say, as they stand, of the registration that was noted: the manifest. */
export function saidBy(of: Noted, [first, second]: readonly (ChainAccount | null)[]): Said {
  const [agent, version] = [bytesOf(of, first), bytesOf(of, second)];
  const [found, foundVersion] = [agent && readAgent(agent), version && readVersion(version)];
  if (!found || !foundVersion || foundVersion.agent !== of.agent) return err({ code: "registration_gone" });
  if (found.registeredAt !== of.registeredAt || foundVersion.registeredAt !== of.versionRegisteredAt)
    return err({ code: "registration_replaced" });
  for (const [which, state] of [
    ["agent", found.state],
    ["version", foundVersion.state],
  ] as const)
    if (!CALLED_IN.has(state)) return err({ code: "state_refused", of: which, state });
  return ok(DigestSchema.parse(Buffer.from(foundVersion.manifest).toString("hex")));
}

/** What another program wrote there is nothing. */
const bytesOf = (of: Noted, account: ChainAccount | null | undefined): Uint8Array | null =>
  account && account.owner === of.program ? account.data : null;
