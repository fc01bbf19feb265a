import type { AccountId, Digest, OperationId, RunId } from "@/flows/basics/ids";
import type { Currency, Money } from "@/flows/basics/money";
import type { WantedSum } from "@/flows/policy/facts";
import type { Policy } from "@/flows/policy/rules";
import type { ClockPort } from "@/flows/ports/clock";
import type { ValuesPort } from "@/flows/ports/values";
import type { AccountsRepo } from "./repos/accounts-repo";
import type { FlowsRepo } from "./repos/flows-repo";
import type { InboxRepo } from "./repos/inbox-repo";
import type { QuestionsRepo } from "./repos/questions-repo";
import type { RegistryRepo } from "./repos/registry-repo";
import type { RunsRepo } from "./repos/runs-repo";
import type { StoppedRepo } from "./repos/stopped-repo";

/** One posting as its owner sees it: positive when it came in. `counterpart` is the other account of the transfer. */
export type Posting = {
  id: bigint;
  operation: OperationId;
  kind: string;
  amount: bigint;
  currency: Currency;
  counterpart: string;
  run: RunId | null;
  at: Date;
};

/** What an owner holds: free, and set aside for runs under way. */
export type Balance = { free: Money; held: Money };

export type Wallet = {
  open(owner: AccountId, currency: Currency): Promise<void>;
  grant(gift: { operation: OperationId; owner: AccountId; amount: Money }): Promise<void>;
  balances(owner: AccountId): Promise<Balance[]>;
  postings(owner: AccountId, page: { before: bigint | null; limit: number }): Promise<Posting[]>;
};

/** Rules as an owner has put them in force. `digest` is what runs carry. */
export type KeptPolicy = { digest: Digest; policy: Policy };

/** Rules for spending, and what was spent under them. */
export type Policies = {
  inForce(owner: AccountId): Promise<KeptPolicy | null>;
  /** Null takes away what is in force. Runs under way keep theirs. */
  put(owner: AccountId, policy: Policy | null): Promise<Digest | null>;
  sums(
    payer: AccountId,
    wanted: readonly WantedSum[],
    at: { currency: Currency; nowMs: number },
  ): Promise<Record<string, Money>>;
};

/** What a person's open screens are told: which run moved, to where; or that they are behind and must read anew. */
export type Move = { run: RunId; seq: number; status: string } | { behind: true };
/** What is new of one run: an event as it is journalled, or what an agent says that works for it. */
export type RunNews =
  | { kind: "journal"; seq: number; event: string }
  | {
      kind: "progress";
      operation: OperationId;
      start: number;
      text: string;
      done: number | null;
      message: string | null;
    };
export type Live = {
  moves(owner: AccountId, signal: AbortSignal): AsyncIterable<Move>;
  /** Everything of a run behind an event, each once and in order; ends with the run. Whose run it is is not asked. */
  follow(place: { run: RunId; after: number }, signal: AbortSignal): AsyncIterable<RunNews>;
};

/** Fresh ids that nobody can guess. */
export type Ids = { fresh(): string };

/** What a use case may reach. Built once, in compose.ts; faked whole in tests. */
export type Services = {
  accounts: AccountsRepo;
  clock: ClockPort;
  flows: FlowsRepo;
  ids: Ids;
  inbox: InboxRepo;
  live: Live;
  policies: Policies;
  questions: QuestionsRepo;
  registry: RegistryRepo;
  runs: RunsRepo;
  stopped: StoppedRepo;
  values: ValuesPort;
  wallet: Wallet;
};
