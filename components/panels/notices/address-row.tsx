"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Send, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { NoticeAddress } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Moment } from "@/components/panels/runs/moment";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { StatusMark } from "@/components/ui/status-mark";
import { TextInput } from "@/components/ui/text-input";

/** One address: whether it is proved, what became of what was sent there last, and what can be done with it. */
export function AddressRow({ address }: { address: NoticeAddress }) {
  const { id, label, verifiedAt, goneAt, goneWhy, needsCode, last } = address;
  const { test, check, remove, fault } = useAddressDeeds();
  if (goneAt)
    return (
      <li className="rounded-control bg-well px-3 py-2">
        <p className="break-words">{label}</p>
        <p className="text-12 text-muted">
          Removed at <Moment at={goneAt} />: {goneWhy}. Add it again if you want it.
        </p>
      </li>
    );
  return (
    <li className="flex flex-col gap-2 rounded-control bg-well px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="break-words">{label}</p>
          <p className="flex flex-wrap gap-x-3 text-12 text-muted">
            {verifiedAt ? (
              <StatusMark status="done" word="Confirmed" />
            ) : (
              <StatusMark status="waiting" word="Not confirmed" />
            )}
            <LastSent last={last} />
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {verifiedAt ? (
            <Button
              icon={<Send aria-hidden />}
              busy={test.isPending}
              onClick={() => test.mutate({ id })}
              aria-label={`Send a test notice to ${label}`}
            >
              Send a test notice
            </Button>
          ) : (
            <Button busy={check.isPending} onClick={() => check.mutate({ id })} aria-label={`Check ${label} again`}>
              {needsCode ? "Send another code" : "Check again"}
            </Button>
          )}
          <Button
            icon={<Trash2 aria-hidden />}
            busy={remove.isPending}
            onClick={() => remove.mutate({ id })}
            aria-label={`Remove ${label}`}
          >
            Remove
          </Button>
        </div>
      </div>
      {!verifiedAt && needsCode && <Confirm id={id} label={label} />}
      <ApiFault fault={fault} />
    </li>
  );
}

const SENT = { check: "Check", test: "Test notice", notices: "Last notice" } as const;

function LastSent({ last }: { last: NoticeAddress["last"] }) {
  if (!last) return null;
  const what = Object.entries(SENT).find(([kind]) => kind === last.kind)?.[1] ?? "Last notice";
  if (last.state === "sent")
    return (
      <span role="status">
        {what}: taken at <Moment at={last.at} />
      </span>
    );
  if (last.state === "dropped") return <span role="status">{what}: not sent, it was of no use any more</span>;
  if (!last.problem) return <span role="status">{what}: on its way</span>;
  return (
    <span role="status" className="text-warn">
      {what}: {last.state === "dead" ? "given up" : "not delivered so far"}, {last.problem}.{" "}
      {last.state === "queued" && (
        <>
          Next try at <Moment at={last.dueAt} />.
        </>
      )}
    </span>
  );
}

function Confirm({ id, label }: { id: string; label: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [code, setCode] = useState("");
  const confirm = useMutation(
    trpc.notices.confirmAddress.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.notices.addresses.pathFilter()),
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim() && !confirm.isPending) confirm.mutate({ id, code });
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-2">
        <Field label={`Code that was sent to ${label}`}>
          <TextInput
            face="mono"
            autoComplete="one-time-code"
            spellCheck={false}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </Field>
        <Button type="submit" tone="primary" busy={confirm.isPending} disabled={!code.trim()}>
          Confirm
        </Button>
      </div>
      <ApiFault fault={confirm.error} />
    </form>
  );
}

function useAddressDeeds() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(trpc.notices.addresses.pathFilter());
  const test = useMutation(trpc.notices.test.mutationOptions({ onSettled }));
  const check = useMutation(trpc.notices.checkAddress.mutationOptions({ onSettled }));
  const remove = useMutation(trpc.notices.removeAddress.mutationOptions({ onSettled }));
  return { test, check, remove, fault: test.error ?? check.error ?? remove.error };
}
