"use client";

import { Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { useAgents } from "../studio/use-agents";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingGroup } from "./setting-field";

/** Several agents out of the registry. */
export function AgentsSetting(props: SettingProps) {
  const { agents = [], byId } = useAgents();
  const value = valueAt(props.at) ?? props.shape.initial;
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const change = (next: readonly string[], name: string) => changeAt(props.at, { value: [...next], name });
  const left = agents.filter(({ agent }) => !chosen.includes(agent));
  return (
    <SettingGroup setting={props}>
      {chosen.map((agent) => (
        <div key={agent} className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{byId.get(agent)?.title ?? `${agent}, not in the registry`}</span>
          <IconButton
            label={`Remove ${agent}`}
            icon={<Trash2 />}
            onClick={() =>
              change(
                chosen.filter((each) => each !== agent),
                `Remove ${agent}`,
              )
            }
          />
        </div>
      ))}
      <Select
        aria-label="Add an agent"
        options={[
          { value: "", label: "Add an agent" },
          ...left.map(({ agent, title }) => ({ value: agent as string, label: title })),
        ]}
        value=""
        onChange={(agent) => agent !== "" && change([...chosen, agent], `Add ${agent}`)}
      />
    </SettingGroup>
  );
}
