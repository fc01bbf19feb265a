import type { Address, EncodedAccount } from "@solana/kit";
import { z } from "zod";
import { ok, type Result } from "@/flows/basics/result";
import { Encoding, readBytes, Slice, writeAccount } from "../encoding";
import type { Wire } from "../json";
import { inContext, type Method, method, Pubkey, Reading, type Room, reading, Whole, withOptions } from "../method";
import { type RpcError, refuse } from "../rpc-error";
import { readHolding, readMint, TOKEN_PROGRAMS, uiAmount } from "../token-amounts";

const MOST_AT_ONCE = 100;
const MOST_FILTERS = 4;

const Shown = Reading.extend({ encoding: Encoding.nullish(), dataSlice: Slice.nullish() });
type Shown = z.infer<typeof Shown>;

const Filter = z.union([
  z.object({ dataSize: Whole }),
  z.object({
    memcmp: z.object({ offset: Whole, bytes: z.string(), encoding: z.enum(["base58", "base64"]).default("base58") }),
  }),
]);
export const Filters = z.array(Filter).max(MOST_FILTERS).nullish();

/** An account as it is asked for, with the decimals of its mint where it holds tokens. */
export function shownAccount({ chain }: Room, account: EncodedAccount, shown: Shown): Result<Wire, RpcError> {
  const holding = shown.encoding === "jsonParsed" ? readHolding(account) : undefined;
  const mint = holding && chain.machine.account(holding.mint);
  return writeAccount(account, shown, (mint && readMint(mint)?.decimals) ?? 0);
}

/** Whether an account passes all filters. Errors: none; bytes that cannot be read match nothing. */
export function passes(filters: z.infer<typeof Filters>): (account: EncodedAccount) => boolean {
  const tests = (filters ?? []).map((filter) => {
    if ("dataSize" in filter) return (account: EncodedAccount) => account.data.length === filter.dataSize;
    const { offset, bytes, encoding } = filter.memcmp;
    const wanted = readBytes(bytes, encoding);
    return ({ data }: EncodedAccount) =>
      wanted !== undefined &&
      offset + wanted.length <= data.length &&
      wanted.every((byte, place) => data[offset + place] === byte);
  });
  return (account) => tests.every((test) => test(account));
}

const all = (room: Room, accounts: readonly EncodedAccount[], shown: Shown): Result<Wire[], RpcError> => {
  const listed: Wire[] = [];
  for (const account of accounts) {
    const written = shownAccount(room, account, shown);
    if (!written.ok) return written;
    listed.push({ account: written.value, pubkey: account.address });
  }
  return ok(listed);
};

const getAccountInfo = method(withOptions(Pubkey, Shown), (room, [where, options]) =>
  reading(room, options, (slot) => {
    const account = room.chain.machine.account(where);
    if (!account) return inContext(slot, null);
    const written = shownAccount(room, account, options ?? {});
    return written.ok ? inContext(slot, written.value) : written;
  }),
);

const getMultipleAccounts = method(
  withOptions(z.array(Pubkey).max(MOST_AT_ONCE, `are more than ${MOST_AT_ONCE}`), Shown),
  (room, [wheres, options]) =>
    reading(room, options, (slot) => {
      const found: Wire[] = [];
      for (const where of wheres) {
        const account = room.chain.machine.account(where);
        const written = account ? shownAccount(room, account, { encoding: "base64", ...options }) : ok(null);
        if (!written.ok) return written;
        found.push(written.value);
      }
      return inContext(slot, found);
    }),
);

const getProgramAccounts = method(
  withOptions(Pubkey, Shown.extend({ filters: Filters, withContext: z.boolean().nullish() })),
  (room, [program, options]) =>
    reading(room, options, (slot) => {
      const found = room.chain.machine.owned(program).filter(passes(options?.filters));
      const listed = all(room, found, options ?? {});
      if (!listed.ok) return listed;
      return options?.withContext ? inContext(slot, listed.value) : listed;
    }),
);

const getBalance = method(withOptions(Pubkey, Reading), (room, [where, options]) =>
  reading(room, options, (slot) => inContext(slot, room.chain.machine.account(where)?.lamports ?? 0n)),
);

const getTokenAccountBalance = method(withOptions(Pubkey, Reading), (room, [where, options]) =>
  reading(room, options, (slot) => {
    const account = room.chain.machine.account(where);
    const holding = account && readHolding(account);
    if (!holding)
      return refuse("params", `Invalid param: ${account ? "not a Token account" : "could not find account"}`);
    const mint = room.chain.machine.account(holding.mint);
    return inContext(slot, uiAmount(holding.amount, (mint && readMint(mint)?.decimals) ?? 0));
  }),
);

const getTokenSupply = method(withOptions(Pubkey, Reading), (room, [where, options]) =>
  reading(room, options, (slot) => {
    const account = room.chain.machine.account(where);
    const mint = account && readMint(account);
    if (!mint) return refuse("params", `Invalid param: ${account ? "not a Token mint" : "could not find account"}`);
    return inContext(slot, uiAmount(mint.supply, mint.decimals));
  }),
);

const Of = z.union([z.object({ mint: Pubkey }), z.object({ programId: Pubkey })]);

const heldBy = (key: "owner" | "delegate"): Method =>
  method(z.tuple([Pubkey, Of, Shown.nullish()]), (room, [holder, of, options]) =>
    reading(room, options, (slot) => {
      const programs = "programId" in of ? TOKEN_PROGRAMS.filter((one) => one === of.programId) : TOKEN_PROGRAMS;
      if (programs.length === 0) return refuse("params", "Invalid param: unrecognized Token program id");
      const mine = programs
        .flatMap((program) => room.chain.machine.owned(program))
        .filter((account) => {
          const holding = readHolding(account);
          return holding?.[key] === holder && (!("mint" in of) || holding.mint === of.mint);
        });
      const listed = all(room, mine, options ?? {});
      return listed.ok ? inContext(slot, listed.value) : listed;
    }),
  );

const largest = method(withOptions(Pubkey, Reading), (room, [mint, options]) =>
  reading(room, options, (slot) => {
    const account = room.chain.machine.account(mint);
    const decimals = (account && readMint(account)?.decimals) ?? 0;
    const holdings: { address: Address; amount: bigint }[] = TOKEN_PROGRAMS.flatMap((program) =>
      room.chain.machine.owned(program),
    ).flatMap((one) => {
      const holding = readHolding(one);
      return holding?.mint === mint ? [{ address: one.address, amount: holding.amount }] : [];
    });
    const most = holdings.sort((one, other) => (one.amount < other.amount ? 1 : -1)).slice(0, 20);
    return inContext(
      slot,
      most.map(({ address, amount }) => ({ address, ...uiAmount(amount, decimals) })),
    );
  }),
);

const getMinimumBalanceForRentExemption = method(withOptions(Whole, Reading), ({ chain }, [space]) =>
  ok(chain.machine.rent(BigInt(space))),
);

export const accountMethods: Readonly<Record<string, Method>> = {
  getAccountInfo,
  getBalance,
  getMinimumBalanceForRentExemption,
  getMultipleAccounts,
  getProgramAccounts,
  getTokenAccountBalance,
  getTokenAccountsByDelegate: heldBy("delegate"),
  getTokenAccountsByOwner: heldBy("owner"),
  getTokenLargestAccounts: largest,
  getTokenSupply,
};
