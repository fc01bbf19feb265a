import type { AgentId, Digest } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import type { Services } from "../services";
import { nameOf } from "./publish-agent";

type Needs = Pick<Services, "registry" | "runs">;

const DEEPEST = 4;

/**
 * The agent by which a plan would call the one that is to be published, in any version, through however many flows. What
 * is nested deeper than runs would go counts as a circle, too. Each flow of a level is looked at once, however many call it.
 */
export async function callsItself(
  services: Needs,
  { agent, plan }: { agent: AgentId; plan: Plan },
): Promise<AgentId | null> {
  let level = [plan];
  for (let depth = 0; level.length > 0; depth++) {
    const itself = level
      .flatMap(({ authority }) => authority.agents)
      .find((called) => nameOf(called) === nameOf(agent));
    if (itself) return itself;
    const below = new Map((await Promise.all(level.map((each) => flowsIn(services, each)))).flat());
    const [tooDeep] = below.values();
    if (depth >= DEEPEST && tooDeep) return tooDeep;
    level = [];
    for (const [hash, called] of below) {
      const inner = await services.runs.plan(hash);
      if (!inner) return called;
      level.push(inner);
    }
  }
  return null;
}

/** The plans of the published flows that a plan calls, with an agent that each is. */
async function flowsIn({ registry }: Needs, plan: Plan): Promise<[Digest, AgentId][]> {
  const manifests = await registry.active(plan);
  return plan.authority.agents.flatMap((called): [Digest, AgentId][] => {
    const protocol = manifests.get(called)?.protocol;
    return protocol?.kind === "flow" ? [[protocol.plan, called]] : [];
  });
}
