"use client";

import { AddressLink, Facts, TokenMoney } from "@/components/panels/explorer/parts";
import { spanWords } from "@/components/panels/explorer/token-words";
import { Moment } from "@/components/panels/runs/moment";
import { Hash } from "@/components/ui/hash";
import { Panel } from "@/components/ui/panel";
import { type Column, Table } from "@/components/ui/table";
import type { ShownEscrow, TokenAmount } from "@/flows/ports/explorer";

type Line = ShownEscrow["payees"][number];

/** The terms that the payer agreed to, and how far they are carried out. */
export function EscrowPanel({ escrow }: { escrow: ShownEscrow }) {
  const { token, cap, earned } = escrow;
  return (
    <>
      <Panel title="The escrow">
        <Facts
          facts={[
            [
              "State",
              escrow.state === "open" ? "Open: payees may still earn" : "Finished: nothing more will be earned",
            ],
            ["At most", <TokenMoney {...token} amount={cap} />],
            ["Earned so far", <TokenMoney {...token} amount={earned} />],
            ["Payer", <AddressLink address={escrow.payer} whole />],
            ["The rest returns to", <AddressLink address={escrow.refund} whole />],
            ["Fee", `${(escrow.feeBps / 100).toFixed(2)} % of what payees get`],
            ["Payer can dispute for", spanWords(escrow.windowSeconds)],
            ["Opened", <Moment at={new Date(escrow.openedAt)} look="exact" />],
            ["Earnings are recorded until", <Moment at={new Date(escrow.settleBy)} look="exact" />],
            ["Anybody may close it after", <Moment at={new Date(escrow.expiry)} look="exact" />],
            ["Records earnings", <AddressLink address={escrow.settler} whole />],
            ["Decides disputes", <AddressLink address={escrow.arbiter} whole />],
            ["Money lies in", <AddressLink address={escrow.vault} whole />],
            ["Plan", <Hash value={escrow.planHash} of="plan" />],
          ]}
        />
      </Panel>
      <Panel title="Who can be paid, and nobody else" padding="flush">
        <Table label="Payees" columns={columns(token)} rows={escrow.payees} rowKey={({ account }) => account} />
      </Panel>
    </>
  );
}

const columns = (token: TokenAmount): readonly Column<Line>[] => [
  { key: "account", header: "Payee", width: "fill", cell: ({ account }) => <AddressLink address={account} /> },
  ...(["cap", "earned", "paid", "disputed"] as const).map((key) => ({
    key,
    header: { cap: "At most", earned: "Earned", paid: "Paid", disputed: "Disputed" }[key],
    align: "end" as const,
    cell: (line: Line) => (
      <>
        <span className="text-muted sm:hidden">{key === "cap" ? "at most" : key} </span>
        <TokenMoney {...token} amount={line[key]} />
      </>
    ),
  })),
];
