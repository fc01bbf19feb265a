"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { ReceiptsFile } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { saveReceipts } from "@/components/panels/runs/save-receipts";
import { VerdictView } from "@/components/panels/runs/verdict-view";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";
import type { Verdict } from "@/flows/receipts/receipt-file";

type State = { at: "idle" | "working" | "broken" } | { at: "told"; of: ReceiptsFile; verdict: Verdict };

/** The receipts of a run: how many, verified in this browser on demand, and as a file to verify anywhere. */
export function ReceiptsPanel({ run }: { run: string }) {
  const trpc = useTRPC();
  const receipts = useQuery(trpc.runs.receipts.queryOptions({ run }));
  const [state, setState] = useState<State>({ at: "idle" });
  const file = receipts.data;
  const told = state.at === "told" && state.of === file ? state.verdict : null;

  async function verify(of: ReceiptsFile) {
    setState({ at: "working" });
    const { verifyReceipts } = await import("@/flows/receipts/verify");
    setState({ at: "told", of, verdict: verifyReceipts(of) });
  }

  return (
    <Panel title="Receipts" badge={file && <Count file={file} verdict={told} />}>
      <div className="flex min-w-0 flex-col gap-4">
        {!told && (
          <p className="text-muted">
            One signed statement per step, each naming the one before it. Verifying happens in this browser; nobody is
            asked.
          </p>
        )}
        {told && <VerdictView verdict={told} />}
        <ApiFault fault={receipts.error} />
        {state.at === "broken" && (
          <ErrorNotice
            what="The receipts could not be verified here."
            safe="The receipts themselves are unchanged."
            next="Download them and run npm run verify on the file."
            code="verifier_unavailable"
          />
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            icon={<ShieldCheck aria-hidden />}
            disabled={!file || file.receipts.length === 0}
            busy={state.at === "working"}
            onClick={() => file && void verify(file).catch(() => setState({ at: "broken" }))}
          >
            {told ? "Verify again" : "Verify"}
          </Button>
          <Button
            icon={<Download aria-hidden />}
            disabled={!file || file.receipts.length === 0}
            onClick={() => file && void saveReceipts(file).catch(() => setState({ at: "broken" }))}
          >
            Download receipts
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function Count({ file, verdict }: { file: ReceiptsFile; verdict: Verdict | null }) {
  const count = file.receipts.length;
  if (!verdict) return <span className="font-mono text-12 text-muted tabular-nums">{count}</span>;
  const good = verdict.failed.length === 0;
  return (
    <StatusMark
      status={good ? "done" : "failed"}
      look="tag"
      word={good ? `${verdict.verified} of ${count} verified` : "Not verified"}
    />
  );
}
