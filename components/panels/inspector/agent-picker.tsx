"use client";

import { Bot } from "lucide-react";
import { PriceTag } from "@/components/nodes/price-tag";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SearchList } from "@/components/ui/search-list";
import type { Manifest } from "@/flows/plan/manifest";
import { newestOnly } from "../studio/agent-versions";
import { useAgents } from "../studio/use-agents";
import { publisherWords, sendsWords, timeWords, versionOf } from "./agent-facts";
import { useCallTimes } from "./use-call-times";

type PickerProps = { title: string; except?: readonly string[]; onPick(agent: Manifest): void; onClose(): void };

/** Every agent that can be called, with what has to be known before one is chosen. */
export function AgentPicker({ title, except = [], onPick, onClose }: PickerProps) {
  const { agents, byId, error, refetch } = useAgents();
  const times = useCallTimes();
  const left = newestOnly(agents ?? []).filter(({ agent }) => !except.includes(agent));

  function pick(id: string) {
    const agent = byId.get(id);
    onClose();
    if (agent) onPick(agent);
  }

  const nothing = agents ? "No agent is called that." : "Loading the registry.";
  return (
    <Dialog open title={title} onClose={onClose}>
      {error ? (
        <div className="flex flex-col items-start gap-2 text-muted">
          The registry does not answer.
          <Button onClick={() => void refetch()}>Try again</Button>
        </div>
      ) : (
        <SearchList
          label="Agents"
          placeholder="Search by name, publisher or what it does"
          items={left.map((agent) => ({
            id: agent.agent,
            label: agent.title,
            about: versionOf(agent.agent),
            words: `${agent.agent} ${agent.description} ${agent.capabilities.join(" ")}`,
            icon: <Bot aria-hidden />,
            aside: <PriceTag price={agent.price} />,
            detail: <Detail agent={agent} time={times ? timeWords(times.get(agent.agent)) : null} />,
          }))}
          onPick={pick}
          nothing={nothing}
        />
      )}
    </Dialog>
  );
}

function Detail({ agent, time }: { agent: Manifest; time: string | null }) {
  return (
    <span className="flex flex-col gap-1 text-12 text-muted">
      <span>{agent.description}</span>
      <span>
        {publisherWords(agent)}
        {time && ` · ${time}`}
      </span>
      <span>{sendsWords(agent)}</span>
    </span>
  );
}
