import type { AgentId } from "../basics/ids";

/** As in `flows/basics/ids.ts`, without the library that checks it there: browsers look through drawings with this. */
const AGENT = /^[a-z0-9-]+\/[a-z0-9-]+@\d+\.\d+\.\d+$/;
const LONGEST = 120;

/** Of a document so many are looked for; more would be refused for other reasons. */
const MOST = 5_000;

/**
 * Every agent that a drawing, its settings or a plan names, wherever it does: kinds of nodes that are not thought of yet
 * name theirs as these do. A text that only looks like one costs a look-up and nothing else.
 */
export function namedAgents(within: unknown): AgentId[] {
  const found = new Set<AgentId>();
  const left: unknown[] = [within];
  while (left.length > 0 && found.size < MOST) {
    const value = left.pop();
    if (typeof value === "string" && isAgentId(value)) found.add(value);
    else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) left.push(inner);
  }
  return [...found].sort();
}

export function isAgentId(text: string): text is AgentId {
  return text.length <= LONGEST && AGENT.test(text);
}
