/** Who a piece of work is for, and which agent it calls; null for work that calls none. */
export type For = { owner: string; agent: string | null };
/** How much runs at once: of all, of one owner's, and of the calls of one agent. */
export type AtOnce = { room: number; eachOwner: number; eachAgent: number };

export type Gate = <T>(of: For, work: () => Promise<T>) => Promise<T>;

type Waiting = Map<string | null, (() => void)[]>;

/**
 * Lets so many pieces of work run at once. Whoever waits is let in by turns: the owners one after the other, and of an
 * owner the agents one after the other, so that neither a crowd nor a slow agent stands in the way of anybody else.
 */
export function fairGate({ room, eachOwner, eachAgent }: AtOnce): Gate {
  const waiting = new Map<string, Waiting>();
  const ofOwner = counter();
  const ofAgent = counter();
  let inside = 0;

  const fits = ({ owner, agent }: For) =>
    inside < room && ofOwner.at(owner) < eachOwner && (agent === null || ofAgent.at(agent) < eachAgent);

  function count({ owner, agent }: For, by: 1 | -1): void {
    inside += by;
    ofOwner.add(owner, by);
    if (agent !== null) ofAgent.add(agent, by);
  }

  /** Lets in whoever fits. Owners and agents that had their turn go to the end of the line. */
  function letIn(): void {
    for (let entered = true; entered && inside < room; ) {
      entered = false;
      for (const [owner, agents] of [...waiting]) if (enterOne(owner, agents)) entered = true;
    }
  }

  function enterOne(owner: string, agents: Waiting): boolean {
    for (const [agent, line] of agents) {
      if (!fits({ owner, agent })) continue;
      const enter = line.shift();
      toTheEnd(agents, agent, line.length > 0);
      toTheEnd(waiting, owner, agents.size > 0);
      count({ owner, agent }, 1);
      enter?.();
      return true;
    }
    return false;
  }

  function queue({ owner, agent }: For): Promise<void> {
    const agents: Waiting = waiting.get(owner) ?? new Map();
    const line = agents.get(agent) ?? [];
    waiting.set(owner, agents.set(agent, line));
    return new Promise((enter) => line.push(enter));
  }

  return async (of, work) => {
    // Whoever fits has nobody before them: what waits is let in as soon as it fits.
    if (fits(of)) count(of, 1);
    else await queue(of);
    try {
      return await work();
    } finally {
      count(of, -1);
      letIn();
    }
  };
}

/** A map keeps the order in which keys came. */
function toTheEnd<Key, Value>(map: Map<Key, Value>, key: Key, stays: boolean): void {
  const value = map.get(key);
  map.delete(key);
  if (stays && value !== undefined) map.set(key, value);
}

function counter() {
  const counts = new Map<string, number>();
  return {
    at: (key: string) => counts.get(key) ?? 0,
    add(key: string, by: number) {
      const count = (counts.get(key) ?? 0) + by;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    },
  };
}
