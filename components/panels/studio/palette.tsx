"use client";

import { Bot, Search } from "lucide-react";
import { type DragEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { KindIcon } from "@/components/nodes/kind-icon";
import { kindLooks } from "@/components/nodes/kind-looks";
import "@/components/nodes/new-node"; // so that what is picked here can be placed without the network
import type { Listing } from "@/components/api/answers";
import type { Picked } from "@/components/nodes/new-node";
import { PriceTag } from "@/components/nodes/price-tag";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import type { AgentId } from "@/flows/basics/ids";
import type { KindName } from "@/flows/nodes/catalog";
import type { Manifest } from "@/flows/plan/manifest";
import { newestOnly } from "./agent-versions";
import { PALETTE_SEARCH, PICK_TYPE } from "./picking";
import { SidePanel } from "./side-panel";
import { useAgents, useLearnAgent } from "./use-agents";
import { useFoundAgents } from "./use-found-agents";

/** What is pressed: something that is known here, or something that the registry found. */
type Choice = Picked | { kind: "listing"; agent: AgentId; title: string };

type Block = Exclude<KindName, "agent">;

/** Everything but agents, in the order in which people look for it. */
const GROUPS: readonly { title: string; kinds: Partial<Record<Block, string>> }[] = [
  {
    title: "Data",
    kinds: {
      input: "What a run is given: a form.",
      output: "Names a result of the run.",
      transform: "Makes values by expressions.",
      subflow: "A pinned flow as one node.",
    },
  },
  {
    title: "Decide",
    kinds: {
      branch: "One of two sides, by a condition.",
      switch: "One of several sides, by conditions.",
      guard: "Stops or shows what breaks a rule.",
    },
  },
  {
    title: "Repeat and join",
    kinds: {
      map: "Its body once for each item, bounded.",
      loop: "Its body while a condition holds, bounded.",
      try: "Its body again after an error, bounded.",
      parallel: "One value on several ways.",
      join: "Waits for all, any, or the first few.",
      wait: "Waits for a time.",
    },
  },
  {
    title: "People and money",
    kinds: {
      approval: "Waits until a person agrees.",
      pay: "Pays one account, up to a cap.",
      model: "Asks a language model.",
    },
  },
  {
    title: "Start",
    kinds: {
      manual: "A person starts the flow.",
      schedule: "Starts at set times.",
      webhook: "Starts when it is called.",
      event: "Starts when something happens.",
    },
  },
  { title: "Drawing", kinds: { note: "Words on the canvas.", group: "A frame around nodes." } },
];

type PaletteProps = {
  onPick(pick: Picked): void;
  /** Picked by Enter in the search, so that the keyboard is to go on from it. */
  onEnter(pick: Picked): void;
  /** Escape in the search. */
  onLeave(): void;
};

/** Everything that can be put on the canvas: drag it there, or press it. */
export function Palette({ onPick, onEnter, onLeave }: PaletteProps) {
  const [wanted, setWanted] = useState("");
  const { agents, error, refetch } = useAgents();
  const registry = useFoundAgents(wanted);
  const learn = useLearnAgent();
  const fits = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(wanted.trim().toLowerCase()));
  const groups = GROUPS.map(({ title, kinds }) => ({
    title,
    kinds: (Object.entries(kinds) as [Block, string][]).filter(([kind, about]) => fits(kindLooks[kind].name, about)),
  })).filter(({ kinds }) => kinds.length > 0);
  const found =
    agents &&
    newestOnly(agents).filter(({ agent, title, description, capabilities }) =>
      fits(agent, title, description, ...capabilities),
    );
  const shown = new Set<string>(found?.map(({ agent }) => agent));
  const outside = registry.found.filter(({ agent }) => !shown.has(agent));
  const first = wanted.trim() === "" ? null : firstOf(wanted, groups, [...(found ?? []), ...outside]);

  /** What the registry found has to be known whole before it can be drawn. */
  async function pick(chosen: Choice, picked: (pick: Picked) => void): Promise<void> {
    if (chosen.kind !== "listing") return picked(chosen);
    try {
      const agent = await learn(chosen.agent);
      if (agent) return picked({ kind: "agent", agent });
      toast({ status: "failed", title: `${chosen.title} cannot be called any more.` });
    } catch {
      toast({ status: "failed", title: `${chosen.title} was not added: the registry does not answer.` });
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") onLeave();
    else if (event.key === "Enter" && first) void pick(first.pick, onEnter);
    else return;
    event.preventDefault();
    setWanted("");
  }

  const onRow = (chosen: Choice) => void pick(chosen, onPick);

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
          onKeyDown={onKeyDown}
        />
        <p role="status" className="px-1 pt-1 text-12 text-muted empty:hidden">
          {first && (
            <>
              <Kbd>Enter</Kbd> adds {first.name}.
            </>
          )}
        </p>
      </div>
      {groups.map(({ title, kinds }) => (
        <Section key={title} title={title}>
          {kinds.map(([kind, about]) => {
            const { name } = kindLooks[kind];
            const icon = <KindIcon kind={kind} />;
            return <Row key={kind} name={name} about={about} icon={icon} pick={{ kind }} onPick={onRow} />;
          })}
        </Section>
      ))}
      <Section title="Agents">
        {found?.map((agent) => (
          <Row
            key={agent.agent}
            name={agent.title}
            about={agent.description}
            icon={<Bot aria-hidden />}
            price={<PriceTag price={agent.price} className="text-12" />}
            pick={{ kind: "agent", agent }}
            onPick={onRow}
          />
        ))}
        {outside.map((listing) => (
          <Row
            key={listing.agent}
            name={listing.title}
            about={`${listing.description} By ${listing.agent.split("/")[0]}, from outside.`}
            icon={<Bot aria-hidden />}
            price={<PriceTag price={listing.price} className="text-12" />}
            pick={{ kind: "listing", agent: listing.agent, title: listing.title }}
            onPick={onRow}
          />
        ))}
        {registry.asking && outside.length === 0 && (
          <li className="px-2 py-1 text-12 text-muted">
            <span role="status">Searching the registry</span>
          </li>
        )}
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
      {wanted !== "" && groups.length === 0 && found?.length === 0 && outside.length === 0 && !registry.asking && (
        <p className="px-4 py-2 text-muted">Nothing here is called “{wanted}”.</p>
      )}
      <p className="px-4 py-3 text-12 text-faint">
        Drag onto the canvas, or press to add. <Kbd>/</Kbd> searches, in the registry, too.
      </p>
    </SidePanel>
  );
}

type Group = { kinds: readonly (readonly [Block, string])[] };

/** What Enter adds: what is called so, before what begins so, before what is only about it. */
function firstOf(wanted: string, groups: readonly Group[], agents: readonly (Manifest | Listing)[]) {
  const kinds = groups.flatMap(({ kinds: own }) =>
    own.map(([kind]) => ({ name: kindLooks[kind].name, pick: { kind } })),
  );
  const all: { name: string; pick: Choice }[] = [
    ...kinds,
    ...agents.map((agent) => ({ name: agent.title, pick: choiceOf(agent) })),
  ];
  const words = wanted.trim().toLowerCase();
  const [first] = all
    .map((each) => ({ ...each, rank: rankOf(each.name.toLowerCase(), words) }))
    .toSorted((a, b) => a.rank - b.rank);
  return first ?? null;
}

function choiceOf(agent: Manifest | Listing): Choice {
  if ("digest" in agent) return { kind: "agent", agent };
  return { kind: "listing", agent: agent.agent, title: agent.title };
}

function rankOf(name: string, words: string): number {
  if (name === words) return 0;
  if (name.startsWith(words)) return 1;
  return name.includes(words) ? 2 : 3;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="px-2 pt-3">
      <h3 className="px-2 pb-1 text-12 text-faint">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function wordOf(pick: Choice): string {
  if (pick.kind === "listing") return pick.agent;
  return pick.kind === "agent" ? pick.agent.agent : pick.kind;
}

type RowProps = {
  name: string;
  about: string;
  icon: ReactNode;
  price?: ReactNode;
  pick: Choice;
  onPick(pick: Choice): void;
};

function Row({ name, about, icon, price, pick, onPick }: RowProps) {
  function onDragStart({ dataTransfer }: DragEvent) {
    dataTransfer.setData(PICK_TYPE, wordOf(pick));
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
            <span className="font-strong">{name}</span>
            {price}
          </span>
          <span className="line-clamp-2 text-12 text-muted">{about}</span>
        </span>
      </button>
    </li>
  );
}
