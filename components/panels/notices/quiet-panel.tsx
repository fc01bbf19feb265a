"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { NoticeSettings } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { clockOf, minuteOfClock, PLACE_WORDS } from "@/components/panels/notices/notice-words";
import { ownZone } from "@/components/panels/runs/moment-words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";

const FIRST_QUIET = { quietFrom: 22 * 60, quietUntil: 7 * 60 };

/** When nothing is sent, and which way is tried next where one fails. */
export function QuietPanel() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: kept } = useSuspenseQuery(trpc.notices.settings.queryOptions());
  const [typed, setTyped] = useState<NoticeSettings | null>(null);
  const settings = typed ?? kept;
  const isQuiet = settings.quietFrom !== settings.quietUntil;
  const set = useMutation(
    trpc.notices.set.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.notices.settings.pathFilter());
        setTyped(null);
        toast({ status: "done", title: "Kept." });
      },
    }),
  );
  const change = (more: Partial<NoticeSettings>) => setTyped({ ...settings, ...more });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed && !set.isPending) set.mutate(typed);
  }

  return (
    <Panel title="Quiet hours, and which way next">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Switch
          label="Quiet hours"
          help="Nothing is sent in them, but for an approval that would be refused by silence before they end, and for a passkey or wallet of your account that would count by then."
          checked={isQuiet}
          onChange={(on) => change(on ? { ...FIRST_QUIET, zone: ownZone() } : { quietFrom: 0, quietUntil: 0 })}
        />
        {isQuiet && <Hours settings={settings} onChange={change} />}
        <Order order={settings.order} onChange={(order) => change({ order })} />
        <ApiFault fault={set.error} />
        <div>
          <Button type="submit" tone="primary" busy={set.isPending} disabled={typed === null}>
            Keep
          </Button>
        </div>
      </form>
    </Panel>
  );
}

type HoursProps = { settings: NoticeSettings; onChange(more: Partial<NoticeSettings>): void };

function Hours({ settings: { zone, quietFrom, quietUntil }, onChange }: HoursProps) {
  const zones = [...new Set([zone, ...Intl.supportedValuesOf("timeZone")])];
  return (
    <div className="flex flex-wrap gap-4">
      <Field label="From">
        <TextInput
          type="time"
          value={clockOf(quietFrom)}
          onChange={({ target }) => onChange({ quietFrom: minuteOfClock(target.value) ?? quietFrom })}
        />
      </Field>
      <Field label="Until">
        <TextInput
          type="time"
          value={clockOf(quietUntil)}
          onChange={({ target }) => onChange({ quietUntil: minuteOfClock(target.value) ?? quietUntil })}
        />
      </Field>
      <Field label="Time zone">
        <Select
          value={zone}
          options={zones.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
          onChange={(value) => onChange({ zone: value })}
        />
      </Field>
    </div>
  );
}

type OrderProps = { order: NoticeSettings["order"]; onChange(order: NoticeSettings["order"]): void };

function Order({ order, onChange }: OrderProps) {
  const up = (place: number) => {
    const [before, moved] = [order[place - 1], order[place]];
    if (before && moved) onChange([...order.slice(0, place - 1), moved, before, ...order.slice(place + 1)]);
  };
  return (
    <div>
      <p id="way-next" className="mb-1 text-12 text-muted">
        When an approval does not arrive, the next of these that you have set up is tried:
      </p>
      <ol aria-labelledby="way-next" className="flex max-w-dialog flex-col">
        {order.map((way, place) => (
          <li key={way} className="flex min-h-control items-center gap-2 border-b last:border-b-0">
            <span className="w-6 font-mono text-12 text-muted tabular-nums">{place + 1}</span>
            <span className="flex-1">{PLACE_WORDS[way]}</span>
            {place > 0 && (
              <IconButton label={`Try ${PLACE_WORDS[way]} earlier`} icon={<ArrowUp />} onClick={() => up(place)} />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
