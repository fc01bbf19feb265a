import { expect, test } from "vitest";
import { configAddress } from "@/programs/clients/escrow-addresses";
import { readRegistryConfig } from "@/programs/clients/registry-accounts";
import { registryEventsOf } from "@/programs/clients/registry-events";
import {
  configureRegistry,
  contestSlash,
  decideSlash,
  executeSlash,
  proposeSlash,
  register,
  takeBackSlash,
} from "@/programs/clients/registry-instructions";
import { REGISTRY, START } from "./chain.contract";
import {
  CONTEST,
  configuredRegistry,
  DECIDE,
  declared,
  EXECUTE,
  giveAway,
  type Registered,
  registered,
  STAKE,
} from "./registered.contract";

const proposes = (run: Registered, amount: bigint) =>
  run.chain.send([proposeSlash(run.proposing(amount))], [run.arbiter]);
const contests = (run: Registered) => run.chain.send([contestSlash(run.contesting)], [run.keys.owner]);
const decides = (run: Registered, amount: bigint, members = 2) =>
  run.chain.send([decideSlash(run.deciding(amount, members))], run.members.slice(0, members));

test("[Y7] a slash has a cause, waits until the owner could contest it, and goes to the account that was fixed", async () => {
  const run = await registered();
  const { chain, terms } = run;
  const proposed = await proposes(run, 250_000n);
  const until = START + BigInt(CONTEST);
  const cause = run.proposing(1n).cause;
  expect(registryEventsOf(proposed.log, REGISTRY)).toEqual([
    { kind: "slash_proposed", agent: terms.agent, amount: 250_000n, until, cause },
  ]);
  expect(run.state()).toMatchObject({ slash: "proposed", slashAmount: 250_000n, slashUntil: until, cause });
  chain.at(CONTEST);
  expect(await run.executing()).toMatchObject({ refusal: "window_running" });
  chain.at(CONTEST + 1);
  const outcome = await run.executing();
  expect(registryEventsOf(outcome.log, REGISTRY)).toEqual([
    { kind: "slashed", agent: terms.agent, amount: 250_000n, staked: STAKE - 250_000n, cause },
  ]);
  expect(chain.tokensIn(terms.forfeit)).toBe(250_000n);
  expect(chain.tokensIn(terms.vault)).toBe(STAKE - 250_000n);
  expect(run.state()).toMatchObject({ slash: "none", slashedTotal: 250_000n });
  expect(await run.executing()).toMatchObject({ refusal: "slash_none" });
});

test("[Y7] without a cause, of nothing, of more than is staked, or beside an open one, a slash is refused", async () => {
  const run = await registered();
  const { chain, arbiter } = run;
  const causeless = { ...run.proposing(1n), cause: new Uint8Array(32) };
  expect(await chain.send([proposeSlash(causeless)], [arbiter])).toMatchObject({ refusal: "cause_missing" });
  expect(await proposes(run, 0n)).toMatchObject({ refusal: "amount_zero" });
  expect(await proposes(run, STAKE + 1n)).toMatchObject({ refusal: "more_than_staked" });
  expect(await run.executing()).toMatchObject({ refusal: "slash_none" });
  expect(await proposes(run, STAKE)).toMatchObject({ ok: true });
  expect(await proposes(run, 1n)).toMatchObject({ refusal: "slash_open" });
});

test("[Y7] a slash that nobody carries out in time is over, and the stake free", async () => {
  const run = await registered();
  await proposes(run, STAKE);
  run.chain.at(CONTEST + EXECUTE + 1);
  expect(await run.executing()).toMatchObject({ refusal: "slash_none" });
  expect(await proposes(run, 1n)).toMatchObject({ ok: true });
});

test("[Y7] the arbiter takes a slash back, and cannot do so twice", async () => {
  const run = await registered();
  const { chain, arbiter, terms } = run;
  await proposes(run, STAKE);
  const outcome = await chain.send([takeBackSlash(run.asArbiter)], [arbiter]);
  expect(registryEventsOf(outcome.log, REGISTRY)).toEqual([{ kind: "slash_taken_back", agent: terms.agent }]);
  expect(await chain.send([takeBackSlash(run.asArbiter)], [arbiter])).toMatchObject({ refusal: "slash_none" });
});

test("[Y8] what the owner contests happens only when the members uphold it, and never to more than was proposed", async () => {
  const run = await registered();
  const { chain, terms } = run;
  expect(await contests(run)).toMatchObject({ refusal: "slash_none" });
  expect(await decides(run, 1n)).toMatchObject({ refusal: "nothing_contested" });
  await proposes(run, 250_000n);
  chain.at(CONTEST);
  const contested = await contests(run);
  const until = START + BigInt(CONTEST + DECIDE);
  expect(registryEventsOf(contested.log, REGISTRY)).toEqual([
    { kind: "slash_contested", agent: terms.agent, until, answer: run.contesting.answer },
  ]);
  chain.at(CONTEST + 2);
  expect(await contests(run)).toMatchObject({ refusal: "contest_too_late" });
  expect(await run.executing()).toMatchObject({ refusal: "slash_undecided" });
  expect(await decides(run, 250_001n)).toMatchObject({ refusal: "more_than_proposed" });
  expect(await decides(run, 1n, 1)).toMatchObject({ refusal: "members_too_few" });
  const decided = await decides(run, 100_000n);
  expect(registryEventsOf(decided.log, REGISTRY)).toEqual([
    { kind: "slash_decided", agent: terms.agent, amount: 100_000n },
  ]);
  expect(run.state()).toMatchObject({ slash: "upheld", slashAmount: 100_000n });
  expect(await run.executing()).toMatchObject({ ok: true });
  expect(chain.tokensIn(terms.forfeit)).toBe(100_000n);
});

test("[Y8] silence is the owner's: what the members do not uphold within thirty days is over", async () => {
  const run = await registered();
  await proposes(run, STAKE);
  await contests(run);
  run.chain.at(DECIDE + 1);
  expect(await decides(run, STAKE)).toMatchObject({ refusal: "nothing_contested" });
  expect(await run.executing()).toMatchObject({ refusal: "slash_none" });
});

test("[Y8] the members may find nothing in it, and an upheld slash that nobody carries out is over, too", async () => {
  const run = await registered();
  await proposes(run, STAKE);
  await contests(run);
  expect(await decides(run, 0n)).toMatchObject({ ok: true });
  expect(run.state()).toMatchObject({ slash: "none", slashAmount: 0n, staked: STAKE });
  await proposes(run, STAKE);
  await contests(run);
  await decides(run, STAKE);
  run.chain.at(EXECUTE + 1);
  expect(await run.executing()).toMatchObject({ refusal: "slash_none" });
});

test("[Y8] after the window it is too late to contest", async () => {
  const run = await registered();
  await proposes(run, STAKE);
  run.chain.at(CONTEST + 1);
  expect(await contests(run)).toMatchObject({ refusal: "contest_too_late" });
});

test("[Y9] slashed stake goes to no party: not to the arbiter's account, nor to the owner's, also when it changed hands", async () => {
  const run = await registered();
  const { chain, terms, keys, arbiter } = run;
  await proposes(run, STAKE);
  chain.at(CONTEST + 1);
  for (const party of [arbiter.address, keys.owner.address]) {
    giveAway(run, party);
    expect(await run.executing()).toMatchObject({ refusal: "forfeit_of_party" });
  }
  chain.put(terms.forfeit, new Uint8Array(0), keys.stranger.address);
  expect(await run.executing()).toMatchObject({ refusal: "forfeit_account_wrong" });
  const instead = executeSlash({ ...terms, forfeit: run.strangersTokens });
  expect(await chain.send([instead])).toMatchObject({ refusal: "forfeit_account_wrong" });
  giveAway(run, run.house.address);
  expect(await run.executing()).toMatchObject({ ok: true });
  expect(chain.tokensIn(terms.forfeit)).toBe(STAKE);
});

test("[Y9] an agent is not registered where slashed stake would go to its publisher or its arbiter", async () => {
  const draft = await declared();
  const { chain, terms, keys, arbiter } = draft;
  for (const party of [arbiter.address, keys.owner.address]) {
    giveAway(draft as Registered, party);
    expect(await chain.send([register(terms)], [keys.owner], keys.rentPayer)).toMatchObject({
      refusal: "forfeit_of_party",
    });
  }
});

test("[Y10] the members change the rules for agents to come, and those that are registered keep theirs", async () => {
  const run = await registered();
  const { chain, configuring, members, keys, terms, arbiter } = run;
  const [anna, ben] = members;
  const change = {
    ...configuring,
    arbiter: keys.stranger.address,
    mints: [{ mint: terms.mint, forfeit: run.strangersTokens }],
    signers: [anna.address, ben.address],
  };
  expect(await chain.send([configureRegistry(change)], [anna])).toMatchObject({ ok: false });
  expect(await chain.send([configureRegistry({ ...change, signers: [anna.address] })], [anna])).toMatchObject({
    refusal: "members_too_few",
  });
  expect(await chain.send([configureRegistry(change)], [anna, ben])).toMatchObject({ ok: true });
  expect(run.state()).toMatchObject({ arbiter: arbiter.address, forfeit: terms.forfeit });
  expect(await proposes(run, STAKE)).toMatchObject({ ok: true });
  chain.at(CONTEST + 1);
  expect(await run.executing()).toMatchObject({ ok: true });
  expect(chain.tokensIn(terms.forfeit)).toBe(STAKE);
});

test("[Y10] the arbiter is no member, and members, mints and their number make sense", async () => {
  const { chain, configuring, members } = await configuredRegistry();
  const [anna, ben] = members;
  const asks = (change: Partial<typeof configuring>) => {
    const asked = { ...configuring, signers: [anna.address, ben.address], ...change };
    return chain.send([configureRegistry(asked)], [anna, ben]);
  };
  expect(await asks({ arbiter: anna.address })).toMatchObject({ refusal: "arbiter_is_member" });
  expect(await asks({ threshold: 0 })).toMatchObject({ refusal: "members_wrong" });
  expect(await asks({ threshold: 4 })).toMatchObject({ refusal: "members_wrong" });
  expect(await asks({ members: [anna.address, anna.address] })).toMatchObject({ refusal: "members_wrong" });
  const mints = Array.from({ length: 9 }, () => configuring.mints[0] ?? { mint: anna.address, forfeit: ben.address });
  expect(await asks({ mints })).toMatchObject({ refusal: "mints_too_many" });
  expect(await configAddress(REGISTRY)).toBe(configuring.config);
  expect(readRegistryConfig(chain.data(configuring.config) ?? new Uint8Array())).toEqual({
    threshold: 2,
    arbiter: configuring.arbiter,
    members: configuring.members,
    mints: configuring.mints,
  });
});
