"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import type { FlowInList, PlannedFlow } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { boundText } from "@/components/panels/studio/bound-text";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import { money } from "@/flows/basics/money";

type PublishProps = { flow: Pick<FlowInList, "id" | "name">; onClose(): void };

/** Hands a flow in as an agent that others call for a price: what a call can cost its publisher is said first. */
export function PublishFlowDialog({ flow, onClose }: PublishProps) {
  const trpc = useTRPC();
  const plan = useQuery(trpc.flows.plan.queryOptions({ flow: flow.id }, { staleTime: 0, retry: false }));
  const own = useQuery(trpc.publishing.publishers.queryOptions());
  const names = own.data?.flatMap(({ name, proof }) => (proof ? [name] : []));
  const fault = plan.error ?? own.error;
  if (plan.data && names && names.length > 0) return <PublishForm {...{ flow, onClose, names }} plan={plan.data} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Publish ${flow.name} as an agent`}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {fault && <ApiFault fault={fault} />}
      {!fault && names?.length === 0 && (
        <p>
          Agents are published under a name that is proved to be yours.{" "}
          <Link className="underline" href="/publish">
            Prove one under Publish
          </Link>
          , then come back.
        </p>
      )}
      {!fault && names?.length !== 0 && (
        <Loading label="Working out what a call can cost">
          <SkeletonRows rows={3} />
        </Loading>
      )}
    </Dialog>
  );
}

type FormProps = PublishProps & { names: readonly string[]; plan: PlannedFlow };

function PublishForm({ flow, names, plan, onClose }: FormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useId();
  const worst = plan.bound.reduce((sum, { amount }) => sum + amount, 0n);
  const [publisher, setPublisher] = useState(names[0] ?? "");
  const [name, setName] = useState(slugOf(flow.name));
  const [version, setVersion] = useState("1.0.0");
  const [title, setTitle] = useState(flow.name);
  const [description, setDescription] = useState("");
  const [price, setPrice] = useState<bigint | null>(worst);
  const [covers, setCovers] = useState(false);
  const publish = useMutation(
    trpc.flows.publish.mutationOptions({
      onSuccess: async ({ agent }) => {
        await queries.invalidateQueries(trpc.publishing.pathFilter());
        const text = `A reviewer looks at ${agent}; you list it under Publish once it is approved.`;
        toast({ status: "done", title: `${title} is handed in.`, text });
        onClose();
      },
    }),
  );
  const isWhole =
    /^[a-z0-9-]{1,40}$/.test(name) &&
    /^\d+\.\d+\.\d+$/.test(version) &&
    title.trim() &&
    description.trim() &&
    price !== null;
  const isBelow = price !== null && price < worst;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isWhole || price === null) return;
    const agent = `${publisher}/${name}@${version}`;
    const said = { title: title.trim(), description: description.trim() };
    publish.mutate({
      ...{ flow: flow.id, plan: plan.hash, agent, ...said, covers: isBelow && covers },
      price: price === 0n ? { kind: "free" } : { kind: "per_call", price: money("microcredits", price) },
    });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Publish ${flow.name} as an agent`}
      text={`A call runs this flow as it is saved now, out of your credits: at most ${boundText(plan.bound)}. You are paid the price for what it delivers.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            tone="primary"
            busy={publish.isPending}
            disabled={!isWhole || (isBelow && !covers)}
          >
            Hand in for review
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Publisher" required>
            <Select
              options={names.map((each) => ({ value: each, label: each }))}
              value={publisher}
              onChange={setPublisher}
            />
          </Field>
          <Field label="Name" required help="Small letters, digits and hyphens.">
            <TextInput
              face="mono"
              maxLength={40}
              value={name}
              onChange={(event) => setName(event.target.value.trim())}
            />
          </Field>
          <Field label="Version" required>
            <TextInput
              face="mono"
              maxLength={20}
              value={version}
              onChange={(event) => setVersion(event.target.value.trim())}
            />
          </Field>
          <Field label="Price of a call" required help="In credits; 0 is free.">
            <AmountInput currency="microcredits" amount={price} onChange={setPrice} />
          </Field>
        </div>
        <Field label="Title" required>
          <TextInput maxLength={60} value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field label="Description" required help="What it does, for who looks for an agent.">
          <TextArea
            rows={3}
            maxLength={280}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </Field>
        {isBelow && (
          <Switch
            label="I pay what a call costs beyond its price"
            help={`At most ${boundText([money("microcredits", worst - (price ?? 0n))])} a call.`}
            checked={covers}
            onChange={setCovers}
          />
        )}
        <ApiFault fault={publish.error} />
      </form>
    </Dialog>
  );
}

function slugOf(name: string): string {
  const plain = name.normalize("NFKD").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
}
