import { z } from "zod";
import { ok } from "@/flows/basics/result";
import { giveSol, giveUsdc } from "../faucet";
import { Fault } from "../faults";
import { USDC_SYMBOL } from "../genesis";
import { type Method, method, Pubkey, Reading, type Room, Whole } from "../method";
import { refuse } from "../rpc-error";

const MOST_LAMPORTS = 1_000_000_000_000_000; // a million SOL at once
const MOST_USDC = 1_000_000_000_000; // a million USDC at once
const MOST_SLOTS = 100_000_000;

const requestAirdrop = method(
  z.tuple([Pubkey, Whole.min(1).max(MOST_LAMPORTS), Reading.nullish()]),
  async ({ chain, genesis }, [to, lamports]) => ok(await giveSol(chain, genesis, { to, lamports: BigInt(lamports) })),
);

const faucet = method(z.tuple([Pubkey, Whole.min(1).max(MOST_USDC)]), async ({ chain, genesis }, [to, amount]) =>
  ok(await giveUsdc(chain, genesis, { to, amount: BigInt(amount) })),
);

/** What this chain is: only a local chain answers, so that everybody can tell it from a cluster with real money. */
const about = ({ chain, genesis }: Room) => {
  const pace = chain.pace();
  const { slot, unixMs } = chain.now();
  const { keys } = genesis;
  return ok({
    name: "Local chain",
    simulated: true,
    ...{ slot, unixTimestamp: Math.floor(unixMs / 1_000), slotMs: pace.slotMs, frozen: pace.frozen },
    finalizedAfter: chain.finalizedAfter,
    escrowProgram: genesis.escrowProgram,
    registryProgram: genesis.registryProgram,
    usdc: { mint: genesis.usdcMint, symbol: USDC_SYMBOL, decimals: 6 },
    addresses: {
      ...{ faucet: keys.faucet.address, sponsor: keys.sponsor.address, settler: keys.settler.address },
      ...{ house: keys.house.address, arbiter: keys.arbiter.address, pause: keys.pause.address },
      upgrade: keys.upgrade.address,
    },
  });
};

const settled = async (room: Room) => {
  await room.chain.synced();
  return about(room);
};

const setClock = method(z.tuple([z.object({ unixTimestamp: Whole })]), (room, [{ unixTimestamp }]) => {
  const unixMs = unixTimestamp * 1_000;
  const now = room.chain.now();
  if (unixMs < Math.floor(now.unixMs / 1_000) * 1_000)
    return refuse("params", `Invalid params: the clock is at ${Math.floor(now.unixMs / 1_000)} and only goes forward`);
  room.chain.repace({ unixMs: Math.max(unixMs, now.unixMs) });
  return settled(room);
});

const advanceSlots = method(z.tuple([Whole.min(1).max(MOST_SLOTS)]), (room, [slots]) => {
  const { slot, unixMs } = room.chain.now();
  room.chain.repace({ slot: slot + slots, unixMs: unixMs + slots * room.chain.pace().slotMs });
  return settled(room);
});

const freeze = (frozen: boolean): Method =>
  method(z.unknown(), (room) => {
    room.chain.repace({ frozen });
    return settled(room);
  });

const setSlotMs = method(z.tuple([Whole.min(10).max(60_000)]), (room, [slotMs]) => {
  room.chain.repace({ slotMs });
  return settled(room);
});

/** Errors: -32601 where the process was not started for tests: nobody should be able to break a chain in use. */
const faults: Method = (room, params) => {
  const { faults: planned } = room;
  if (!planned) return refuse("unknown", "Method not found: studio_faults is for chains that were started for tests");
  return method(z.tuple([z.array(Fault).max(100).nullish()]), (_room, [wanted]) => {
    if (wanted) planned.set(wanted);
    return ok(planned.pending());
  })(room, params);
};

export const studioMethods: Readonly<Record<string, Method>> = {
  requestAirdrop,
  studio_advanceSlots: advanceSlots,
  studio_chain: method(z.unknown(), about),
  studio_faucet: faucet,
  studio_faults: faults,
  studio_freeze: freeze(true),
  studio_resume: freeze(false),
  studio_setClock: setClock,
  studio_setSlotMs: setSlotMs,
};
