import { type Address, isAddress } from "@solana/kit";
import type { AgentId, Digest } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { ChainPort } from "@/flows/ports/chain";
import type { RegistrationFault } from "@/flows/ports/registrations";
import { readAgent, readVersion } from "@/programs/clients/registry-accounts";
import { agentAddress, nameDigest, versionAddress } from "@/programs/clients/registry-addresses";
import { saidBy } from "./chain-registrations";
import type { Noted } from "./noted";

/** `program` is the registry's address, `publisher` the key that the agent was registered under, in base58. */
export type Registrant = { program: string; publisher: string; agent: AgentId; manifest: Digest };

export type NotFound = RegistrationFault | { code: "address_malformed"; address: string };

/**
 * Looks where an agent of this name and manifest is registered under a key. Errors: what is not there, what is there and not
 * to be called, and keys that are none.
 */
export async function findRegistration(
  chain: Pick<ChainPort, "accounts">,
  { program, publisher, agent, manifest }: Registrant,
): Promise<Result<Noted, NotFound>> {
  for (const address of [program, publisher])
    if (!isAddress(address)) return err({ code: "address_malformed", address });
  const under = program as Address;
  const name = await nameDigest(agent.split("@")[0] ?? agent);
  const account = await agentAddress(under, publisher as Address, name);
  const version = await versionAddress(under, account, Uint8Array.from(Buffer.from(manifest, "hex")));
  const found = await chain.accounts([account, version]);
  if (!found.ok) return err({ code: "chain_unknown", reason: found.error.reason });
  const [first, second] = found.value.accounts;
  const [read, readOne] = [first && readAgent(first.data), second && readVersion(second.data)];
  if (!read || !readOne) return err({ code: "registration_gone" });
  const times = { registeredAt: read.registeredAt, versionRegisteredAt: readOne.registeredAt };
  const noted: Noted = { program, agent: account, version, ...times };
  const said = saidBy(noted, found.value.accounts); // as it will be looked at before each call
  return said.ok ? ok(noted) : said;
}
