import type { Result } from "../basics/result";

// Times are milliseconds since 1970.

/** Which chain the studio speaks to. On a simulated one no real money moves. */
export type Cluster = { name: string; simulated: boolean };

export type ExplorerError =
  /** Nobody said which chain there is. */
  | { code: "chain_absent" }
  /** It did not answer, or not as a chain does. */
  | { code: "chain_unreachable"; reason: string }
  | { code: "transaction_not_found"; signature: string };

export type TransactionLine = { signature: string; slot: bigint; at: number | null; failed: string | null };

/** Latest are those that touch what the studio works with: a chain has no list of all. */
export type ChainOverview = { cluster: Cluster; slot: bigint; at: number | null; latest: readonly TransactionLine[] };

export type ShownInstruction = { program: string; name: string; what: string; accounts: readonly string[] };

/** Amounts in the token's smallest unit. */
export type TokenAmount = { mint: string; symbol: string | null; decimals: number };
export type TokenChange = TokenAmount & { account: string; owner: string | null; before: bigint; after: bigint };

export type ShownTransaction = {
  cluster: Cluster;
  signature: string;
  slot: bigint;
  at: number | null;
  certainty: "processed" | "confirmed" | "finalized";
  failed: string | null;
  /** Lamports. */
  fee: bigint;
  computeUnits: bigint | null;
  version: string;
  signers: readonly string[];
  instructions: readonly ShownInstruction[];
  /** What our own programs said of it: escrow and registry. */
  events: readonly string[];
  changes: readonly TokenChange[];
  log: readonly string[];
};

export type ShownEscrow = {
  state: "open" | "finished";
  cap: bigint;
  earned: bigint;
  feeBps: number;
  windowSeconds: number;
  openedAt: number;
  settleBy: number;
  expiry: number;
  planHash: string;
  payer: string;
  refund: string;
  settler: string;
  arbiter: string;
  vault: string;
  token: TokenAmount;
  payees: readonly { account: string; cap: bigint; earned: bigint; paid: bigint; disputed: bigint }[];
};

export type ShownAccount = {
  cluster: Cluster;
  address: string;
  /** What kind of thing lies there; `nothing` when nobody ever used it. */
  kind: "nothing" | "wallet" | "program" | "mint" | "tokens" | "escrow" | "other";
  lamports: bigint;
  owner: string | null;
  bytes: bigint;
  tokens: readonly (TokenAmount & { account: string; amount: bigint })[];
  escrow: ShownEscrow | null;
  transactions: readonly TransactionLine[];
};

/** Reads a chain for people who want to see what is on it: what is said is what the chain's own servers say. */
export type ExplorerPort = {
  overview(): Promise<Result<ChainOverview, ExplorerError>>;
  transaction(signature: string): Promise<Result<ShownTransaction, ExplorerError>>;
  account(address: string): Promise<Result<ShownAccount, ExplorerError>>;
};
