import { expect, test } from "vitest";
import { registryEventsOf } from "@/programs/clients/registry-events";
import {
  accept,
  closeAgent,
  closeVersion,
  offer,
  register,
  setAgentState,
  setVersionState,
  unstake,
  withdraw,
} from "@/programs/clients/registry-instructions";
import { REGISTRY, START } from "./chain.contract";
import { COOL_DOWN, type Registered, registered, STAKE } from "./registered.contract";
import { tokenAccountBytes } from "./token-bytes.contract";

type State = Parameters<Registered["moving"]>[1];
const STATES: readonly State[] = ["draft", "active", "deprecated", "suspended"];
/** Every move that there is: who may make it. */
const MOVES: Readonly<Record<string, "owner" | "arbiter" | "both">> = {
  "draft active": "owner",
  "active deprecated": "owner",
  "deprecated active": "owner",
  "draft suspended": "both",
  "active suspended": "both",
  "deprecated suspended": "both",
  "suspended draft": "arbiter",
};
/** How one gets to a state from a draft. */
const WAY: Readonly<Record<State, readonly State[]>> = {
  draft: [],
  active: ["active"],
  deprecated: ["active", "deprecated"],
  suspended: ["suspended"],
};

const EVERY_MOVE = STATES.flatMap((from) =>
  STATES.flatMap((to) => (["owner", "arbiter"] as const).map((by) => [from, to, by] as const)),
);

/** The same move, of the agent and of its version. */
const both = (run: Registered, by: Registered["terms"]["agent"], state: State) => [
  setAgentState(run.moving(by, state)),
  setVersionState({ ...run.terms, ...run.moving(by, state) }),
];

test.each(EVERY_MOVE)(
  "[Y11] from %s to %s by the %s: an agent and a version go only where that one may lead them",
  async (from, to, by) => {
    const run = await registered(0n);
    const { chain, keys, arbiter } = run;
    for (const step of WAY[from]) await chain.send(both(run, keys.owner.address, step), [keys.owner]);
    expect([run.state().state, run.version()?.state]).toEqual([from, from]);
    const mover = by === "owner" ? keys.owner : arbiter;
    const may = [by, "both"].includes(MOVES[`${from} ${to}`] ?? "");
    for (const move of both(run, mover.address, to))
      expect(await chain.send([move], [mover])).toMatchObject(may ? { ok: true } : { refusal: "state_move_refused" });
    const now = may ? to : from;
    expect([run.state().state, run.version()?.state]).toEqual([now, now]);
  },
);

test("[Y11] an indexer reads each move", async () => {
  const run = await registered(0n);
  const outcome = await run.putUp();
  expect(registryEventsOf(outcome.log, REGISTRY)).toEqual([
    { kind: "agent_moved", agent: run.terms.agent, state: "active" },
    { kind: "version_moved", agent: run.terms.agent, manifest: run.terms.manifest, state: "active" },
  ]);
});

test("[Y12] ownership moves in two steps: nobody gets an agent that they do not take, and an offer is taken back", async () => {
  const run = await registered();
  const { chain, keys, terms, asOwner } = run;
  const accepts = (who = keys.heir) => chain.send([accept({ ...terms, heir: who.address })], [who]);
  const offers = (heir: typeof terms.agent | undefined) => chain.send([offer({ ...asOwner, heir })], [keys.owner]);
  expect(await accepts()).toMatchObject({ refusal: "heir_wrong" });
  await offers(keys.heir.address);
  expect(await accepts(keys.stranger)).toMatchObject({ refusal: "heir_wrong" });
  await offers(undefined);
  expect(await accepts()).toMatchObject({ refusal: "heir_wrong" });
  const offered = await offers(keys.heir.address);
  expect(registryEventsOf(offered.log, REGISTRY)).toEqual([
    { kind: "offered", agent: terms.agent, heir: keys.heir.address },
  ]);
  expect(run.state()).toMatchObject({ owner: keys.owner.address, heir: keys.heir.address });
  const accepted = await accepts();
  expect(registryEventsOf(accepted.log, REGISTRY)).toEqual([
    { kind: "accepted", agent: terms.agent, owner: keys.heir.address },
  ]);
  expect(run.state()).toMatchObject({ owner: keys.heir.address, publisher: keys.owner.address, heir: undefined });
  expect(await accepts()).toMatchObject({ refusal: "heir_wrong" });
  expect(await offers(keys.owner.address)).toMatchObject({ refusal: "owner_wrong" });
});

test("[Y13] an agent is closed when nothing of it is left: rent goes to whoever lent it, strangers' tokens to the owner", async () => {
  const run = await registered();
  const { chain, keys, terms, asOwner, paying, source } = run;
  const closing = closeAgent(paying);
  const closesVersion = closeVersion(asOwner);
  expect(await chain.send([closing], [keys.owner])).toMatchObject({ refusal: "stake_remains" });
  await chain.send([unstake({ ...asOwner, amount: STAKE })], [keys.owner]);
  chain.at(COOL_DOWN);
  await chain.send([withdraw(paying)], [keys.owner]);
  expect(await chain.send([closing], [keys.owner])).toMatchObject({ refusal: "versions_remain" });
  const rent = [terms.agent, terms.vault, terms.version].map(chain.lamportsOf).reduce((sum, each) => sum + each, 0n);
  const before = chain.lamportsOf(keys.rentPayer.address);
  chain.put(terms.vault, tokenAccountBytes({ mint: terms.mint, owner: terms.agent, amount: 77n }));
  const [held, outcome] = [chain.tokensIn(source), await chain.send([closesVersion, closing], [keys.owner])];
  expect(registryEventsOf(outcome.log, REGISTRY)).toEqual([
    { kind: "version_closed", agent: terms.agent, manifest: terms.manifest },
    { kind: "closed", agent: terms.agent, returned: 77n },
  ]);
  expect(chain.tokensIn(source)).toBe(held + 77n);
  expect(chain.lamportsOf(keys.rentPayer.address)).toBe(before + rent);
  for (const gone of [terms.agent, terms.vault, terms.version]) expect(chain.data(gone)).toBeUndefined();
});

test("[Y13] an agent that is registered again is another one: it was registered at another time", async () => {
  const run = await registered(0n);
  const { chain, keys, terms } = run;
  await chain.send([closeVersion(run.asOwner), closeAgent(run.paying)], [keys.owner]);
  chain.at(60);
  expect(await chain.send([register(terms)], [keys.owner], keys.rentPayer)).toMatchObject({ ok: true });
  expect(run.state().registeredAt).toBe(START + 60n);
});
