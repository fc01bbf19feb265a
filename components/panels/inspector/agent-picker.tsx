"use client";

import { Bot } from "lucide-react";
import { useState } from "react";
import { PriceTag } from "@/components/nodes/price-tag";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SearchList } from "@/components/ui/search-list";
import { toast } from "@/components/ui/toast";
import type { Manifest } from "@/flows/plan/manifest";
import { newestOnly } from "../studio/agent-versions";
import { useAgents, useLearnAgent } from "../studio/use-agents";
import { useFoundAgents } from "../studio/use-found-agents";
import { publisherWords, sendsWords, timeWords, versionOf } from "./agent-facts";
import { useCallTimes } from "./use-call-times";

type PickerProps = { title: string; except?: readonly string[]; onPick(agent: Manifest): void; onClose(): void };

/** The studio's own agents and those of the drawing, and what the registry has for the words that are typed. */
export function AgentPicker({ title, except = [], onPick, onClose }: PickerProps) {
  const { agents, byId, error, refetch } = useAgents();
  const times = useCallTimes();
  const left = newestOnly(agents ?? []).filter(({ agent }) => !except.includes(agent));

  const [wanted, setWanted] = useState("");
  const learn = useLearnAgent();
  const registry = useFoundAgents(wanted);
  const outside = registry.found.filter(({ agent }) => !byId.has(agent) && !except.includes(agent));

  async function pick(id: string) {
    const found = outside.find(({ agent }) => agent === id);
    const agent = byId.get(id) ?? (found ? await learn(found.agent).catch(() => null) : null);
    onClose();
    if (agent) onPick(agent);
    else toast({ status: "failed", title: `${id} was not chosen: the registry does not have it now.` });
  }

  const nothing = agents && !registry.asking ? "No agent is called that." : "Searching the registry.";
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
          items={[
            ...left.map((agent) => ({
              id: agent.agent,
              label: agent.title,
              about: versionOf(agent.agent),
              words: `${agent.agent} ${agent.description} ${agent.capabilities.join(" ")}`,
              icon: <Bot aria-hidden />,
              aside: <PriceTag price={agent.price} />,
              detail: <Detail agent={agent} time={times ? timeWords(times.get(agent.agent)) : null} />,
            })),
            ...outside.map(({ agent, title, description, categories, price }) => ({
              id: agent,
              label: title,
              about: versionOf(agent),
              words: `${agent} ${description} ${categories.join(" ")}`,
              icon: <Bot aria-hidden />,
              aside: <PriceTag price={price} />,
              detail: (
                <span className="flex flex-col gap-1 text-12 text-muted">
                  <span>{description}</span>
                  <span>by {agent.split("/")[0]}, from outside</span>
                </span>
              ),
            })),
          ]}
          onPick={(id) => void pick(id)}
          onWanted={setWanted}
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
