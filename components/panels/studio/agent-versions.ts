import type { Manifest } from "@/flows/plan/manifest";

const nameOf = (agent: string) => agent.replace(/@.*$/, "");

const partsOf = (agent: string) => agent.replace(/^.*@/, "").split(".").map(Number);

/** Whether one version of an agent is newer than another of it. */
export function isNewer(agent: string, than: string): boolean {
  if (nameOf(agent) !== nameOf(than)) return false;
  const [mine, theirs] = [partsOf(agent), partsOf(than)];
  const place = mine.findIndex((part, at) => part !== theirs[at]);
  return place >= 0 && (mine[place] ?? 0) > (theirs[place] ?? 0);
}

/** The newest version of the agent, if it is newer than this one. */
export function upgradeOf(agents: readonly Manifest[], agent: string): Manifest | null {
  return newestOnly(agents).find((each) => isNewer(each.agent, agent)) ?? null;
}

/** Each agent once, in its newest version. */
export function newestOnly(agents: readonly Manifest[]): Manifest[] {
  return agents.filter(({ agent }) => !agents.some((other) => isNewer(other.agent, agent)));
}
