"use client";

import { ShieldCheck } from "lucide-react";
import { titleOf } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { type Column, Table } from "@/components/ui/table";
import type { NodeId } from "@/flows/basics/ids";
import type { MoneyPath, Payment } from "@/flows/compile/money-path";

/** Where the money can go: every payment, who agrees before it is made, and which of them the worst case is made of. */
export function MoneyPanel({ onShow }: { onShow(nodes: readonly NodeId[]): void }) {
  const plan = useStudio((studio) => studio.plan);
  const problems = useStudio((studio) => studio.problems.length);
  const document = useStudio((studio) => studio.document);
  if (!plan)
    return (
      <p className="px-4 py-3 text-muted">
        {problems > 0 ? "Where the money can go is known once the problems are mended." : "Reading the flow."}
      </p>
    );
  if (!plan.money)
    return (
      <Loading label="Following the money">
        <SkeletonRows rows={4} />
      </Loading>
    );
  if (plan.money.payments.length === 0) return <p className="px-4 py-3 text-muted">Nobody is paid by this flow.</p>;
  const { payments } = plan.money;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Cause money={plan.money} onShow={onShow} />
      <Table
        label="Payments"
        className="min-h-0 flex-1"
        columns={columnsFor({ nameOf: (node) => titleOf(document, node), onShow })}
        rows={payments}
        rowKey={({ step }) => step}
      />
    </div>
  );
}

/** In a line: what the worst case is made of, and how many payments nobody has agreed to beforehand. */
function Cause({ money: { payments, sides }, onShow }: { money: MoneyPath; onShow(nodes: readonly NodeId[]): void }) {
  const document = useStudio((studio) => studio.document);
  const counted = payments.filter(({ counts }) => counts);
  const unasked = payments.filter(({ consents }) => consents.length === 0);
  const ways = sides.map(({ node, port }) => `${titleOf(document, node)} goes ${port}`).join(", ");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-1">
      <span>
        The worst case is {counted.length === 1 ? "1 payment" : `${counted.length} payments`} of {payments.length}
        {ways && `, where ${ways}`}.
      </span>
      <span className={unasked.length > 0 ? "text-warn" : "text-muted"}>
        {unasked.length === 0
          ? "Somebody agrees before each of them."
          : `${unasked.length} of ${payments.length} without consent.`}
      </span>
      <span className="ml-auto">
        <Button onClick={() => onShow([...new Set([...sides, ...counted].map(({ node }) => node))])}>
          Show on the canvas
        </Button>
      </span>
    </div>
  );
}

type Look = { nameOf(node: NodeId): string; onShow(nodes: readonly NodeId[]): void };

function columnsFor({ nameOf, onShow }: Look): readonly Column<Payment>[] {
  return [
    {
      key: "node",
      header: "Node",
      cell: ({ node, under }) => (
        <>
          <button type="button" className="quick rounded-control underline" onClick={() => onShow([node])}>
            {nameOf(node)}
          </button>
          {under && (
            <span className="block text-12 text-muted">
              all in {nameOf(under.node)} at most <Money currency={under.cap.currency} amount={under.cap.amount} />
            </span>
          )}
        </>
      ),
    },
    {
      key: "payee",
      header: "Pays",
      cell: ({ payee, publisher }) => (
        <>
          {payee} {publisher === "outside" && <span className="text-12 text-muted">outside the studio</span>}
        </>
      ),
    },
    {
      key: "consents",
      header: "Agreed to before",
      width: "fill",
      cell: ({ consents }) =>
        consents.length > 0 ? (
          <span className="inline-flex items-center gap-1">
            <ShieldCheck aria-hidden className="text-ok" /> {consents.map(({ node }) => nameOf(node)).join(", ")}
          </span>
        ) : (
          <span className="text-warn">Nobody</span>
        ),
    },
    {
      key: "rounds",
      header: "Times",
      align: "end",
      narrow: "hide",
      cell: ({ rounds }) => <span className="font-mono">{rounds.toString()}</span>,
    },
    {
      key: "counts",
      header: "In the worst case",
      cell: ({ counts }) => (counts ? "Yes" : <span className="text-muted">No, the other side is dearer</span>),
    },
    {
      key: "most",
      header: "At most",
      align: "end",
      cell: ({ most, counts }) => (
        <Money currency={most.currency} amount={most.amount} kind={counts ? "worst" : undefined} />
      ),
    },
  ];
}
