import { expect, test } from "vitest";
import { configure, pause, unpause } from "@/programs/clients/config-instructions";
import { escrowAddress, vaultAddress } from "@/programs/clients/escrow-addresses";
import { eventsOf } from "@/programs/clients/escrow-events";
import { close, extend, open, release, settle } from "@/programs/clients/escrow-instructions";
import { PROGRAM } from "./chain.contract";
import { DAY, drafted, opened, type Run } from "./run.contract";

const members = ({ config, members }: Pick<Run, "config" | "members">, count: number) => ({
  ask: { program: PROGRAM, config, signers: members.slice(0, count).map(({ address }) => address) },
  keys: members.slice(0, count),
});
const pauses = (run: Run) => run.chain.send([pause(members(run, 2).ask)], members(run, 2).keys);
const goesOn = (run: Run) => run.chain.send([unpause(members(run, 2).ask)], members(run, 2).keys);
const settles = (run: Run, sequence: number) =>
  run.chain.send([settle(run.settling(sequence, [[0, 10_000n]]))], [run.keys.settler]);

test("[X10] a pause stops opening and settling, and neither releases nor more time nor refunds", async () => {
  const run = await opened();
  const { chain, keys, terms } = run;
  await settles(run, 0);
  expect(await pauses(run)).toMatchObject({ ok: true });
  expect(await pauses(run)).toMatchObject({ refusal: "paused" });
  expect(await settles(run, 1)).toMatchObject({ refusal: "paused" });
  const run16 = new Uint8Array(16);
  const escrow = await escrowAddress(PROGRAM, keys.payer.address, run16);
  const another = open({ ...terms, run: run16, escrow, vault: await vaultAddress(PROGRAM, escrow) });
  expect(await chain.send([another], [keys.payer], keys.rentPayer)).toMatchObject({ refusal: "paused" });
  expect(await chain.send([release(run.releasing([0]))])).toMatchObject({ ok: true });
  const later = extend({ ...terms, settleBy: terms.settleBy + 1n, expiry: terms.expiry });
  expect(await chain.send([later], [keys.payer])).toMatchObject({ ok: true });
  chain.at(21 * DAY);
  expect(await chain.send([close(run.closing("anyone"))])).toMatchObject({ ok: true });
});

test("[X10] the time of a pause is added to settle-by, but never beyond the expiry", async () => {
  const run = await opened();
  run.chain.at(9 * DAY);
  await pauses(run);
  run.chain.at(12 * DAY);
  const outcome = await goesOn(run);
  expect(eventsOf(outcome.log, PROGRAM)).toEqual([
    { kind: "unpaused", config: run.config, pausedTotal: BigInt(3 * DAY) },
  ]);
  run.chain.at(13 * DAY);
  expect(await settles(run, 0)).toMatchObject({ ok: true });
  run.chain.at(13 * DAY + 1);
  expect(await settles(run, 1)).toMatchObject({ refusal: "settle_by_passed" });
  await pauses(run);
  run.chain.at(40 * DAY);
  await goesOn(run);
  expect(await settles(run, 1)).toMatchObject({ refusal: "settle_by_passed" });
});

test("[X11] one member alone, somebody twice and strangers cannot pause or go on", async () => {
  const run = await opened();
  const { chain, keys, members: all, config } = run;
  const alone = members(run, 1);
  expect(await chain.send([pause(alone.ask)], alone.keys)).toMatchObject({ refusal: "members_too_few" });
  const twice = { program: PROGRAM, config, signers: [all[0].address, all[0].address] };
  expect(await chain.send([pause(twice)], [all[0]])).toMatchObject({ refusal: "members_too_few" });
  const strangers = { program: PROGRAM, config, signers: [all[0].address, keys.settler.address] };
  expect(await chain.send([pause(strangers)], [all[0], keys.settler])).toMatchObject({ refusal: "members_too_few" });
  expect(await goesOn(run)).toMatchObject({ refusal: "not_paused" });
});

test("[X11] the configuration is made by whoever may upgrade the program, and changed by its members alone", async () => {
  const { chain, configuring, members: all, keys } = await drafted();
  expect(await chain.send([configure(configuring)], [chain.upgrader])).toMatchObject({ refusal: "members_too_few" });
  const change = { ...configuring, threshold: 1, signers: [all[0].address, all[2].address] };
  expect(await chain.send([configure(change)], [all[0], all[2]])).toMatchObject({ ok: true });
  expect(await chain.send([configure({ ...change, threshold: 0 })], [all[0], all[2]])).toMatchObject({
    refusal: "members_wrong",
  });
  expect(await chain.send([configure({ ...change, threshold: 4 })], [all[0], all[2]])).toMatchObject({
    refusal: "members_wrong",
  });
  const repeated = { ...change, members: [all[0].address, all[0].address] };
  expect(await chain.send([configure(repeated)], [all[0], all[2]])).toMatchObject({ refusal: "members_wrong" });
  const mints = Array.from({ length: 9 }, () => keys.payer.address);
  expect(await chain.send([configure({ ...change, mints })], [all[0], all[2]])).toMatchObject({
    refusal: "mints_too_many",
  });
});
