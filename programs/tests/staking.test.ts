import { expect, test } from "vitest";
import { registryEventsOf } from "@/programs/clients/registry-events";
import { executeSlash, proposeSlash, stake, unstake, withdraw } from "@/programs/clients/registry-instructions";
import { REGISTRY, START } from "./chain.contract";
import { CONTEST, COOL_DOWN, EXECUTE, type Registered, registered, STAKE } from "./registered.contract";

const unstakes = ({ chain, asOwner, keys }: Registered, amount: bigint) =>
  chain.send([unstake({ ...asOwner, amount })], [keys.owner]);
const withdraws = ({ chain, paying, keys }: Registered) => chain.send([withdraw(paying)], [keys.owner]);

test("[Y5] stake lies in the agent's vault, and comes back after the cool-down and not before", async () => {
  const run = await registered();
  const { chain, terms, source } = run;
  expect(chain.tokensIn(terms.vault)).toBe(STAKE);
  expect(await withdraws(run)).toMatchObject({ refusal: "nothing_leaving" });
  const asked = await unstakes(run, 400_000n);
  const leavesAt = START + BigInt(COOL_DOWN);
  expect(registryEventsOf(asked.log, REGISTRY)).toEqual([
    { kind: "unstaked", agent: terms.agent, amount: 400_000n, leavesAt },
  ]);
  chain.at(COOL_DOWN - 1);
  expect(await withdraws(run)).toMatchObject({ refusal: "cool_down_running" });
  chain.at(COOL_DOWN);
  const before = chain.tokensIn(source);
  expect(await withdraws(run)).toMatchObject({ ok: true });
  expect(chain.tokensIn(source)).toBe(before + 400_000n);
  expect(run.state()).toMatchObject({ staked: STAKE - 400_000n, leaving: 0n });
  expect(await withdraws(run)).toMatchObject({ refusal: "nothing_leaving" });
});

test("[Y5] nothing and more than is staked are refused, and no sum wraps around", async () => {
  const run = await registered();
  const { chain, asOwner, keys, source } = run;
  expect(await unstakes(run, 0n)).toMatchObject({ refusal: "amount_zero" });
  expect(await unstakes(run, STAKE + 1n)).toMatchObject({ refusal: "more_than_staked" });
  expect(await unstakes(run, STAKE)).toMatchObject({ ok: true });
  expect(await unstakes(run, 1n)).toMatchObject({ refusal: "more_than_staked" });
  expect(await unstakes(run, 2n ** 64n - 1n)).toMatchObject({ refusal: "amount_overflow" });
  const staking = (amount: bigint) => chain.send([stake({ ...asOwner, source, amount })], [keys.owner]);
  expect(await staking(0n)).toMatchObject({ refusal: "amount_zero" });
  expect(await staking(2n ** 64n - 1n)).toMatchObject({ refusal: "amount_overflow" });
});

test("[Y5] who asks for more begins the cool-down anew for all that has not left", async () => {
  const run = await registered();
  await unstakes(run, 100n);
  run.chain.at(COOL_DOWN - 5);
  await unstakes(run, 50n);
  run.chain.at(COOL_DOWN);
  expect(await withdraws(run)).toMatchObject({ refusal: "cool_down_running" });
  run.chain.at(2 * COOL_DOWN);
  expect(await withdraws(run)).toMatchObject({ ok: true });
  expect(run.state()).toMatchObject({ staked: STAKE - 150n });
});

test("[Y6] stake that cools down can still be slashed, and what a slash is about does not leave", async () => {
  const run = await registered();
  const { chain, arbiter, terms } = run;
  await unstakes(run, STAKE);
  chain.at(COOL_DOWN - 1);
  expect(await chain.send([proposeSlash(run.proposing(300_000n))], [arbiter])).toMatchObject({ ok: true });
  chain.at(COOL_DOWN);
  expect(await withdraws(run)).toMatchObject({ ok: true });
  expect(run.state()).toMatchObject({ staked: 300_000n, leaving: 300_000n });
  expect(await withdraws(run)).toMatchObject({ refusal: "stake_locked" });
  chain.at(COOL_DOWN + CONTEST);
  expect(await chain.send([executeSlash(terms)])).toMatchObject({ ok: true });
  expect(chain.tokensIn(terms.forfeit)).toBe(300_000n);
  expect(run.state()).toMatchObject({ staked: 0n, leaving: 0n, slashedTotal: 300_000n });
});

test("[Y6] what has cooled down is out of reach of a new slash: an arbiter cannot keep stake by proposing again and again", async () => {
  const run = await registered();
  const { chain, arbiter } = run;
  await unstakes(run, STAKE);
  chain.at(COOL_DOWN - 1);
  await chain.send([proposeSlash(run.proposing(STAKE))], [arbiter]);
  chain.at(COOL_DOWN - 1 + CONTEST + EXECUTE);
  expect(await withdraws(run)).toMatchObject({ refusal: "stake_locked" });
  chain.at(COOL_DOWN + CONTEST + EXECUTE);
  expect(await chain.send([proposeSlash(run.proposing(1n))], [arbiter])).toMatchObject({ refusal: "more_than_staked" });
  expect(await withdraws(run)).toMatchObject({ ok: true });
  expect(run.state()).toMatchObject({ staked: 0n });
});
