import type { AccountId, Digest, FlowId, OperationId, RunId } from "../basics/ids";
import type { Json } from "../basics/json";
import type { UsdcBase } from "../basics/money";
import type { Result } from "../basics/result";

/** What the payer's wallet is asked to sign, and what only the studio's own keys do. */
export type IntentKind = "open" | "top_up" | "extend" | "dispute" | "settle" | "release" | "close";

/**
 * Where one intent stands. `signed`: the bytes are kept and nobody has them yet; `submitted`: they are out; `unknown`: they
 * may have landed; `expired`: they provably never will; `refused`: the chain or a rule of the sponsor said no, and nothing moved.
 */
export type IntentStands =
  | "intent"
  | "reserved"
  | "signed"
  | "submitted"
  | "unknown"
  | "confirmed"
  | "expired"
  | "refused";

/** One line of the table in the escrow: who can be paid through it, where to, and at most how much. */
export type EscrowLine = { account: string; wallet: string; cap: UsdcBase; payees: readonly AccountId[] };

/** Everything that a payer agrees to by signing, as the screen has to show it. Addresses are base58, times in seconds. */
export type EscrowTerms = {
  run: RunId;
  plan: Digest;
  program: string;
  escrow: string;
  vault: string;
  mint: string;
  payer: string;
  /** The payer's own token account: the cap comes from it, and what is left returns to it. */
  source: string;
  sponsor: string;
  settler: string;
  arbiter: string;
  feeAccount: string;
  feeBps: number;
  cap: UsdcBase;
  windowSeconds: number;
  settleBy: number;
  expiry: number;
  lines: readonly EscrowLine[];
};

/** What bringing it to the chain takes at most. The studio's sponsor pays it; rent comes back to it. Units: lamports. */
export type NetworkBound = { fees: bigint; rent: bigint };

/** What is started as soon as the escrow is confirmed, under the very plan that the escrow names. */
export type AgreedStart = { flow: FlowId; input: Readonly<Record<string, Json>>; workMs?: number | undefined };

export type OpenAsk = {
  run: RunId;
  owner: AccountId;
  /** The wallet that pays: proven to be the owner's. */
  wallet: string;
  plan: Digest;
  cap: UsdcBase;
  payees: readonly { payee: AccountId; cap: UsdcBase; publisher: "house" | "outside" }[];
  windowSeconds: number;
  /** How long the run can take, waiting included. Units: seconds. */
  lastsSeconds: number;
  start: AgreedStart;
};

/** `transaction` is what the wallet signs, unsigned, base64. It can be signed until the chain is past the height. */
export type Offer = {
  intent: OperationId;
  transaction: string;
  terms: EscrowTerms;
  network: NetworkBound;
  lastValidBlockHeight: bigint;
};

export type OfferError =
  | { code: "rail_absent" } // the studio has no chain, or no worker that holds its keys
  | { code: "chain_unreachable" }
  | { code: "escrow_exists"; run: RunId } // this run has an escrow that is open or may still open
  | { code: "payees_too_many"; payees: number; most: number }
  | { code: "payee_wallet_missing"; payee: AccountId }
  | { code: "payee_account_missing"; payee: AccountId; wallet: string } // the wallet takes no such token yet
  | { code: "rail_paused" } // whoever keeps the program has paused the opening of escrows
  | { code: "sponsor_empty" } // the studio's sponsor cannot pay the fee and lend the rent
  | { code: "transaction_refused"; reason: string } // the chain would refuse the opening, by its own name for why
  | { code: "payer_account_missing"; wallet: string }
  | { code: "payer_funds_insufficient"; needed: UsdcBase; left: UsdcBase };

export type SubmitError =
  | { code: "intent_unknown"; intent: OperationId }
  | { code: "operation_reused"; operation: OperationId } // the same intent was handed over with other bytes
  | { code: "signature_unfit"; problem: string } // not signed by that wallet, or not what was offered
  | { code: "intent_expired"; intent: OperationId }; // ask for a new offer

/**
 * One intent as a screen shows it. `signature` names the transaction that landed, or the one that still may; `handed` is
 * whether the payer's wallet signed it and it was taken, false for what the studio alone signs.
 */
export type IntentView = {
  intent: OperationId;
  kind: IntentKind;
  stands: IntentStands;
  handed: boolean;
  signature: string | null;
  slot: bigint | null;
  reason: string | null;
};

/** How far the money of a run is. `waiting`: for the wallet or the chain. */
export type EscrowStands = "waiting" | "open" | "settled" | "closed";

export type EscrowView = {
  run: RunId;
  owner: AccountId;
  stands: EscrowStands;
  terms: EscrowTerms;
  network: NetworkBound;
  intents: readonly IntentView[];
  /** What left it: paid to payees, taken as fee, returned to the payer. Null until the chain can no longer undo that it was closed. */
  left: { paid: UsdcBase; fees: UsdcBase; returned: UsdcBase } | null;
  /** Why the run that the escrow was opened for did not start; null while it may, or has. */
  notStarted: Json | null;
};

/**
 * An escrow whose run is not there: it waits for the chain, or for its start, or is given back. `closedAtMs`: since when its
 * money is back. `expiry` in seconds: from then on anybody can close it.
 */
export type EscrowWithoutRun = {
  run: RunId;
  stands: EscrowStands;
  escrow: string;
  cap: UsdcBase;
  expiry: number;
  notStarted: Json | null;
  sinceMs: number;
  closedAtMs: number | null;
};

/**
 * What one line of the table has come to, as the chain has it: earned in all, of that paid and returned to the payer, what
 * its payer may still dispute until `heldUntil`, and what the arbiter decides on until `decideBy`. Times in seconds.
 */
export type LineEarnings = EscrowLine & {
  line: number;
  earned: UsdcBase;
  paid: UsdcBase;
  returned: UsdcBase;
  held: UsdcBase;
  heldUntil: number;
  disputed: UsdcBase;
  decideBy: number;
};

/** `nowSeconds` is the chain's own clock, by which the program decides. */
export type Earnings = { nowSeconds: number; lines: readonly LineEarnings[] };
export type EarningsError = { code: "chain_unreachable" } | { code: "escrow_not_there"; run: RunId };

/** What the payer's wallet signs to dispute some lines: `amount` is what is frozen by it. */
export type DisputeOffer = Pick<Offer, "intent" | "transaction" | "lastValidBlockHeight"> & {
  payer: string;
  lines: readonly number[];
  amount: UsdcBase;
};
export type DisputeError =
  | EarningsError
  | { code: "rail_absent" }
  | { code: "nothing_to_dispute"; run: RunId } // none of these lines holds anything inside its window
  | { code: "sponsor_empty" }
  | { code: "transaction_refused"; reason: string };

/** What the payer's wallet signs to give a run more time: until when payees can earn then, and when the escrow expires. In seconds. */
export type ExtendOffer = Pick<Offer, "intent" | "transaction" | "lastValidBlockHeight"> & {
  payer: string;
  settleBy: number;
  expiry: number;
};
export type ExtendError =
  | { code: "chain_unreachable" }
  | { code: "rail_absent" }
  | { code: "nothing_to_extend"; run: RunId } // it is not open, or nothing more will be earned in it
  | { code: "extension_too_long"; latest: number } // the program lets no escrow expire later than that, in seconds
  | { code: "sponsor_empty" }
  | { code: "transaction_refused"; reason: string };

/** What the web may do about escrows. It holds no key: it offers, keeps what a wallet signed, and reads. */
export type EscrowDesk = {
  /** Terms, checked against the chain, and the transaction that opens the escrow. Nothing is promised until it lands. */
  offer(ask: OpenAsk): Promise<Result<Offer, OfferError>>;
  /** Hands over what the wallet signed. To hand over the same again changes nothing. `signed`: base64. */
  submit(ask: { owner: AccountId; intent: OperationId; signed: string }): Promise<Result<IntentView, SubmitError>>;
  ofRun(owner: AccountId, run: RunId): Promise<EscrowView | null>;
  /** What the payees have earned, read from the chain. Only the payer asks. */
  earnings(owner: AccountId, run: RunId): Promise<Result<Earnings, EarningsError>>;
  /** The transaction by which the payer disputes what those lines hold inside their window. Signed ones go to `submit`. */
  dispute(ask: { owner: AccountId; run: RunId; lines: readonly number[] }): Promise<Result<DisputeOffer, DisputeError>>;
  /** The transaction by which the payer gives a run that goes on a week more. Signed ones go to `submit`. */
  extend(ask: { owner: AccountId; run: RunId }): Promise<Result<ExtendOffer, ExtendError>>;
  /** Those whose run is not there, the latest first: what was handed to the chain and is not back, or since a week at most. */
  withoutRun(owner: AccountId): Promise<readonly EscrowWithoutRun[]>;
};
