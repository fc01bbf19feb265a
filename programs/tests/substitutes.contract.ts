import type { Address, Instruction } from "@solana/kit";
import { expect } from "vitest";
import { TOKEN_2022_PROGRAM } from "@/programs/clients/escrow-addresses";
import { PROGRAM, REGISTRY } from "./chain.contract";
import type { DeclaredAgent } from "./registered.contract";
import { signer } from "./run.contract";
import { cut, padded, shortened } from "./tampering.contract";

// What is put in the place of an account of the registry: each lies there well formed.

export type Substitute = (run: DeclaredAgent) => Address | Promise<Address>;
export type Row = readonly [place: number, by: string, substitute: Substitute, refusal: string];

export const stranger: Substitute = ({ keys }) => keys.stranger.address;
export const strangersTokens: Substitute = (run) => run.strangersTokens;
export const vaultItself: Substitute = ({ terms }) => terms.vault;
export const otherToken: Substitute = () => TOKEN_2022_PROGRAM;
export const otherMint: Substitute = ({ chain }) => chain.mint();
export const config: Substitute = ({ configuring }) => configuring.config;
export const version: Substitute = ({ terms }) => terms.version;

/** The bytes of one of our accounts under another program. */
export const forgedAs =
  (which: "agent" | "version" | "config"): Substitute =>
  async ({ chain, terms }) => {
    const other = await signer();
    chain.put(other.address, chain.data(terms[which]) ?? new Uint8Array(392), PROGRAM);
    return other.address;
  };
/** The agent of somebody else: rightly made, only not this one. */
export const otherAgent: Substitute = async ({ chain, terms }) => {
  const other = await signer();
  const bytes = Uint8Array.from(chain.data(terms.agent) ?? []);
  bytes.fill(9, 136, 168); // its owner
  bytes.fill(9, 232, 264); // its arbiter
  chain.put(other.address, bytes, REGISTRY);
  return other.address;
};
/** A version of another agent. */
export const otherVersion: Substitute = async ({ chain, terms }) => {
  const other = await signer();
  const bytes = Uint8Array.from(chain.data(terms.version) ?? []);
  bytes.fill(9, 32, 64);
  chain.put(other.address, bytes, REGISTRY);
  return other.address;
};

export async function refusesMalformed(send: (tamper: (instruction: Instruction) => Instruction) => Promise<unknown>) {
  expect(await send(shortened)).toMatchObject({ refusal: "accounts_missing" });
  expect(await send(padded)).toMatchObject({ refusal: "data_malformed" });
  const emptied = await send(cut);
  expect(["data_malformed", "instruction_unknown"]).toContain((emptied as { refusal?: string }).refusal);
}
