import { getBase64Encoder, getCompiledTransactionMessageDecoder } from "@solana/kit";
import { z } from "zod";
import { ok } from "@/flows/basics/result";
import { WINDOW } from "../blockhashes";
import type { Chain } from "../chain";
import { feeOf } from "../fee";
import type { Wire } from "../json";
import { inContext, type Method, method, Pubkey, Reading, reading, Whole, withOptions } from "../method";
import { refuse } from "../rpc-error";
import { metaOf, TransactionEncoding, writeTransaction } from "../written-transaction";
import { newestBlockhash, reached } from "./transactions";

const SLOTS_PER_EPOCH = 432_000;
const MOST_BLOCKS = 500_000;
const MOST_SAMPLES = 720;

const getLatestBlockhash = method(z.tuple([Reading.nullish()]), (room, [options]) =>
  reading(room, options, (slot) => inContext(slot, newestBlockhash(room.chain))),
);

const isBlockhashValid = method(withOptions(z.string(), Reading), (room, [hash, options]) =>
  reading(room, options, (slot) => inContext(slot, room.chain.blockhashSlot(hash) !== undefined)),
);

const OnlyOptions = z.tuple([Reading.nullish()]);
const getSlot = method(OnlyOptions, (room, [options]) => reading(room, options, (slot) => ok(slot)));

const getEpochInfo = method(OnlyOptions, (room, [options]) =>
  reading(room, options, (slot) =>
    ok({
      absoluteSlot: slot,
      blockHeight: slot, // no slot is without a block here
      epoch: Math.floor(slot / SLOTS_PER_EPOCH),
      slotIndex: slot % SLOTS_PER_EPOCH,
      slotsInEpoch: SLOTS_PER_EPOCH,
      transactionCount: room.chain.history.count(),
    }),
  ),
);

const getEpochSchedule = method(z.unknown(), () =>
  ok({
    firstNormalEpoch: 0,
    firstNormalSlot: 0,
    leaderScheduleSlotOffset: SLOTS_PER_EPOCH,
    slotsPerEpoch: SLOTS_PER_EPOCH,
    warmup: false,
  }),
);

/** When a slot was: of one with a transaction as it is written down, of another by the pace that holds now. */
function timeOf(chain: Chain, slot: number): number {
  const known = chain.history.in(slot)[0];
  if (known) return known.time;
  const now = chain.now();
  return Math.floor((now.unixMs - (now.slot - slot) * chain.pace().slotMs) / 1_000);
}

const notYet = (slot: number) => refuse("block", `Block not available for slot ${slot}`);

const getBlockTime = method(z.tuple([Whole]), ({ chain }, [slot]) =>
  slot > chain.now().slot ? notYet(slot) : ok(timeOf(chain, slot)),
);

const Block = Reading.extend({
  encoding: TransactionEncoding.nullish(),
  maxSupportedTransactionVersion: Whole.nullish(),
  rewards: z.boolean().nullish(),
  transactionDetails: z.enum(["full", "accounts", "signatures", "none"]).nullish(),
});

const getBlock = method(withOptions(Whole, Block), ({ chain }, [slot, options]) => {
  const commitment = options?.commitment ?? "finalized";
  if (commitment === "processed") return refuse("params", "Method does not support commitment below `confirmed`");
  if (slot > chain.slotFor(commitment)) return notYet(slot);
  const head = {
    blockHeight: slot,
    blockTime: timeOf(chain, slot),
    blockhash: chain.hashes.of(slot),
    parentSlot: Math.max(0, slot - 1),
    previousBlockhash: chain.hashes.of(Math.max(0, slot - 1)),
    ...(options?.rewards === false ? {} : { rewards: [] }),
  };
  const inside = chain.history.in(slot).filter((known) => reached(chain, known, commitment));
  switch (options?.transactionDetails ?? "full") {
    case "none":
      return ok(head);
    case "signatures":
      return ok({ ...head, signatures: inside.map(({ signature }) => signature) });
    case "accounts": {
      const transactions = inside.map((known) => {
        const landed = chain.landed(known);
        const accountKeys = landed.keys.map((pubkey) => ({ pubkey }));
        return { meta: metaOf(landed), transaction: { accountKeys, signatures: [landed.signature] } };
      });
      return ok({ ...head, transactions });
    }
    case "full": {
      const transactions: Wire[] = [];
      for (const known of inside) {
        const written = writeTransaction(chain.landed(known), options ?? {});
        if (!written.ok) return written;
        transactions.push(written.value);
      }
      return ok({ ...head, transactions });
    }
  }
});

/** Every slot has a block; listed are all of them, as on a cluster that skips none. */
const slots = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);

const getBlocks = method(
  z.tuple([Whole, Whole.or(Reading).nullish(), Reading.nullish()]),
  ({ chain }, [first, second, third]) => {
    const options = typeof second === "object" ? second : third;
    const newest = chain.slotFor(options?.commitment ?? "finalized");
    const last = Math.min(typeof second === "number" ? second : newest, newest);
    if (last - first > MOST_BLOCKS) return refuse("params", `Slot range too large; max ${MOST_BLOCKS}`);
    return ok(slots(first, last));
  },
);

const getBlocksWithLimit = method(
  z.tuple([Whole, Whole.max(MOST_BLOCKS), Reading.nullish()]),
  ({ chain }, [first, limit, options]) =>
    ok(slots(first, Math.min(first + limit - 1, chain.slotFor(options?.commitment ?? "finalized")))),
);

const getFeeForMessage = method(withOptions(z.string(), Reading), (room, [text, options]) =>
  reading(room, options, (slot) => {
    const { chain } = room;
    try {
      const message = getCompiledTransactionMessageDecoder().decode(getBase64Encoder().encode(text));
      if (!("lifetimeToken" in message))
        return refuse("params", "failed to deserialize message: it names no blockhash");
      return inContext(slot, chain.blockhashSlot(message.lifetimeToken) === undefined ? null : feeOf(message));
    } catch (problem) {
      return refuse(
        "params",
        `failed to deserialize message: ${problem instanceof Error ? problem.message : "unreadable"}`,
      );
    }
  }),
);

const getRecentPrioritizationFees = method(z.tuple([z.array(Pubkey).max(128).nullish()]), ({ chain }) => {
  const { slot } = chain.now();
  return ok(slots(Math.max(0, slot - WINDOW + 1), slot).map((one) => ({ prioritizationFee: 0, slot: one })));
});

const getRecentPerformanceSamples = method(z.tuple([Whole.max(MOST_SAMPLES).nullish()]), () => ok([]));

const genesisHash = method(z.unknown(), ({ chain }) => ok(chain.hashes.of(0)));
const constant = (value: Wire) => method(z.unknown(), () => ok(value));

export const blockMethods: Readonly<Record<string, Method>> = {
  getBlock,
  getBlockHeight: getSlot,
  getBlockTime,
  getBlocks,
  getBlocksWithLimit,
  getEpochInfo,
  getEpochSchedule,
  getFeeForMessage,
  getFirstAvailableBlock: constant(0),
  getGenesisHash: genesisHash,
  getHealth: constant("ok"),
  getLatestBlockhash,
  getRecentPerformanceSamples,
  getRecentPrioritizationFees,
  getSlot,
  getTransactionCount: method(z.unknown(), ({ chain }) => ok(chain.history.count())),
  getVersion: constant({ "feature-set": 0, "solana-core": "2.3.0" }),
  isBlockhashValid,
  minimumLedgerSlot: constant(0),
};
