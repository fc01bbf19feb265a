"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { PreparedTry } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { SchemaField } from "@/components/panels/studio/schema-field";
import { startValues } from "@/components/panels/studio/start-values";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { FlowId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Manifest } from "@/flows/plan/manifest";
import { Tries } from "./tries";
import { TryDialog } from "./try-dialog";

type TryProps = { manifest: Manifest; callable: boolean };

/** A real call of one agent, as a run of its own: shown what it can cost, agreed to, judged and paid like every other. */
export function TryAgent({ manifest, callable }: TryProps) {
  const trpc = useTRPC();
  const [input, setInput] = useState<Record<string, Json>>(() => startValues(manifest.input));
  const [asked, setAsked] = useState<PreparedTry | null>(null);
  const prepare = useMutation(trpc.registry.prepareTry.mutationOptions({ onSuccess: setAsked }));
  const { data: known } = useQuery(
    trpc.registry.tryFlow.queryOptions({ agent: manifest.agent, digest: manifest.digest }),
  );
  const missing = (manifest.input.required ?? []).filter((name) => input[name] === undefined);

  function change(name: string, value: Json | undefined) {
    setInput((was) => {
      const others = Object.fromEntries(Object.entries(was).filter(([other]) => other !== name));
      return value === undefined ? others : { ...others, [name]: value };
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (callable && missing.length === 0) prepare.mutate({ agent: manifest.agent });
  }

  return (
    <div className="flex min-w-0 flex-col gap-6">
      <Panel title="Try it">
        <form onSubmit={submit} className="flex flex-col gap-4">
          <p className="text-muted">
            A try is a real call: the agent is paid when it delivers. You are shown the most that it can cost first.
          </p>
          {Object.entries(manifest.input.properties).map(([name, property]) => (
            <SchemaField
              key={name}
              name={name}
              property={property}
              required={manifest.input.required?.includes(name) ?? false}
              value={input[name]}
              onChange={(value) => change(name, value)}
            />
          ))}
          <div>
            <Button
              type="submit"
              tone="primary"
              icon={<Play aria-hidden />}
              busy={prepare.isPending}
              disabled={!callable || missing.length > 0}
            >
              Show what it costs
            </Button>
          </div>
          <ApiFault fault={prepare.error} />
        </form>
      </Panel>
      {known && <Tries flow={known.flow as FlowId} />}
      {asked && (
        <TryDialog
          title={manifest.title}
          outside={manifest.publisher === "outside"}
          prepared={asked}
          input={filled(manifest, input)}
          sends={manifest.sends}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

/** A switch that nobody touched means no. */
function filled({ input: { properties } }: Manifest, input: Record<string, Json>): Record<string, Json> {
  const switches = Object.entries(properties).filter(([, { type }]) => type === "boolean");
  return { ...Object.fromEntries(switches.map(([name]) => [name, false])), ...input };
}
