"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { TurnedOn } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import { StatusMark } from "@/components/ui/status-mark";
import type { FlowId, NodeId } from "@/flows/basics/ids";
import { timesAfter } from "@/flows/triggers/schedule-times";
import { ApiFault } from "../account/api-fault";
import { firingWords, type OwnTrigger, timeInZone } from "./trigger-words";

const TurnOnDialog = lazy(() => import("./turn-on-dialog").then((file) => ({ default: file.TurnOnDialog })));
const SecretDialog = lazy(() => import("./secret-dialog").then((file) => ({ default: file.SecretDialog })));
const StartsDialog = lazy(() => import("./starts-dialog").then((file) => ({ default: file.StartsDialog })));

type TriggerRowProps = { flow: FlowId; node: NodeId; drawn: OwnTrigger | null; known: TurnedOn | null };
type Open = { dialog: "turn_on" } | { dialog: "starts" } | { dialog: "secret"; trigger: string; secret: string };

/** One trigger: how it fires, whether it is on and for what, and what a person can do about it. */
export function TriggerRow({ flow, node, drawn, known }: TriggerRowProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const title = useStudio(({ document }) => document.nodes.find(({ id }) => id === node)?.title) ?? node;
  const [open, setOpen] = useState<Open | null>(null);
  const onSuccess = () => void queries.invalidateQueries(trpc.triggers.pathFilter());
  const turnOff = useMutation(trpc.triggers.turnOff.mutationOptions({ onSuccess }));
  const rotate = useMutation(
    trpc.triggers.rotateSecret.mutationOptions({
      onSuccess: ({ secret }, { trigger }) => setOpen({ dialog: "secret", trigger, secret }),
    }),
  );
  const on = known?.isOn ? known : null;
  const fires = on?.firing ?? drawn;

  return (
    <li className="flex flex-col gap-1" aria-label={title}>
      <p className="flex items-center justify-between gap-2">
        <span className="min-w-0 truncate font-strong">{title}</span>
        <StatusMark status={on ? "done" : "skipped"} word={on ? "On" : "Off"} className="text-12" />
      </p>
      {fires && <p className="text-12 text-muted">{firingWords(fires)}</p>}
      <NextTime fires={fires} nextAtMs={on?.nextAtMs ?? null} />
      {on && <Terms on={on} />}
      <p className="mt-1 flex flex-wrap gap-2">
        {drawn && <Button onClick={() => setOpen({ dialog: "turn_on" })}>{on ? "Turn on again" : "Turn on"}</Button>}
        {on && (
          <Button busy={turnOff.isPending} onClick={() => turnOff.mutate({ trigger: on.id })}>
            Turn off
          </Button>
        )}
        {on?.firing.on === "webhook" && (
          <Button busy={rotate.isPending} onClick={() => rotate.mutate({ trigger: on.id })}>
            New secret
          </Button>
        )}
        {known && <Button onClick={() => setOpen({ dialog: "starts" })}>Last starts</Button>}
      </p>
      <ApiFault fault={turnOff.error ?? rotate.error} />
      {open && (
        <Suspense fallback={null}>
          <OpenDialog {...{ flow, node, drawn, known, title, open, onOpen: setOpen, onTurnedOn: onSuccess }} />
        </Suspense>
      )}
    </li>
  );
}

type OpenDialogProps = TriggerRowProps & {
  title: string;
  open: Open;
  onOpen(next: Open | null): void;
  onTurnedOn(): void;
};

function OpenDialog({ flow, node, drawn, known, title, open, onOpen, onTurnedOn }: OpenDialogProps) {
  const onClose = () => onOpen(null);
  if (open.dialog === "secret")
    return <SecretDialog node={node} trigger={open.trigger} secret={open.secret} onClose={onClose} />;
  if (open.dialog === "starts") return known && <StartsDialog trigger={known.id} title={title} onClose={onClose} />;
  if (!drawn) return null;
  return (
    <TurnOnDialog
      {...{ flow, title, onClose }}
      trigger={drawn}
      missedBefore={known?.firing.on === "schedule" ? known.firing.missed : null}
      onTurnedOn={({ trigger, secret }) => {
        onTurnedOn();
        onOpen(secret === null ? null : { dialog: "secret", trigger, secret });
      }}
    />
  );
}

/** When a schedule fires next: as it was turned on, or as it would if it were turned on now. */
function NextTime({ fires, nextAtMs }: { fires: OwnTrigger | TurnedOn["firing"] | null; nextAtMs: number | null }) {
  const [openedMs] = useState(() => Date.now());
  if (fires?.on !== "schedule") return null;
  const nextMs = nextAtMs ?? timesAfter(fires, openedMs, 1)[0];
  if (nextMs === undefined) return null;
  return (
    <p className="text-12 text-muted">
      {nextAtMs === null ? "Would start" : "Starts next"} on {timeInZone(nextMs, fires.zone)}
    </p>
  );
}

/** What was agreed to, and how much of the day's cap is counted. */
function Terms({ on }: { on: TurnedOn }) {
  const plan = useStudio((studio) => studio.plan?.hash);
  return (
    <>
      <dl className="grid grid-cols-[1fr_auto] gap-x-2 gap-y-1 text-12">
        <dt className="text-muted">At most a run</dt>
        <dd className="text-right">
          <Money {...on.bound} kind="worst" />
        </dd>
        <dt className="text-muted">At most a day</dt>
        <dd className="text-right">
          <Money {...on.mostPerDay} kind="worst" />
        </dd>
        <dt className="text-muted">Counted in 24 hours</dt>
        <dd className="text-right">
          <Money {...on.counted} kind="reserved" />
        </dd>
      </dl>
      {plan !== undefined && plan !== on.plan && (
        <p className="text-12 text-warn">
          It starts the plan that it was turned on for, <Hash value={on.plan} of="plan" />, not what is drawn now.
        </p>
      )}
    </>
  );
}
