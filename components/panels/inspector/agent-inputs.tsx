"use client";

import { useStudio } from "@/components/store/studio-store";
import type { Json } from "@/flows/basics/json";
import type { Manifest } from "@/flows/plan/manifest";
import { isRecord } from "@/flows/types/json-schema";
import { SchemaField } from "../studio/schema-field";
import { useAgents } from "../studio/use-agents";
import { below, changeAt, fieldOf, type SettingProps, useCompilerProblem, valueAt } from "./place";

/** What the node's agent is given where no wire brings it: its own inputs, as its manifest says them. */
export function AgentInputs(props: SettingProps) {
  const { byId } = useAgents();
  const manifest = byId.get(String(props.at.node.settings.agent));
  return manifest ? <InputsOf key={manifest.agent} setting={props} manifest={manifest} /> : null;
}

function InputsOf({ setting, manifest }: { setting: SettingProps; manifest: Manifest }) {
  const wires = useStudio(({ document }) => document.wires);
  const { id } = setting.at.node;
  const isWired = (name: string) => wires.some(({ to }) => to.node === id && to.input === name);
  return Object.entries(manifest.input.properties)
    .filter(([name]) => !isWired(name))
    .map(([name, property]) => (
      <AgentInput
        key={name}
        setting={setting}
        name={name}
        property={property}
        required={manifest.input.required?.includes(name) ?? false}
      />
    ));
}

type InputProps = {
  setting: SettingProps;
  name: string;
  property: Readonly<Record<string, unknown>>;
  required: boolean;
};

function AgentInput({ setting, name, ...field }: InputProps) {
  const at = below(setting.at, name);
  const error = useCompilerProblem(at.node.id, fieldOf(at), true);
  const inputs = valueAt(setting.at);
  const value = isRecord(inputs) && Object.hasOwn(inputs, name) ? (inputs[name] as Json) : undefined;
  return (
    <SchemaField
      name={name}
      value={value}
      error={error}
      onChange={(next) => changeAt(at, { value: next })}
      {...field}
    />
  );
}
