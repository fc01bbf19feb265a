"use client";

import { Bell, Play, Plus, Search, Settings, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { Money } from "@/components/ui/money";
import { NumberInput } from "@/components/ui/number-input";
import { Panel } from "@/components/ui/panel";
import { Popover } from "@/components/ui/popover";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";

export function Controls() {
  const [dialog, setDialog] = useState(false);
  const [sheet, setSheet] = useState(false);
  const [view, setView] = useState("timeline");
  const [rail, setRail] = useState("credits");
  const [asks, setAsks] = useState(true);
  const [count, setCount] = useState<number | null>(3);
  const [amount, setAmount] = useState<bigint | null>(12_500_000n);
  return (
    <>
      <Panel title="Buttons" remember="gallery-buttons">
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-2">
            <Button tone="primary" icon={<Play />}>
              Run
            </Button>
            <Button icon={<Plus />}>New flow</Button>
            <Button tone="ghost">Cancel</Button>
            <Button tone="danger">Stop the run</Button>
            <Button disabled>Disabled</Button>
            <Button tone="primary" busy>
              Starting
            </Button>
          </div>
          <div data-density="studio" className="flex flex-wrap items-center gap-2">
            <Button tone="primary" icon={<Play />}>
              Run
            </Button>
            <Button>Share</Button>
            <Button tone="ghost">Problems 0</Button>
            <IconButton label="Undo" icon={<Undo2 />} hint={<Kbd>Ctrl Z</Kbd>} />
            <IconButton label="Settings" icon={<Settings />} tone="secondary" />
            <SegmentedControl
              label="View"
              value={view}
              onChange={setView}
              segments={[
                { value: "timeline", label: "Timeline" },
                { value: "money", label: "Money path" },
                { value: "outline", label: "Outline" },
              ]}
            />
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Button onClick={() => setDialog(true)}>Open dialog</Button>
            <Button onClick={() => setSheet(true)}>Open sheet</Button>
            <Button
              icon={<Bell />}
              onClick={() => toast({ title: "Run finished", text: "Spent 3.40 credits.", status: "done" })}
            >
              Show toast
            </Button>
            <DropdownMenu
              label="Flow actions"
              trigger={<Button>Flow actions</Button>}
              items={[
                { kind: "heading", label: "Reviewed summary" },
                { label: "Duplicate", onSelect: () => undefined, aside: <Kbd>Ctrl D</Kbd> },
                { label: "Rename", onSelect: () => undefined },
                { label: "Move", onSelect: () => undefined, disabled: true },
                { kind: "line" },
                { label: "Delete", icon: <Trash2 />, tone: "danger", onSelect: () => undefined },
              ]}
            />
            <Popover label="Bound" trigger={<Button>Bound</Button>}>
              <p className="text-muted">Two agents, each at most once.</p>
              <Money currency="microcredits" amount={4_200_000n} kind="worst" />
            </Popover>
          </div>
        </div>
      </Panel>
      <Panel title="Fields">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" help="People see it on the approval.">
            <TextInput defaultValue="Reviewed summary" />
          </Field>
          <Field label="Find an agent">
            <TextInput type="search" placeholder="Search" icon={<Search />} />
          </Field>
          <Field label="Most that may be spent" help="The run stops before it would cost more.">
            <AmountInput currency="microcredits" amount={amount} onChange={setAmount} most={500_000_000n} />
          </Field>
          <Field label="Attempts">
            <NumberInput value={count} onChange={setCount} min={1} max={5} unit="times" />
          </Field>
          <Field label="Rail">
            <Select
              value={rail}
              onChange={setRail}
              options={[
                { value: "credits", label: "Credits" },
                { value: "escrow", label: "Escrow on Solana" },
              ]}
            />
          </Field>
          <Field label="Condition" error="There is no port called totl.">
            <TextInput face="mono" defaultValue="analyst.totl > 100" />
          </Field>
          <Field label="Text">
            <TextArea rows={3} defaultValue="Quarterly report, first draft." />
          </Field>
          <div className="flex flex-col gap-1">
            <Switch label="Ask before paying" checked={asks} onChange={setAsks} help="Above 1.00 credits." />
            <Switch label="Notify me" checked={!asks} onChange={(on) => setAsks(!on)} />
            <Switch label="Keep inputs" checked disabled onChange={() => undefined} />
          </div>
        </div>
      </Panel>
      <Dialog
        open={dialog}
        onClose={() => setDialog(false)}
        title="Start this run"
        text="At most 4.20 credits are reserved; what is not spent comes back."
        actions={
          <>
            <Button onClick={() => setDialog(false)}>Cancel</Button>
            <Button tone="primary" onClick={() => setDialog(false)}>
              Reserve 4.20 credits and run
            </Button>
          </>
        }
      >
        <Field label="Article">
          <TextArea rows={4} />
        </Field>
      </Dialog>
      <Sheet open={sheet} onClose={() => setSheet(false)} title="Summariser" text="Step 2 of 4">
        <p className="text-muted">Detail of one step.</p>
      </Sheet>
    </>
  );
}
