"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useFieldControl } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input-style";
import type { Manifest } from "@/flows/plan/manifest";
import { priceWords } from "@/flows/types/price-words";
import { upgradeOf } from "../studio/agent-versions";
import { useAgents } from "../studio/use-agents";
import { publisherWords, timeWords, versionOf } from "./agent-facts";
import { AgentPicker } from "./agent-picker";
import { AgentUpgrade } from "./agent-upgrade";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingField } from "./setting-field";
import { useCallTimes } from "./use-call-times";

/** Which agent does the work, and on what terms. */
export function AgentSetting(props: SettingProps) {
  const { agents = [], byId } = useAgents();
  const [isOpen, setOpen] = useState(false);
  const chosen = String(valueAt(props.at) ?? "");
  const manifest = byId.get(chosen);
  const newer = upgradeOf(agents, chosen);
  const shown = manifest ? `${manifest.title} · ${versionOf(chosen)}` : `${chosen || "None"}, not in the registry`;
  return (
    <>
      <SettingField setting={props} help={manifest?.description}>
        <ChooseButton label={`${props.shape.title}: ${shown}`} shown={shown} onClick={() => setOpen(true)} />
      </SettingField>
      {isOpen && (
        <AgentPicker
          title="Choose an agent"
          onPick={({ agent, title }) => changeAt(props.at, { value: agent, name: `Choose ${title}` })}
          onClose={() => setOpen(false)}
        />
      )}
      {newer && <AgentUpgrade at={props.at} agent={chosen} now={manifest ?? null} next={newer} />}
      {manifest && <AgentTerms manifest={manifest} />}
    </>
  );
}

type ChooseProps = { label: string; shown: string; onClick(): void };

/** Looks like what it stands in for: a list to choose from, which opens beside. */
function ChooseButton({ label, shown, onClick }: ChooseProps) {
  const { id, "aria-describedby": describedBy } = useFieldControl();
  return (
    <span className="relative flex items-center">
      <button
        type="button"
        {...(id ? { id } : {})}
        aria-describedby={describedBy}
        aria-haspopup="dialog"
        aria-label={label}
        className={`${inputStyle()} truncate pr-8 text-left`}
        onClick={onClick}
      >
        {shown}
      </button>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2 text-faint" />
    </span>
  );
}

function AgentTerms({ manifest }: { manifest: Manifest }) {
  const times = useCallTimes();
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">Price</dt>
        <dd className="text-right">{priceWords(manifest.price)}</dd>
        <dt className="text-muted">Time of a call</dt>
        <dd className="text-right">{times ? timeWords(times.get(manifest.agent)) : "…"}</dd>
        <dt className="text-muted">Publisher</dt>
        <dd className="text-right">{publisherWords(manifest).replace(/^by /, "")}</dd>
      </dl>
      <div>
        <h3 className="text-12 text-muted">What leaves the studio</h3>
        <ul className="mt-1 list-disc pl-4">
          {manifest.sends.map((sent) => (
            <li key={sent}>{sent}</li>
          ))}
          {manifest.secrets?.map(({ name, header }) => (
            <li key={name}>
              Your {name}, in the header {header}: you give it under Settings
            </li>
          ))}
          {manifest.sends.length === 0 && !manifest.secrets && <li>Nothing, says its publisher.</li>}
        </ul>
      </div>
    </>
  );
}
