"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import type { EscrowOfRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { momentWords, sol, windowWords } from "@/components/panels/funding/offer-words";
import { endWords } from "@/components/panels/runs/dispute-words";
import { EarnedLines } from "@/components/panels/runs/earned-lines";
import { explorerAddress } from "@/components/panels/runs/explorer-address";
import { MoreTime } from "@/components/panels/runs/more-time";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { StatusMark, type StatusMarkProps } from "@/components/ui/status-mark";
import type { RunId } from "@/flows/basics/ids";

const LOOK_MS = 3_000;

/** The escrow of a run: what lies there, whom it pays, and every transaction of it. Nothing for runs on credits. */
export function EscrowPanel({ run }: { run: RunId }) {
  const trpc = useTRPC();
  const { data: mine } = useQuery(trpc.wallets.mine.queryOptions());
  const { data: escrow, dataUpdatedAt } = useQuery({
    ...trpc.escrows.ofRun.queryOptions({ run }),
    // What the chain does comes by no journal: looked at until the rest is back, and it is known for good how much that was.
    refetchInterval: ({ state: { data } }) => (data && (data.stands !== "closed" || !data.left) ? LOOK_MS : false),
  });
  if (!escrow) return null;
  const { terms, stands, intents, network } = escrow;
  const chainId = mine?.site.chainId ?? "";
  return (
    <Panel title="Escrow" badge={<StatusMark look="tag" {...STANDS[stands]} />}>
      <div className="flex min-w-0 flex-col gap-4">
        {chainId === "solana:localnet" && (
          <p className="text-12 text-muted">Local chain: simulated on this machine. No real money moves.</p>
        )}
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <dt className="text-muted">Account</dt>
          <dd>
            <OnChain chainId={chainId} kind="address" value={terms.escrow} of="escrow" />
          </dd>
          <dt className="text-muted">Held at most</dt>
          <dd>
            <Money currency="usdc_base" amount={terms.cap} kind="worst" />
          </dd>
          <dt className="text-muted">Can be paid</dt>
          <dd>
            <ul>
              {terms.lines.map(({ account, payees, cap }) => (
                <li key={account} className="flex flex-wrap items-baseline gap-x-2">
                  {payees.join(", ")} <OnChain chainId={chainId} kind="address" value={account} of="payee's account" />
                  at most <Money currency="usdc_base" amount={cap} />
                </li>
              ))}
            </ul>
          </dd>
          <dt className="text-muted">Dispute window</dt>
          <dd>{windowWords(terms.windowSeconds)}</dd>
          <dt className="text-muted">Nothing is earned after</dt>
          <dd>{momentWords(terms.settleBy)}</dd>
          <dt className="text-muted">Expires</dt>
          <dd>{momentWords(terms.expiry)}</dd>
        </dl>
        {stands === "open" && <MoreTime run={run} chainId={chainId} escrow={escrow} nowMs={dataUpdatedAt} />}
        {stands === "settled" && <EarnedLines run={run} chainId={chainId} intents={intents} />}
        <ul aria-label="Transactions" className="flex flex-col gap-1 border-t pt-3">
          {intents.filter(wasAgreedTo).map((intent) => (
            <li key={intent.intent} className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-strong">{kindWord(intent.kind, terms.windowSeconds)}</span>
              <span className="text-muted">{INTENTS[intent.stands]}</span>
              {intent.signature && (
                <OnChain
                  chainId={chainId}
                  kind="tx"
                  value={intent.signature}
                  of={`transaction ${KINDS[intent.kind]}`}
                />
              )}
              {intent.reason && <span className="text-bad">{intent.reason}</span>}
            </li>
          ))}
        </ul>
        <p className="text-12 text-muted">
          {endWords(escrow)} The sponsor pays the network, at most {sol(network.fees)} SOL
          {intents.some(({ kind, handed }) => kind === "extend" && handed) && " and the fee of more time"}.
        </p>
      </div>
    </Panel>
  );
}

type OnChainProps = { chainId: string; kind: "tx" | "address"; value: string; of: string };

/** A name of the chain: copied by a press, and looked up where the chain has an explorer. */
function OnChain({ chainId, kind, value, of }: OnChainProps) {
  const address = explorerAddress(chainId, kind, value);
  return (
    <span className="inline-flex items-baseline gap-1">
      <Hash value={value} of={of} />
      {address && (
        <a
          href={address}
          target="_blank"
          rel="noreferrer"
          aria-label={`Look up ${of} in the explorer`}
          className="self-center text-accent"
        >
          <ExternalLink aria-hidden />
        </a>
      )}
    </span>
  );
}

const STANDS: Record<EscrowOfRun["stands"], Pick<StatusMarkProps, "status" | "word">> = {
  waiting: { status: "waiting", word: "Waiting for your signature or the chain" },
  open: { status: "running", word: "Open" },
  settled: { status: "running", word: "Settled" },
  closed: { status: "done", word: "Closed" },
};

const KINDS: Record<EscrowOfRun["intents"][number]["kind"], string> = {
  open: "Open",
  top_up: "Top up",
  extend: "More time",
  dispute: "Dispute",
  settle: "Settle",
  release: "Pay and return the rest",
  close: "Close",
};

/** What a wallet was asked to sign beside the opening, and did not, is no transaction of the escrow. */
const wasAgreedTo = ({ kind, handed }: EscrowOfRun["intents"][number]): boolean =>
  (kind !== "dispute" && kind !== "extend") || handed;

/** Without a window one transaction settles, pays everybody and returns the rest. */
function kindWord(kind: EscrowOfRun["intents"][number]["kind"], windowSeconds: number): string {
  return kind === "settle" && windowSeconds === 0 ? "Settle, pay and return the rest" : KINDS[kind];
}

const INTENTS: Record<EscrowOfRun["intents"][number]["stands"], string> = {
  intent: "to be signed",
  reserved: "to be signed",
  signed: "signed",
  submitted: "sent",
  unknown: "sent, not yet seen",
  confirmed: "confirmed",
  expired: "expired: it never reached the chain, and never will",
  refused: "refused: nothing moved",
};
