import { type Address, lamports } from "@solana/kit";
import { z } from "zod";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import type { Call } from "./answer-calls";
import type { Commitment } from "./chain";
import { Encoding } from "./encoding";
import type { Known } from "./history";
import type { Landed } from "./journal";
import type { Wire } from "./json";
import { Commitments, Pubkey, type Room, Signature } from "./method";
import { Filters, passes, shownAccount } from "./methods/accounts";
import { reached } from "./methods/transactions";
import { type RpcError, rpcError } from "./rpc-error";

/** One thing that a listener waits for. */
export type Watch = {
  readonly kind: "slot" | "root" | "transactions";
  readonly notification: string;
  readonly commitment: Commitment;
  /** What to say of a transaction that became as certain as was asked; nothing, when it is another's. */
  readonly say?: (known: Known, landed: Landed) => readonly Wire[];
  /** What is true already, and whether that was all. */
  readonly atOnce?: () => readonly Wire[];
  readonly once: boolean;
};

const Options = z.object({
  commitment: Commitments.nullish(),
  encoding: Encoding.nullish(),
  filters: Filters,
  enableReceivedNotification: z.boolean().nullish(),
});
type Options = z.infer<typeof Options>;
const Mentions = z.union([z.enum(["all", "allWithVotes"]), z.object({ mentions: z.array(Pubkey).length(1) })]);

const context = (slot: number, value: Wire): Wire => ({ context: { slot }, value });

type Reader = (room: Room, params: unknown) => Watch | RpcError;
const watching =
  <First>(first: z.ZodType<First>, watch: (room: Room, what: First, options: Options) => Watch): Reader =>
  (room, params) => {
    const read = z.tuple([first, Options.nullish()]).safeParse(params);
    if (read.success) return watch(room, read.data[0], read.data[1] ?? {});
    return rpcError("params", `Invalid params: ${read.error.issues.map(({ message }) => message).join("; ")}`);
  };

const signature = watching(Signature, ({ chain }, wanted, options) => {
  const commitment = options.commitment ?? "finalized";
  const result = (known: Known) => [context(known.slot, { err: known.failure })];
  return {
    ...{ kind: "transactions", notification: "signatureNotification", commitment, once: true },
    say: (known) => (known.signature === wanted ? result(known) : []),
    atOnce() {
      const known = chain.history.find(wanted);
      return known && reached(chain, known, commitment) ? result(known) : [];
    },
  };
});

const account = watching(Pubkey, (room, wanted, options) => ({
  ...{ kind: "transactions", notification: "accountNotification", once: false },
  commitment: options.commitment ?? "finalized",
  say: (known, landed) => {
    if (!landed.writes.some((write) => write.address === wanted)) return [];
    const is = room.chain.machine.account(wanted) ?? gone(wanted);
    const shown = shownAccount(room, is, options);
    return shown.ok ? [context(known.slot, shown.value)] : [];
  },
}));

const gone = (where: Address) => ({
  address: where,
  data: new Uint8Array(),
  executable: false,
  lamports: lamports(0n),
  programAddress: SYSTEM_PROGRAM,
  space: 0n,
});

const program = watching(Pubkey, (room, wanted, options) => ({
  ...{ kind: "transactions", notification: "programNotification", once: false },
  commitment: options.commitment ?? "finalized",
  say: (known, landed) =>
    landed.writes.flatMap((write) => {
      if (write.owner !== wanted) return [];
      const is = room.chain.machine.account(write.address);
      if (!is || !passes(options.filters)(is)) return [];
      const shown = shownAccount(room, is, options);
      return shown.ok ? [context(known.slot, { account: shown.value, pubkey: write.address })] : [];
    }),
}));

const logs = watching(Mentions, (_room, wanted, options) => ({
  ...{ kind: "transactions", notification: "logsNotification", once: false },
  commitment: options.commitment ?? "finalized",
  say: (known, landed) => {
    const mentioned = typeof wanted === "string" || wanted.mentions.every((one) => landed.keys.includes(one));
    const { signature: name, failure, logs: lines } = landed;
    return mentioned ? [context(known.slot, { err: failure, logs: lines, signature: name })] : [];
  },
}));

const ticking =
  (kind: "slot" | "root"): Reader =>
  () => ({
    ...{ kind, notification: `${kind}Notification`, commitment: "processed", once: false },
  });

const READERS: Readonly<Record<string, Reader>> = {
  accountSubscribe: account,
  logsSubscribe: logs,
  programSubscribe: program,
  rootSubscribe: ticking("root"),
  signatureSubscribe: signature,
  slotSubscribe: ticking("slot"),
};

/** What a call wants to be told, if it is a call of that sort. Errors: -32602. */
export function readWatch(room: Room, { method, params }: Call): Watch | RpcError | undefined {
  return Object.hasOwn(READERS, method) ? READERS[method]?.(room, params) : undefined;
}
