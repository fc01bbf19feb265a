"use client";

import { useQuery } from "@tanstack/react-query";
import type { EscrowWithoutRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { Moment } from "@/components/panels/runs/moment";
import { withoutRunWords } from "@/components/panels/runs/without-run-words";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";

const LOOK_MS = 5_000;

/** Money that lies in an escrow whose run is not there, and what happens to it. Draws nothing while there is none. */
export function WithoutRun() {
  const trpc = useTRPC();
  const { data: escrows = [] } = useQuery({
    ...trpc.escrows.withoutRun.queryOptions(),
    // What the chain does comes by no journal: looked at until everything is back.
    refetchInterval: ({ state: { data } }) => (data?.some(({ stands }) => stands !== "closed") ? LOOK_MS : false),
  });
  if (escrows.length === 0) return null;
  return (
    <Panel title="Escrows without a run" padding="flush">
      <ul>
        {escrows.map((escrow) => (
          <li key={escrow.run} className="flex flex-col gap-1 border-line border-b p-4 last:border-b-0">
            <Item escrow={escrow} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Item({ escrow }: { escrow: EscrowWithoutRun }) {
  const { happens, why, ...mark } = withoutRunWords(escrow);
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusMark {...mark} />
        <Money currency="usdc_base" amount={escrow.cap} />
        <span className="text-muted">
          <Moment at={new Date(escrow.closedAtMs ?? escrow.sinceMs)} />
        </span>
        <Hash value={escrow.escrow} of="escrow" />
      </p>
      {why && <p>{why}</p>}
      <p className="text-muted">{happens}</p>
    </>
  );
}
