"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { ShownAgent } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { publisherWords, sendsWords, timeWords, versionOf } from "@/components/panels/inspector/agent-facts";
import { useCallTimes } from "@/components/panels/inspector/use-call-times";
import { Moment } from "@/components/panels/runs/moment";
import { Hash } from "@/components/ui/hash";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { Price } from "@/flows/types/price";
import { priceWords } from "@/flows/types/price-words";
import { FavouriteButton } from "./favourite-button";
import { ProbeHistory } from "./probe-history";
import { facetWord, problemWord } from "./registry-words";
import { SchemaTable } from "./schema-table";
import { TryAgent } from "./try-agent";

type Version = ShownAgent["versions"][number];

/** One agent: what it does and costs, what it takes and gives, its versions, and a try of it. All its words are text. */
export function AgentPage({ name }: { name: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.registry.agent.queryOptions({ name }));
  const wanted = useSearchParams().get("version");
  const [newest] = data.versions;
  const version =
    data.versions.find(({ manifest }) => versionOf(manifest.agent) === wanted) ??
    data.versions.find(({ state, hidden }) => state === "active" && hidden === null) ??
    newest;
  if (!version) return null;
  const { manifest, state, hidden } = version;
  return (
    <Page
      width="wide"
      above={
        <Link href="/registry" className="hover:underline">
          Registry
        </Link>
      }
      title={<span className="break-words">{manifest.title}</span>}
      text={<span className="break-words">{manifest.description}</span>}
      actions={<FavouriteButton name={name} title={manifest.title} favourite={data.favourite} />}
    >
      <Standing version={version} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <Facts version={version} />
          <SchemaTable title="What it takes" schema={manifest.input} />
          <SchemaTable title="What it gives" schema={manifest.output} />
          {manifest.publisher === "outside" && manifest.protocol?.kind !== "flow" && (
            <ProbeHistory agent={manifest.agent} />
          )}
          <Versions name={name} versions={data.versions} shown={manifest.agent} />
        </div>
        <TryAgent key={manifest.digest} manifest={manifest} callable={hidden === null && state !== "suspended"} />
      </div>
    </Page>
  );
}

/** Why it cannot be found or called as others can. */
function Standing({ version: { state, hidden } }: { version: Version }) {
  if (state === "active" && hidden === null) return null;
  const words: Record<string, string> = {
    deprecated: "Deprecated: flows that have it go on, and nobody is offered it any more.",
    suspended: "Suspended: no run calls it.",
  };
  return (
    <p role="note" className="rounded-card border border-line-strong bg-warn-soft p-4">
      {hidden === null
        ? words[state]
        : `Hidden by the studio's own probes: ${problemWord(hidden)}. No run calls it meanwhile.`}
    </p>
  );
}

function Facts({ version: { manifest, protocol } }: { version: Version }) {
  const times = useCallTimes();
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    ["Price", <span className="font-mono tabular-nums">{priceWords(Price.parse(manifest.price))}</span>],
    ["Paid when", "only for output that fits what it gives, in time"],
    ["Publisher", publisherWords(manifest)],
    ["Paid to", <span className="break-all font-mono">{manifest.payee}</span>],
    ["Protocol", facetWord("protocol", protocol)],
    ["When an answer is lost", facetWord("effect", manifest.effect)],
    ["Deadline", `${(manifest.deadlineMs / 1_000).toLocaleString("en")} s a call`],
    ["Calls here", times ? timeWords(times.get(manifest.agent)) : "not known yet"],
    ["Data", sendsWords(manifest)],
    ["Categories", manifest.capabilities.join(", ") || "none"],
    ["Id", <span className="break-all font-mono">{manifest.agent}</span>],
    ["Manifest", <Hash value={manifest.digest} of="manifest" />],
  ];
  return (
    <Panel title="What it declares">
      <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        {facts.map(([what, value]) => (
          <div key={what} className="contents">
            <dt className="text-muted">{what}</dt>
            <dd className="min-w-0 break-words max-sm:mb-2">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

type VersionsProps = { name: string; versions: readonly Version[]; shown: string };

function Versions({ name, versions, shown }: VersionsProps) {
  return (
    <Panel title="Versions" padding="flush">
      <ul>
        {versions.map(({ manifest: { agent, price }, state, hidden, at }) => (
          <li key={agent} className="flex flex-wrap items-baseline gap-x-4 border-b px-4 py-2 last:border-b-0">
            <Link
              href={`/registry/${name}?version=${versionOf(agent)}`}
              prefetch={false}
              aria-current={agent === shown ? "true" : undefined}
              className="font-mono underline aria-[current=true]:font-strong aria-[current=true]:no-underline"
            >
              {versionOf(agent)}
            </Link>
            <span className="text-muted">{hidden === null ? facetWord("state", state) : "Hidden"}</span>
            <span className="font-mono text-12 text-muted">{priceWords(Price.parse(price))}</span>
            <span className="ml-auto text-12 text-faint">
              <Moment at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
