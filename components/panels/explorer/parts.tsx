"use client";

import { FlaskConical, Globe } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { accountLink, explorerLink } from "@/components/panels/explorer/explorer-link";
import { SOL_DECIMALS, tokenAmount } from "@/components/panels/explorer/token-words";
import { Moment } from "@/components/panels/runs/moment";
import { ErrorNotice } from "@/components/ui/error-notice";
import { shortHash } from "@/components/ui/hash";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { Cluster, ExplorerError, TransactionLine } from "@/flows/ports/explorer";

/** Which chain all of this is on: nobody should take simulated money for real, or real money for simulated. */
export function ClusterNote({ cluster: { name, simulated } }: { cluster: Cluster }) {
  return (
    <p role="note" className="flex items-center gap-2 rounded-card border border-line-strong bg-warn-soft px-4 py-2">
      {simulated ? <FlaskConical aria-hidden className="shrink-0" /> : <Globe aria-hidden className="shrink-0" />}
      {simulated
        ? "Local chain: simulated on this machine, no real money."
        : `This is ${name}: tokens here may be real money.`}
    </p>
  );
}

export function AddressLink({ address, whole = false }: { address: string; whole?: boolean }) {
  return (
    <Link href={accountLink(address)} prefetch={false} title={address} className="break-all font-mono underline">
      {whole ? address : shortHash(address)}
    </Link>
  );
}

/** `1.50 USDC (local)`; a token that is not known is named by its mint. */
export function TokenMoney({ amount, decimals, symbol }: { amount: bigint; decimals: number; symbol: string | null }) {
  return (
    <span className="whitespace-nowrap font-mono tabular-nums">
      {tokenAmount(amount, decimals)} <span className="text-muted">{symbol ?? "of an unknown token"}</span>
    </span>
  );
}

export const Sol = ({ lamports }: { lamports: bigint }) => (
  <TokenMoney amount={lamports} decimals={SOL_DECIMALS} symbol="SOL" />
);

const COLUMNS: readonly Column<TransactionLine>[] = [
  {
    key: "signature",
    header: "Transaction",
    width: "fill",
    cell: ({ signature }) => (
      <Link href={explorerLink(signature)} prefetch={false} title={signature} className="font-mono underline">
        {shortHash(signature)}
      </Link>
    ),
  },
  { key: "state", header: "State", cell: ({ failed }) => <StatusMark status={failed === null ? "done" : "failed"} /> },
  {
    key: "time",
    header: "Time",
    cell: ({ at }) => (at === null ? "unknown" : <Moment at={new Date(at)} look="exact" />),
  },
  { key: "slot", header: "Slot", align: "end", cell: ({ slot }) => slot.toLocaleString("en") },
];

export function TransactionTable({ label, lines }: { label: string; lines: readonly TransactionLine[] }) {
  return <Table label={label} columns={COLUMNS} rows={lines} rowKey={({ signature }) => signature} />;
}

/** What is said in the place of what could not be read. */
export function ExplorerNotice({ error }: { error: ExplorerError }) {
  switch (error.code) {
    case "chain_absent":
      return (
        <ErrorNotice
          what="This studio speaks to no chain."
          safe="Runs on credits need none."
          next="An operator names one in SOLANA_RPC_URL, or lets the studio start its own."
          code={error.code}
        />
      );
    case "chain_unreachable":
      return (
        <ErrorNotice
          what="The chain does not answer."
          safe="What is on it is safe: only looking at it fails."
          next="Try again in a moment. If it stays so, an operator finds the cause in the log of the chain."
          code={error.code}
        />
      );
    case "transaction_not_found":
      return (
        <ErrorNotice
          what="No transaction with this signature has landed on this chain."
          safe="One that has not landed has moved nothing."
          next="If it was just sent, look again in a few seconds. Otherwise compare the signature, and the chain it was sent to."
          code={error.code}
        />
      );
  }
}

/** Rows of what is known, each a word and its value. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,3fr)]">
      {facts.map(([what, value]) => (
        <div key={what} className="contents">
          <dt className="text-muted">{what}</dt>
          <dd className="min-w-0 break-words max-sm:mb-2">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
