import type { AccountId, Digest, FlowId, NodeId, OperationId, RunId, TriggerId } from "@/flows/basics/ids";
import type { Currency, Money } from "@/flows/basics/money";
import type { Result } from "@/flows/basics/result";
import type { WantedSum } from "@/flows/policy/facts";
import type { Policy } from "@/flows/policy/rules";
import type { ClockPort } from "@/flows/ports/clock";
import type { DryRunPort } from "@/flows/ports/dry-run";
import type { EscrowDesk } from "@/flows/ports/escrows";
import type { EvidencePort } from "@/flows/ports/evidence";
import type { ExplorerPort } from "@/flows/ports/explorer";
import type { ValuesPort } from "@/flows/ports/values";
import type { Refused } from "@/flows/triggers/admit";
import type { Agreed, Cause, KnownStart, NewStart, TurnedOn } from "@/flows/triggers/turned-on";
import type { KeptNotices } from "./adapters/channels/kept/notices";
import type { PasskeyWords, SignedByPasskey } from "./adapters/evidence/passkey";
import type { PasskeyRegistrar } from "./adapters/evidence/passkey-registrar";
import type { SignedByWallet, WalletWords } from "./adapters/evidence/wallet";
import type { AccountsRepo } from "./repos/accounts-repo";
import type { ApiKeysRepo } from "./repos/api-keys-repo";
import type { ApprovalDesk } from "./repos/approval-desk";
import type { CallTimesRepo } from "./repos/call-times-repo";
import type { DeedsRepo } from "./repos/deeds-repo";
import type { DelegationsRepo } from "./repos/delegations-repo";
import type { DraftsRepo } from "./repos/drafts-repo";
import type { FlowsRepo } from "./repos/flows-repo";
import type { InboxRepo } from "./repos/inbox-repo";
import type { ListingsRepo } from "./repos/listings-repo";
import type { OrganisationsRepo } from "./repos/organisations-repo";
import type { PasskeysRepo } from "./repos/passkeys-repo";
import type { PublishedRepo } from "./repos/published-repo";
import type { PublishersRepo } from "./repos/publishers-repo";
import type { QuestionsRepo } from "./repos/questions-repo";
import type { RegistryRepo } from "./repos/registry-repo";
import type { RunsRepo } from "./repos/runs-repo";
import type { StoppedRepo } from "./repos/stopped-repo";
import type { VersionsRepo } from "./repos/versions-repo";
import type { WalletsRepo } from "./repos/wallets-repo";
import type { DeclaredTool } from "./use-cases/tool-manifest";

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

/** What people bring along for agents (publisher/name). A value that was put is never read back, only opened for a call. */
export type AgentSecrets = {
  /** What agents need, with since when the studio has it from this person; `header` is null where nobody needs it any more. */
  list(
    owner: AccountId,
  ): Promise<{ agent: string; name: string; title: string | null; header: string | null; setAt: Date | null }[]>;
  /** Whether a listed agent needs it of everybody, or one that `owner` has put to the test needs it of them. */
  isNeeded(owner: AccountId, secret: { agent: string; name: string }): Promise<boolean>;
  put(owner: AccountId, secret: { agent: string; name: string; value: string }): Promise<void>;
  remove(owner: AccountId, secret: { agent: string; name: string }): Promise<boolean>;
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

export type QueueError = { code: "start_key_reused"; key: string } | { code: "rate_exceeded"; mostPerMinute: number };
type StartKey = Pick<KnownStart, "trigger" | "key">;
type Place = { flow: FlowId; node: NodeId };

/** Triggers that payers turned on, and what they started. Secrets are sealed before they come here. */
export type Triggers = {
  /** `nextAtMs` is null for all but schedules. A secret that is in use already stays. */
  turnOn(
    on: Agreed & { id: TriggerId; secret: string | null; nextAtMs: number | null },
  ): Promise<{ id: TriggerId; isSecretNew: boolean }>;
  turnOff(owner: AccountId, id: TriggerId): Promise<boolean>;
  list(owner: AccountId, flow: FlowId): Promise<TurnedOn[]>;
  /** What posts to a trigger may be signed with; null when nothing listens there. */
  hook(id: TriggerId): Promise<(Place & { secrets: string[] }) | null>;
  ownHook(owner: AccountId, id: TriggerId): Promise<Place | null>;
  rotateSecret(id: TriggerId, secret: string): Promise<void>;
  listeningTo(owner: AccountId, event: string): Promise<TriggerId[]>;
  /** Writes firings down once per key, all or none. Nothing has started by that. */
  queue(
    starts: readonly NewStart[],
    mostPerMinute: number | null,
  ): Promise<Result<{ start: KnownStart; isNew: boolean }[], QueueError>>;
  /** Counts a start towards the cap of the day, once, and gives the terms it goes on under. */
  admit(start: StartKey): Promise<Result<Agreed, Refused | { code: "trigger_off" }>>;
  /** Null says that the run is there. */
  settle(start: StartKey, cause: Cause | null): Promise<void>;
  starts(page: { owner: AccountId; trigger: TriggerId; take: number }): Promise<(KnownStart & { at: Date })[]>;
};

/** Secrets of webhooks. `place` is bound into a sealed one. */
export type TriggerSecrets = {
  fresh(): string;
  seal(secret: string, place: string): string;
  open(sealed: string, place: string): string;
  isSigned(secret: string, signed: { prefix: string; body: Uint8Array }, mark: string): boolean;
};

/** What a person's open screens are told: which run moved, to where; that there are notices; or that they are behind and must read anew. */
export type Move = { run: RunId; seq: number; status: string } | { notices: true } | { behind: true };
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

/** What others offer at addresses that they name, or describe in a document: looked at, and not called. */
export type Imports = {
  mcp(
    address: string,
  ): Promise<
    Result<
      { name: string; tools: readonly DeclaredTool[] },
      { code: "server_unreachable" | "egress_refused"; reason: string }
    >
  >;
  /** JSON or YAML as plain values. */
  document(text: string): Promise<Result<unknown, { code: "document_unreadable"; problem: string }>>;
};

/** What others have put at an address that they name, read as text. Nothing of it is run. */
export type Reader = {
  text(url: string, how?: { redirect?: "follow" | "error" }): Promise<Result<string, { problem: string }>>;
};

/** Where the studio is at home: what wallets are shown when they sign. `chainId` as the Wallet Standard names chains. */
export type Site = {
  origin: string;
  chainId: string;
  escrow: EscrowTermsHere | null;
  /** So long after it came a first passkey or wallet counts that nothing confirmed. */
  firstMeansAfterHours: number;
};
/** The terms that the operator opens escrows under; null where none are offered. */
export type EscrowTermsHere = { windowSeconds: number };

/** Test money of a local chain, for whoever has none: null wherever money is real. Units: the smallest of the token. */
export type TestMoney = { give(to: string, amount: bigint): Promise<boolean> };

/** The ways in which somebody can sign a yes. */
export type Evidences = {
  wallet: EvidencePort<WalletWords, SignedByWallet>;
  passkey: EvidencePort<PasskeyWords, SignedByPasskey>;
};

/** Fresh ids that nobody can guess. */
export type Ids = { fresh(): string };

/** What a use case may reach. Built once, in compose.ts; faked whole in tests. */
export type Services = {
  accounts: AccountsRepo;
  apiKeys: ApiKeysRepo;
  approvalDesk: ApprovalDesk;
  agentSecrets: AgentSecrets;
  callTimes: CallTimesRepo;
  clock: ClockPort;
  deeds: DeedsRepo;
  delegations: DelegationsRepo;
  drafts: DraftsRepo;
  dryRun: DryRunPort;
  escrows: EscrowDesk;
  evidence: Evidences;
  explorer: ExplorerPort;
  flows: FlowsRepo;
  ids: Ids;
  imports: Imports;
  inbox: InboxRepo;
  listings: ListingsRepo;
  live: Live;
  notices: KeptNotices;
  organisations: OrganisationsRepo;
  passkeys: PasskeysRepo;
  policies: Policies;
  publishers: PublishersRepo;
  published: PublishedRepo;
  questions: QuestionsRepo;
  reader: Reader;
  registrar: PasskeyRegistrar;
  registry: RegistryRepo;
  runs: RunsRepo;
  site: Site;
  stopped: StoppedRepo;
  testMoney: TestMoney | null;
  triggers: Triggers;
  triggerSecrets: TriggerSecrets;
  values: ValuesPort;
  versions: VersionsRepo;
  wallet: Wallet;
  wallets: WalletsRepo;
};
