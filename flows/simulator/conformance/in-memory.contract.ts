import { AccountId, type AgentId } from "../../basics/ids";
import { money } from "../../basics/money";
import type { Behaviour } from "../agents";
import { drive } from "../driver";
import { memoryJournal } from "../journal";
import { simulateWorld } from "../world";
import { type Came, type Case, fatedAgent, inWords, verdictOf } from "./around.contract";

const ada = AccountId.parse("ada");
const PURSE = 100_000n;

/** One case on the driver in memory, with everything around it simulated. */
export async function inMemory({ plan, around }: Case): Promise<Came> {
  const { answer, policy } = around;
  const agent = fatedAgent(around);
  const agents = new Map<AgentId, Behaviour>(plan.authority.agents.map((id) => [id, agent.answer]));
  const person = () => (answer === "silent" ? null : { by: ada, answer, atMs: 10 });
  const judge = policy ? { policy: () => verdictOf(policy) } : {};
  const world = simulateWorld(plan, { payer: ada, purse: money("microcredits", PURSE), agents, person, ...judge });
  const terms = await world.terms({ items: ["a", "b", "c"], n: 7, text: "in" });
  const { state, receipts } = await drive(plan, terms, { ports: world.ports, journal: memoryJournal([]) });
  const ending = state?.ending;
  return {
    ending: ending?.result === "failed" ? ending.code : (ending?.result ?? "nothing"),
    spent: PURSE - world.ports.credits.balance(ada, "microcredits"),
    calls: agent.calls(),
    receipts: receipts.map(inWords).sort(),
  };
}
