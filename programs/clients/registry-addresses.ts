import { type Address, getAddressEncoder, getUtf8Encoder } from "@solana/kit";
import { derived } from "./escrow-addresses";

const bytes = getAddressEncoder();
const text = getUtf8Encoder();

/** What an agent's name is on the chain: the SHA-256 of its text, `publisher/agent`. */
export async function nameDigest(name: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(text.encode(name))));
}

/** Where an agent lies: under the key of whoever registers it. The same name under another key is another agent. */
export const agentAddress = (program: Address, publisher: Address, name: Uint8Array): Promise<Address> =>
  derived(program, [text.encode("agent"), bytes.encode(publisher), name]);

export const stakeAddress = (program: Address, agent: Address): Promise<Address> =>
  derived(program, [text.encode("stake"), bytes.encode(agent)]);

/** Where a version lies: under the digest of its manifest. */
export const versionAddress = (program: Address, agent: Address, manifest: Uint8Array): Promise<Address> =>
  derived(program, [text.encode("version"), bytes.encode(agent), manifest]);
