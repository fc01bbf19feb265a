"use client";

import { Bot, Search } from "lucide-react";
import { type DragEvent, type ReactNode, useState } from "react";
import { kindLooks } from "@/components/nodes/kind-looks";
import type { Picked } from "@/components/nodes/new-node";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Money } from "@/components/ui/money";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { PALETTE_SEARCH, PICK_TYPE } from "./picking";
import { SidePanel } from "./side-panel";
import { useAgents } from "./use-agents";

const KINDS = ["input", "branch", "approval", "output"] as const;

/** Everything that can be put on the canvas: drag it there, or press it. */
export function Palette({ onPick }: { onPick(pick: Picked): void }) {
  const [wanted, setWanted] = useState("");
  const { agents, error, refetch } = useAgents();
  const fits = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(wanted.trim().toLowerCase()));
  const kinds = KINDS.filter((kind) => fits(kindLooks[kind].name, kindLooks[kind].about));
  const found = agents?.filter(({ agent, title, description, capabilities }) =>
    fits(agent, title, description, ...capabilities),
  );
  return (
    <SidePanel name="palette" title="Add">
      <div className="border-b p-2">
        <TextInput
          id={PALETTE_SEARCH}
          type="search"
          aria-label="Search the palette"
          placeholder="Search"
          icon={<Search aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      <Section title="Building blocks">
        {kinds.map((kind) => {
          const { name, about, Icon } = kindLooks[kind];
          return (
            <Row key={kind} name={name} about={about} icon={<Icon aria-hidden />} pick={{ kind }} onPick={onPick} />
          );
        })}
      </Section>
      <Section title="Agents">
        {found?.map((agent) => (
          <Row
            key={agent.agent}
            name={agent.title}
            about={agent.description}
            icon={<Bot aria-hidden />}
            price={<Money currency={agent.price.currency} amount={agent.price.amount} className="text-12" />}
            pick={{ kind: "agent", agent }}
            onPick={onPick}
          />
        ))}
        {!agents && !error && (
          <Loading label="Loading the registry">
            <SkeletonRows rows={3} />
          </Loading>
        )}
        {error && (
          <li className="flex flex-col items-start gap-2 px-2 py-1 text-muted">
            The registry does not answer. The canvas works on.
            <Button onClick={() => void refetch()}>Try again</Button>
          </li>
        )}
        {agents?.length === 0 && <li className="px-2 py-1 text-muted">No agent is registered yet.</li>}
      </Section>
      {wanted !== "" && kinds.length === 0 && found?.length === 0 && (
        <p className="px-4 py-2 text-muted">Nothing here is called “{wanted}”.</p>
      )}
      <p className="px-4 py-3 text-12 text-faint">
        Drag onto the canvas, or press to add. <Kbd>/</Kbd> searches.
      </p>
    </SidePanel>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="px-2 pt-3">
      <h3 className="px-2 pb-1 text-12 text-faint">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

type RowProps = {
  name: string;
  about: string;
  icon: ReactNode;
  price?: ReactNode;
  pick: Picked;
  onPick(pick: Picked): void;
};

function Row({ name, about, icon, price, pick, onPick }: RowProps) {
  function onDragStart({ dataTransfer }: DragEvent) {
    dataTransfer.setData(PICK_TYPE, pick.kind === "agent" ? pick.agent.agent : pick.kind);
    dataTransfer.effectAllowed = "copy";
  }
  return (
    <li>
      <button
        type="button"
        draggable
        aria-label={`Add ${name}`}
        onDragStart={onDragStart}
        onClick={() => onPick(pick)}
        className="quick flex min-h-control w-full cursor-grab items-start gap-2 rounded-control px-2 py-1 text-left hover:bg-hover active:cursor-grabbing"
      >
        <span className="mt-0.5 text-faint">{icon}</span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-2">
            <span className="truncate font-strong">{name}</span>
            {price}
          </span>
          <span className="line-clamp-2 text-12 text-muted">{about}</span>
        </span>
      </button>
    </li>
  );
}
