"use client";

import { Money } from "@/components/ui/money";
import { Select } from "@/components/ui/select";
import type { Manifest } from "@/flows/plan/manifest";
import { useAgents } from "../studio/use-agents";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingField } from "./setting-field";

/** Which agent does the work, and on what terms. */
export function AgentSetting(props: SettingProps) {
  const { agents = [], byId } = useAgents();
  const chosen = String(valueAt(props.at) ?? "");
  const manifest = byId.get(chosen);
  const options = agents.map(({ agent, title }) => ({
    value: agent as string,
    label: `${title} · ${versionOf(agent)}`,
  }));
  const known = options.some(({ value }) => value === chosen);
  return (
    <>
      <SettingField setting={props} help={manifest?.description}>
        <Select
          options={known ? options : [{ value: chosen, label: `${chosen}, not in the registry` }, ...options]}
          value={chosen}
          onChange={(value) => changeAt(props.at, { value })}
        />
      </SettingField>
      {manifest && <AgentTerms manifest={manifest} />}
    </>
  );
}

const versionOf = (agent: string) => agent.replace(/^.*@/, "");

function AgentTerms({ manifest }: { manifest: Manifest }) {
  return (
    <>
      <dl className="flex items-baseline justify-between gap-4">
        <dt className="text-muted">Price of a call</dt>
        <dd>
          <Money currency={manifest.price.currency} amount={manifest.price.amount} />
        </dd>
      </dl>
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
