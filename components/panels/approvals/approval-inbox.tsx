"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Inbox, Search } from "lucide-react";
import { useState } from "react";
import { INBOX_PAGES } from "@/components/api/pages";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { openColumns, settledColumns } from "@/components/panels/approvals/inbox-columns";
import { RefuseMany } from "@/components/panels/approvals/refuse-many";
import { type Urgency, useOpenQuestions } from "@/components/panels/approvals/use-open-questions";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";

const NAMES_OF = 100;

const URGENCIES = [
  { value: "all", label: "All" },
  { value: "soon", label: "Answer within an hour" },
  { value: "undelivered", label: "Could not be told" },
] as const satisfies readonly { value: Urgency; label: string }[];

/** What waits for the person's yes or no, the oldest first, and what was settled lately. */
export function ApprovalInbox() {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const [urgency, setUrgency] = useState<Urgency>("all");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { data: total } = useSuspenseQuery(trpc.approvals.countOpen.queryOptions());
  const { data: settled } = useSuspenseQuery(trpc.approvals.list.queryOptions({ state: "settled" }));
  const { open, isNarrowed, list, more, pages } = useOpenQuestions({ text, urgency });
  const { data: runs = [] } = useQuery(trpc.runs.list.queryOptions({ take: NAMES_OF }));
  const flows = new Map(runs.map(({ id, flowName }) => [id, flowName]));
  const rowKey = ({ operation }: { operation: string }) => operation;
  const picked = open.filter(({ operation }) => chosen.has(operation));

  function pick(operation: string, isOn: boolean) {
    setChosen(new Set(isOn ? [...chosen, operation] : [...chosen].filter((each) => each !== operation)));
  }

  return (
    <Page
      title="Approvals"
      text="A run that asks you waits here, and pays for nothing behind the question until you answer."
      width="wide"
    >
      {open.length > 0 || isNarrowed ? (
        <Panel
          title="Open"
          padding="flush"
          badge={<Count of={open.length === total ? `${total}` : `${open.length} of ${total}`} says="shown" />}
        >
          <div className="flex flex-wrap items-center gap-3 border-b px-4 py-3">
            <TextInput
              type="search"
              icon={<Search aria-hidden />}
              aria-label="Find in questions"
              placeholder="Find in questions"
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="w-full sm:w-64"
            />
            <Select<Urgency> aria-label="Show" value={urgency} options={URGENCIES} onChange={setUrgency} />
            <RefuseMany questions={picked} onDone={() => setChosen(new Set())} />
          </div>
          <div ref={list}>
            <Table label="Open approvals" columns={openColumns(flows, { chosen, pick })} rows={open} rowKey={rowKey} />
          </div>
          {open.length === 0 && !pages.isFetching && (
            <p className="px-4 py-6 text-muted">Nothing that waits for you matches.</p>
          )}
          <ApiFault fault={pages.error} />
          {pages.hasNextPage && (
            <div className="border-t px-4 py-3">
              <Button busy={pages.isFetchingNextPage} onClick={more}>
                Show {INBOX_PAGES.size} more
              </Button>
            </div>
          )}
        </Panel>
      ) : (
        <EmptyState
          level={2}
          icon={<Inbox aria-hidden />}
          title="Nothing waits for you"
          text="When a run reaches an approval that names you, it appears here at once and the number in the bar rises. To see one, run the sample Reviewed sales report."
        />
      )}
      {settled.length > 0 && (
        <Panel title="Settled" padding="flush" badge={<Count of={`${settled.length}`} />}>
          <Table label="Settled approvals" columns={settledColumns(flows)} rows={settled} rowKey={rowKey} />
        </Panel>
      )}
    </Page>
  );
}

/** With `says` it is read out whenever it changes. */
function Count({ of, says }: { of: string; says?: string }) {
  return (
    <span role={says ? "status" : undefined} className="font-mono text-12 text-muted tabular-nums">
      {of}
      {says && <span className="sr-only"> {says}</span>}
    </span>
  );
}
