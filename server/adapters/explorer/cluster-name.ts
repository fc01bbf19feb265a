import { z } from "zod";
import type { Cluster } from "@/flows/ports/explorer";

const BY_GENESIS: Readonly<Record<string, string>> = {
  "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d": "Solana mainnet",
  EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG: "Solana devnet",
  "4uhcVJyU9pJkvQyS88uRDiswHXSGkY3zQawwpjk2NsNY": "Solana testnet",
};

const About = z.object({
  name: z.string(),
  simulated: z.literal(true),
  usdc: z.object({ mint: z.string(), symbol: z.string() }),
  addresses: z.record(z.string(), z.string()),
  registryProgram: z.string().optional(),
});

export type KnownChain = {
  readonly cluster: Cluster;
  /** Symbols of tokens whose mint is known. */
  readonly symbols: ReadonlyMap<string, string>;
  /** Whose transactions are worth listing beside those of our program. */
  readonly own: readonly string[];
  /** Where the registry is: a local chain says it itself, of others the operator. */
  readonly registry: string | undefined;
};

/** What the operator says of a chain that does not say it itself. */
type Told = { readonly usdcMint: string | undefined; readonly registryProgram: string | undefined };

/** Asks a chain what it is. Only a local one says that it is simulated; others are known by their first block. */
export async function chainAt(urls: readonly string[], { usdcMint, registryProgram }: Told): Promise<KnownChain> {
  const about = About.safeParse(await ask(urls, "studio_chain"));
  if (about.success) {
    const { name, usdc, addresses, registryProgram: registry } = about.data;
    const own = [addresses.faucet, addresses.sponsor].flatMap((one) => one ?? []);
    return { cluster: { name, simulated: true }, symbols: new Map([[usdc.mint, usdc.symbol]]), own, registry };
  }
  const genesis = z.string().safeParse(await ask(urls, "getGenesisHash"));
  const name = genesis.success ? (BY_GENESIS[genesis.data] ?? `a chain that began with ${genesis.data}`) : "unknown";
  const symbols = new Map(usdcMint ? [[usdcMint, "USDC"]] : []);
  return { cluster: { name, simulated: false }, symbols, own: [], registry: registryProgram };
}

const MOST_MS = 4_000;

/** The first that answers. Errors: throws what the last of them said. */
async function ask([url, ...others]: readonly string[], method: string): Promise<unknown> {
  if (url === undefined) return undefined;
  try {
    return await askOne(url, method);
  } catch (problem) {
    if (others.length === 0) throw problem;
    return ask(others, method);
  }
}

async function askOne(rpcUrl: string, method: string): Promise<unknown> {
  const answer = await fetch(rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: [] }),
    signal: AbortSignal.timeout(MOST_MS),
  });
  const said = z.object({ result: z.unknown().optional() }).safeParse(await answer.json());
  return said.success ? said.data.result : undefined;
}
