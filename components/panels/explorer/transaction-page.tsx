"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/api/trpc";
import { AddressLink, ClusterNote, ExplorerNotice, Facts, Sol, TokenMoney } from "@/components/panels/explorer/parts";
import { Moment } from "@/components/panels/runs/moment";
import { Hash } from "@/components/ui/hash";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { ShownInstruction, ShownTransaction, TokenChange } from "@/flows/ports/explorer";

const OFTEN_MS = 3_000;
const CERTAINTY: Readonly<Record<ShownTransaction["certainty"], string>> = {
  processed: "taken, not certain yet",
  confirmed: "confirmed",
  finalized: "final: nothing can undo it",
};

/** One transaction: whether it worked, what it did, whose tokens moved. */
export function TransactionPage({ signature }: { signature: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery({
    ...trpc.explorer.transaction.queryOptions({ signature }),
    // Until it is final there is something to wait for.
    refetchInterval: ({ state }) => (state.data?.ok && state.data.value.certainty === "finalized" ? false : OFTEN_MS),
  });
  return (
    <Page
      title="Transaction"
      text={<Hash value={signature} of="signature" />}
      width="wide"
      above={
        <Link href="/explorer" className="hover:underline">
          Explorer
        </Link>
      }
    >
      {data.ok ? <Transaction shown={data.value} /> : <ExplorerNotice error={data.error} />}
    </Page>
  );
}

function Transaction({ shown }: { shown: ShownTransaction }) {
  return (
    <>
      <ClusterNote cluster={shown.cluster} />
      {shown.events.length > 0 && (
        <Panel title="What the studio's programs say">
          <ul className="flex flex-col gap-1">
            {shown.events.map((event) => (
              <li key={event} className="break-words">
                {event}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="What happened">
        <Summary shown={shown} />
      </Panel>
      {shown.changes.length > 0 && (
        <Panel title="Whose tokens moved" padding="flush">
          <Table label="Whose tokens moved" columns={CHANGES} rows={shown.changes} rowKey={({ account }) => account} />
        </Panel>
      )}
      <Panel title="Instructions">
        <ol className="flex flex-col gap-4">
          {shown.instructions.map((instruction, place) => (
            <Instruction key={`${place + 1}`} instruction={instruction} />
          ))}
        </ol>
      </Panel>
      <Panel title="Log">
        <ol className="flex flex-col gap-1 font-mono text-12">
          {shown.log.map((line, place) => (
            <li key={`${place + 1}`} className="break-all">
              {line}
            </li>
          ))}
        </ol>
      </Panel>
    </>
  );
}

function Summary({ shown }: { shown: ShownTransaction }) {
  return (
    <Facts
      facts={[
        ["Result", <StatusMark status={shown.failed === null ? "done" : "failed"} />],
        ...(shown.failed === null ? [] : ([["Why", <span className="font-mono">{shown.failed}</span>]] as const)),
        ["Certainty", CERTAINTY[shown.certainty]],
        ["Time", shown.at === null ? "unknown" : <Moment at={new Date(shown.at)} look="exact" />],
        ["Slot", <span className="font-mono tabular-nums">{shown.slot.toLocaleString("en")}</span>],
        ["Fee", <Sol lamports={shown.fee} />],
        ["Compute units", shown.computeUnits === null ? "unknown" : shown.computeUnits.toLocaleString("en")],
        ["Version", shown.version],
        [
          "Signed by",
          <ul>
            {shown.signers.map((signer) => (
              <li key={signer}>
                <AddressLink address={signer} whole />
              </li>
            ))}
          </ul>,
        ],
      ]}
    />
  );
}

function Instruction({ instruction: { program, name, what, accounts } }: { instruction: ShownInstruction }) {
  return (
    <li className="min-w-0">
      <p className="break-words">
        <AddressLink address={program} /> <span className="text-muted">{name}:</span> {what}
      </p>
      {accounts.length > 0 && (
        <details>
          <summary className="cursor-pointer text-muted">{accounts.length} accounts</summary>
          <ul className="pl-4">
            {accounts.map((account, place) => (
              <li key={`${place + 1}`}>
                <AddressLink address={account} whole />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

const CHANGES: readonly Column<TokenChange>[] = [
  { key: "account", header: "Account", width: "fill", cell: ({ account }) => <AddressLink address={account} /> },
  {
    key: "owner",
    header: "Whose",
    cell: ({ owner }) => (owner ? <AddressLink address={owner} /> : <span className="text-faint">unknown</span>),
  },
  {
    key: "change",
    header: "Change",
    align: "end",
    cell: ({ before, after, decimals, symbol }) => (
      <>
        {after > before ? "+" : ""}
        <TokenMoney amount={after - before} decimals={decimals} symbol={symbol} />
      </>
    ),
  },
  {
    key: "after",
    header: "Afterwards",
    align: "end",
    narrow: "hide",
    cell: ({ after, decimals, symbol }) => <TokenMoney amount={after} decimals={decimals} symbol={symbol} />,
  },
];
