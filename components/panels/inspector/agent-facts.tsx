"use client";

import type { CallTime } from "@/components/api/answers";
import { formatDuration } from "@/components/ui/duration";
import type { Manifest } from "@/flows/plan/manifest";

/** What leaves the studio with a call, in the words of the agent's publisher. */
export function sendsWords({ sends }: Pick<Manifest, "sends">): string {
  return sends.length === 0 ? "Nothing leaves the studio, says its publisher." : `Leaves: ${sends.join("; ")}.`;
}

/** How long its latest calls took here; nobody guesses. */
export function timeWords(time: CallTime | undefined): string {
  if (!time) return "not called yet";
  return `${formatDuration(time.ms)} typical of ${time.calls} ${time.calls === 1 ? "call" : "calls"}`;
}

/** Who publishes it, and whether that is somebody else than the studio. */
export function publisherWords({ agent, publisher }: Pick<Manifest, "agent" | "publisher">): string {
  const [name] = agent.split("/");
  return publisher === "house" ? `by ${name}, the studio itself` : `by ${name}, from outside`;
}

export const versionOf = (agent: string) => agent.replace(/^.*@/, "");
