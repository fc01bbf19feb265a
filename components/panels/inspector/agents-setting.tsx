"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useAgents } from "../studio/use-agents";
import { AgentPicker } from "./agent-picker";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingGroup } from "./setting-field";

/** Several agents out of the registry. */
export function AgentsSetting(props: SettingProps) {
  const { byId } = useAgents();
  const value = valueAt(props.at) ?? props.shape.initial;
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const change = (next: readonly string[], name: string) => changeAt(props.at, { value: [...next], name });
  const [isOpen, setOpen] = useState(false);
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
      <Button icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add an agent
      </Button>
      {isOpen && (
        <AgentPicker
          title="Add an agent"
          except={chosen}
          onPick={({ agent, title }) => change([...chosen, agent], `Add ${title}`)}
          onClose={() => setOpen(false)}
        />
      )}
    </SettingGroup>
  );
}
