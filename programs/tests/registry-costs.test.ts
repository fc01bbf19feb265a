import { expect, test } from "vitest";
import { contestSlash, proposeSlash, stake, unstake, withdraw } from "@/programs/clients/registry-instructions";
import { CONTEST, COOL_DOWN, registered, STAKE } from "./registered.contract";

test("[Y15] registering takes at most 60,000 units, most of them for looking for addresses, moving stake 3,000, the rest 1,000", async () => {
  const run = await registered();
  const { chain, keys, arbiter, source, registering } = run;
  const owner = [keys.owner];
  const spent = async (sending: ReturnType<typeof chain.send>) => {
    const outcome = await sending;
    return outcome.ok ? outcome.computeUnits : Number.NaN;
  };
  const small = [
    await spent(chain.send([unstake({ ...run.asOwner, amount: STAKE / 2n })], owner)),
    await spent(chain.send([proposeSlash(run.proposing(1n))], [arbiter])),
    await spent(chain.send([contestSlash(run.contesting)], owner)),
  ];
  chain.at(COOL_DOWN);
  const moving = [
    await spent(chain.send([stake({ ...run.asOwner, source, amount: 1n })], owner)),
    await spent(chain.send([withdraw(run.paying)], owner)),
  ];
  const other = await registered();
  await other.chain.send([proposeSlash(other.proposing(1n))], [other.arbiter]);
  other.chain.at(CONTEST + 1);
  moving.push(await spent(other.executing()));
  expect(await spent(Promise.resolve(registering))).toBeLessThanOrEqual(60_000);
  for (const units of small) expect(units).toBeLessThanOrEqual(1_000);
  for (const units of moving) expect(units).toBeLessThanOrEqual(3_000);
});
