"use client";

import { Inbox } from "lucide-react";
import type { Currency } from "@/components/ui/amount";
import { BoundMeter } from "@/components/ui/bound-meter";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Hash } from "@/components/ui/hash";
import { JsonView } from "@/components/ui/json-view";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { PortGlyph, type PortType } from "@/components/ui/port-glyph";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { type Status, StatusMark } from "@/components/ui/status-mark";
import { Table } from "@/components/ui/table";
import { Tabs } from "@/components/ui/tabs";
import { TimeBar } from "@/components/ui/time-bar";
import { TimeRuler } from "@/components/ui/time-ruler";

const STATUSES: Status[] = [
  "waiting",
  "running",
  "needs_you",
  "done",
  "failed",
  "skipped",
  "denied",
  "stopped",
  "outcome_unknown",
];
const PORTS: PortType[] = ["text", "number", "boolean", "object", "list", "file", "money", "secret", "unknown"];

type Step = { id: string; name: string; status: Status; currency: Currency; cost: bigint; receipt: string };
const STEPS: Step[] = [
  {
    id: "1",
    name: "Read the spreadsheet",
    status: "done",
    currency: "microcredits",
    cost: 1_200_000n,
    receipt: "9f2ca41b77de80c1aa54e2",
  },
  {
    id: "2",
    name: "Summarise the findings for the board, in one page",
    status: "running",
    currency: "trial_microcredits",
    cost: 400_000n,
    receipt: "11c0dd41b77de80c1aa5f0b",
  },
  {
    id: "3",
    name: "Approve the summary",
    status: "needs_you",
    currency: "microcredits",
    cost: 0n,
    receipt: "7be2ca41b77de80c1aa5992",
  },
  {
    id: "4",
    name: "Send",
    status: "waiting",
    currency: "usdc_base",
    cost: 1_204_000_400n,
    receipt: "c04bca41b77de80c1aa51e8",
  },
];

export function Panels() {
  return (
    <>
      <div className="grid items-start gap-6 md:grid-cols-2">
        <Panel title="States">
          <div className="grid grid-cols-2 gap-2">
            {STATUSES.map((status) => (
              <StatusMark key={status} status={status} />
            ))}
          </div>
          <div className="mt-4 flex flex-wrap gap-2">
            {STATUSES.map((status) => (
              <StatusMark key={status} status={status} look="tag" />
            ))}
          </div>
        </Panel>
        <Panel title="Port types">
          <div className="grid grid-cols-3 gap-2">
            {PORTS.map((type) => (
              <span key={type} className="flex items-center gap-2">
                <PortGlyph type={type} /> {type}
              </span>
            ))}
          </div>
        </Panel>
        <Panel title="Money">
          <div className="flex flex-col items-end gap-1">
            <Money currency="microcredits" amount={4_200_000n} kind="worst" />
            <Money currency="microcredits" amount={3_000_000n} kind="reserved" />
            <Money currency="microcredits" amount={1_600_400n} kind="spent" />
            <Money currency="trial_microcredits" amount={498_400_000n} kind="left" />
            <Money currency="usdc_base" amount={-12_000_000n} sign="always" />
          </div>
          <BoundMeter
            className="mt-4"
            currency="microcredits"
            bound={4_200_000n}
            spent={1_600_000n}
            reserved={1_400_000n}
          />
        </Panel>
        <Panel title="Timeline" remember="gallery-timeline">
          <TimeRuler spanMs={12_400} />
          <div className="mt-2 flex flex-col gap-2">
            <TimeBar label="Read" status="done" startMs={0} endMs={3200} spanMs={12_400} />
            <TimeBar
              label="Summarise"
              status="running"
              startMs={4100}
              endMs={7300}
              spanMs={12_400}
              waits={[{ startMs: 3200, endMs: 4100 }]}
            />
            <TimeBar label="Approve" status="needs_you" startMs={7300} endMs={12_400} spanMs={12_400} />
            <TimeBar label="Check" status="failed" startMs={5200} endMs={5900} spanMs={12_400} />
          </div>
        </Panel>
      </div>
      <Panel
        title="Steps"
        badge={<span className="text-faint">4</span>}
        padding="flush"
        actions={<Button tone="ghost">Export</Button>}
      >
        <Table
          label="Steps"
          rows={STEPS}
          rowKey={(step) => step.id}
          selected="2"
          columns={[
            { key: "name", header: "Step", width: "fill", cell: (step) => step.name },
            { key: "status", header: "Status", cell: (step) => <StatusMark status={step.status} /> },
            {
              key: "receipt",
              header: "Receipt",
              narrow: "hide",
              cell: (step) => <Hash of="receipt" value={step.receipt} />,
            },
            {
              key: "cost",
              header: "Cost",
              align: "end",
              cell: (step) => <Money currency={step.currency} amount={step.cost} />,
            },
          ]}
        />
      </Panel>
      <Panel title="Dock" padding="flush">
        <div data-density="studio">
          <Tabs
            label="Dock"
            tabs={[
              {
                id: "problems",
                label: "Problems",
                badge: <span className="text-faint">0</span>,
                panel: <p className="p-4 text-muted">No problems.</p>,
              },
              { id: "run", label: "Run", panel: <p className="p-4">Timeline.</p> },
              { id: "history", label: "History", panel: <p className="p-4">Versions.</p> },
            ]}
          />
        </div>
      </Panel>
      <div className="grid items-start gap-6 md:grid-cols-2">
        <EmptyState
          icon={<Inbox />}
          title="Nothing waits for you"
          text="When a run reaches an approval that names you, it appears here."
          actions={<Button>Open a sample flow</Button>}
        />
        <ErrorNotice
          what="The summariser did not answer within 30 s."
          safe="Nothing was paid; 0.40 credits went back to the run."
          next="Try the step again, or choose another agent."
          code="agent_timed_out"
          actions={<Button>Try again</Button>}
        />
        <Panel title="Loading" padding="flush">
          <Loading label="Loading flows">
            <SkeletonRows rows={4} />
          </Loading>
        </Panel>
        <JsonView
          label="output"
          value={{
            rows: 10_000,
            outliers: [{ row: 412, column: "price", value: 99999.5 }],
            valid: true,
            note: null,
            text: "long ".repeat(80),
          }}
        />
      </div>
    </>
  );
}
