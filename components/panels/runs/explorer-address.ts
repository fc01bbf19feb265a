/**
 * Where a transaction or an account of a chain can be looked at: the local chain here, since nobody outside knows it; null
 * for a chain without an explorer. Source: explorer.solana.com, its query `cluster` (read 2026-11-21).
 */
export function explorerAddress(chainId: string, kind: "tx" | "address", value: string): string | null {
  switch (chainId) {
    case "solana:localnet":
      return `/explorer/${kind === "tx" ? "tx" : "account"}/${value}`;
    case "solana:mainnet":
      return `https://explorer.solana.com/${kind}/${value}`;
    case "solana:devnet":
    case "solana:testnet":
      return `https://explorer.solana.com/${kind}/${value}?cluster=${chainId.replace("solana:", "")}`;
    default:
      return null;
  }
}
