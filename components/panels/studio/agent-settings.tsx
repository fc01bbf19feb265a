"use client";

import { useState } from "react";
import { useStudio } from "@/components/store/studio-store";
import { AmountInput } from "@/components/ui/amount-input";
import { Field } from "@/components/ui/field";
import { Money } from "@/components/ui/money";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import type { Json } from "@/flows/basics/json";
import type { Manifest } from "@/flows/plan/manifest";
import { SchemaField } from "./schema-field";
import { useAgents } from "./use-agents";
import { changeSetting, type SettingsProps, useFieldProblem } from "./use-node-edit";

/** Which agent, for at most how much, and what it is given where no wire brings it. */
export function AgentSettings({ node }: SettingsProps) {
  const { agents = [], byId } = useAgents();
  const chosen = String(node.settings.agent ?? "");
  const manifest = byId.get(chosen);
  const problem = useFieldProblem(node.id, "agent");
  const options = agents.map(({ agent, title }) => ({
    value: agent as string,
    label: `${title} · ${versionOf(agent)}`,
  }));
  const known = options.some(({ value }) => value === chosen);
  return (
    <>
      <Field label="Agent" error={problem} help={manifest?.description}>
        <Select
          options={known ? options : [{ value: chosen, label: `${chosen}, not in the registry` }, ...options]}
          value={chosen}
          onChange={(value) => changeSetting(node.id, "agent", { value })}
        />
      </Field>
      {manifest && <AgentTerms key={manifest.agent} node={node} manifest={manifest} />}
    </>
  );
}

const versionOf = (agent: string) => agent.replace(/^.*@/, "");

function AgentTerms({ node, manifest }: SettingsProps & { manifest: Manifest }) {
  return (
    <>
      <dl className="flex items-baseline justify-between gap-4">
        <dt className="text-muted">Price of a call</dt>
        <dd>
          <Money currency={manifest.price.currency} amount={manifest.price.amount} />
        </dd>
      </dl>
      <CapField node={node} price={manifest.price} />
      <Field label="Tries again" help="After a call that was not delivered, and so not paid.">
        <NumberInput
          value={typeof node.settings.retries === "number" ? node.settings.retries : 0}
          min={0}
          max={5}
          onChange={(value) => changeSetting(node.id, "retries", { value: value ?? undefined })}
        />
      </Field>
      <AgentInputs node={node} manifest={manifest} />
      <div>
        <h3 className="text-12 text-muted">What leaves the studio</h3>
        <ul className="mt-1 list-disc pl-4">
          {manifest.sends.map((sent) => (
            <li key={sent}>{sent}</li>
          ))}
          {manifest.sends.length === 0 && <li>Nothing, says its publisher.</li>}
        </ul>
      </div>
    </>
  );
}

/** The cap is the price unless more is set. What is not an amount yet is only here. */
function CapField({ node, price }: SettingsProps & { price: Manifest["price"] }) {
  const [broken, setBroken] = useState(false);
  const problem = useFieldProblem(node.id, "cap");
  const cap = node.settings.cap as { amount?: string } | undefined;
  const amount = cap?.amount === undefined ? price.amount : BigInt(cap.amount);

  function change(next: bigint | null) {
    setBroken(next === null);
    if (next === null) return;
    const value = next === price.amount ? undefined : { currency: price.currency, amount: next.toString() };
    changeSetting(node.id, "cap", { value });
  }

  return (
    <Field
      label="Cap per call"
      help="Its price, unless you set more. A call never costs more than this."
      error={problem}
    >
      <AmountInput currency={price.currency} amount={broken ? null : amount} onChange={change} />
    </Field>
  );
}

function AgentInputs({ node, manifest }: SettingsProps & { manifest: Manifest }) {
  const wires = useStudio(({ document }) => document.wires);
  const inputs = (node.settings.inputs ?? {}) as Readonly<Record<string, Json>>;

  function change(name: string, value: Json | undefined) {
    const others = Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== name));
    changeSetting(node.id, "inputs", {
      value: value === undefined ? others : { ...others, [name]: value },
      part: name,
    });
  }

  return Object.entries(manifest.input.properties).map(([name, property]) => {
    if (wires.some(({ to }) => to.node === node.id && to.input === name)) return null;
    return (
      <AgentInput
        key={name}
        node={node}
        name={name}
        property={property}
        required={manifest.input.required?.includes(name) ?? false}
        value={inputs[name]}
        onChange={(value) => change(name, value)}
      />
    );
  });
}

type AgentInputProps = SettingsProps & {
  name: string;
  property: Readonly<Record<string, unknown>>;
  required: boolean;
  value: Json | undefined;
  onChange(value: Json | undefined): void;
};

function AgentInput({ node, name, ...field }: AgentInputProps) {
  const error = useFieldProblem(node.id, `inputs.${name}`);
  return <SchemaField name={name} error={error} {...field} />;
}
