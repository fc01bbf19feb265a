"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

const WORDS = {
  email: {
    title: "Add a mail address",
    label: "Mail address",
    help: "A code is sent there. Nothing else is, before you have typed it in here.",
  },
  webhook: {
    title: "Add a webhook",
    label: "Address",
    help: "An https address on the public internet. One check is posted there; when it is taken, notices follow.",
  },
  slack: {
    title: "Add a Slack webhook",
    label: "Address of the incoming webhook",
    help: "From your Slack app, or anything that takes the same posts. One check is posted there.",
  },
} as const;

/** Takes an address. Of a webhook it shows the secret that posts are signed with, once. */
export function AddAddress({ channel, onClose }: { channel: keyof typeof WORDS; onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useId();
  const [typed, setTyped] = useState("");
  const add = useMutation(
    trpc.notices.addAddress.mutationOptions({
      onSuccess: ({ secret }) => {
        void queries.invalidateQueries(trpc.notices.addresses.pathFilter());
        if (!secret) onClose();
      },
    }),
  );
  const { title, label, help } = WORDS[channel];
  const secret = add.data?.secret;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!typed.trim() || add.isPending) return;
    add.mutate(channel === "email" ? { channel, address: typed } : { channel, url: typed });
  }

  if (secret)
    return (
      <Dialog
        open
        onClose={onClose}
        title="The secret of this webhook"
        text="Posts are signed with it, as Standard Webhooks says it. It is shown now and never again."
        actions={
          <Button tone="primary" onClick={onClose}>
            I have kept it
          </Button>
        }
      >
        <div className="flex min-w-0 items-center gap-2">
          <code className="min-w-0 flex-1 select-all break-all font-mono">{secret}</code>
          <CopyButton value={secret} label="Copy the secret" />
        </div>
      </Dialog>
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} tone="primary" busy={add.isPending} disabled={!typed.trim()}>
            Add
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={label} help={help} required>
          <TextInput
            type={channel === "email" ? "email" : "url"}
            autoComplete={channel === "email" ? "email" : "off"}
            spellCheck={false}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
        <ApiFault fault={add.error} />
      </form>
    </Dialog>
  );
}
