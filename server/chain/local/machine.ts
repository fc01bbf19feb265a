import {
  type Address,
  address,
  type EncodedAccount,
  getAddressDecoder,
  getBase58Decoder,
  getBase64Decoder,
  getBase64Encoder,
  lamports,
  type ReadonlyUint8Array,
} from "@solana/kit";
import { Clock, FailedTransactionMetadata, LiteSVM, SimulatedTransactionInfo, type TransactionMetadata } from "litesvm";
import type { InnerInstruction, Landed, Written } from "./journal";
import type { Wire } from "./json";
import { asksToWrite, type Parcel } from "./message";
import type { Moment } from "./pace";
import { type Failure, failureOf } from "./refusals";
import { readHolding, readMint, uiAmount } from "./token-amounts";

const SLOTS_PER_EPOCH = 432_000;
const TABLE_PROGRAM = address("AddressLookupTab1e1111111111111111111111111");
const TABLE_HEAD = 56;
const SLOT_HASHES = 512;
const base58 = getBase58Decoder();
const base64 = getBase64Decoder();
const fromBase64 = getBase64Encoder();
const keys = getAddressDecoder();

export type Run = {
  readonly failure: Failure | null;
  readonly logs: readonly string[];
  readonly computeUnits: number;
  readonly returned: Landed["returned"];
  readonly inner: readonly InnerInstruction[];
  readonly fee: bigint;
};
export type Simulated = Run & { readonly accounts: ReadonlyMap<Address, EncodedAccount> };
/** What came of a transaction. One that did not land has charged nobody and changed nothing. */
export type Executed =
  | { readonly landed: false; readonly run: Run }
  | { readonly landed: true; readonly record: Landed };

/** The virtual machine that holds the accounts and runs the programs, told the time before each run. */
export function machine(hashOf: (slot: number) => string) {
  const svm = new LiteSVM().withBlockhashCheck(false).withTransactionHistory(0n).withLogBytesLimit(10_000n);
  const present = new Set<Address>();
  let told: Moment = { slot: -1, unixMs: -1 };
  let hashesOf = -1;

  const tellTime = (moment: Moment, parcel: Parcel) => {
    if (moment.slot !== told.slot || moment.unixMs !== told.unixMs) {
      const epoch = BigInt(Math.floor(moment.slot / SLOTS_PER_EPOCH));
      svm.setClock(new Clock(BigInt(moment.slot), 0n, epoch, epoch + 1n, BigInt(Math.floor(moment.unixMs / 1_000))));
      told = moment;
    }
    if (hashesOf === moment.slot || !namesTables(parcel)) return;
    const newest = Array.from({ length: Math.min(SLOT_HASHES, moment.slot + 1) }, (_, back) => moment.slot - back);
    svm.setSlotHashes(newest.map((slot) => ({ slot: BigInt(slot), hash: hashOf(slot) }))); // tables are made from these
    hashesOf = moment.slot;
  };
  const account = (where: Address): EncodedAccount | undefined => {
    const found = svm.getAccount(where);
    return found.exists && found.lamports > 0n ? found : undefined;
  };
  const put = (written: Written) => {
    const data = Uint8Array.from(fromBase64.encode(written.data));
    svm.setAccount({
      address: written.address,
      data,
      executable: written.executable,
      lamports: lamports(BigInt(written.lamports)),
      programAddress: written.owner,
      space: BigInt(data.length),
    });
    if (written.lamports === "0") present.delete(written.address);
    else present.add(written.address);
  };
  const loadedBy = ({ lookups }: Parcel) => {
    const from = (table: Address, places: readonly number[]) => {
      const data = account(table)?.data ?? new Uint8Array();
      return places.flatMap((place) => {
        const at = TABLE_HEAD + 32 * place;
        return at + 32 <= data.length ? [keys.decode(data, at)] : []; // a wrong place fails in the machine
      });
    };
    return {
      writable: lookups.flatMap(({ table, writable }) => from(table, writable)),
      readonly: lookups.flatMap(({ table, readonly }) => from(table, readonly)),
    };
  };
  const tokensIn = (accounts: readonly (EncodedAccount | undefined)[]): Wire[] =>
    accounts.flatMap((one, accountIndex) => {
      const holding = one && readHolding(one);
      if (!one || !holding) return [];
      const mint = account(holding.mint);
      const amount = uiAmount(holding.amount, (mint && readMint(mint)?.decimals) ?? 0);
      const { programAddress: programId } = one;
      return [{ accountIndex, mint: holding.mint, owner: holding.owner, programId, uiTokenAmount: amount }];
    });
  return {
    account,
    put,
    addresses: (): Iterable<Address> => present,
    owned: (program: Address): EncodedAccount[] => svm.getProgramAccounts(program).filter((one) => one.lamports > 0n),
    rent: (space: bigint): bigint => svm.minimumBalanceForRentExemption(space),
    loadedBy,
    execute(parcel: Parcel, moment: Moment): Executed {
      tellTime(moment, parcel);
      const loaded = loadedBy(parcel);
      const all = [...parcel.accounts, ...loaded.writable, ...loaded.readonly];
      const before = all.map(account);
      const tokensBefore = tokensIn(before);
      const run = runOf(svm.sendTransaction(parcel.transaction), parcel);
      if (!run.landed) return { landed: false, run };
      const after = all.map(account);
      const writes = all.flatMap((where, place) => {
        const [was, is] = [before[place], after[place]];
        const may = place < parcel.accounts.length ? asksToWrite(parcel, place) : true;
        return may && !sameAccount(was, is) ? [writtenOf(where, is)] : [];
      });
      for (const { address: where, lamports: left } of writes) {
        if (left === "0") present.delete(where);
        else present.add(where);
      }
      const { failure, logs, computeUnits, inner, returned } = run;
      const record: Landed = {
        ...{ signature: parcel.signature, slot: moment.slot, time: Math.floor(moment.unixMs / 1_000) },
        ...{ wire: base64.decode(parcel.wire), failure, fee: String(run.fee), computeUnits, logs, inner, returned },
        ...{ keys: all, loaded, before: before.map(balance), after: after.map(balance) },
        ...{ tokensBefore, tokensAfter: tokensIn(after), writes },
      };
      return { landed: true, record };
    },
    simulate(parcel: Parcel, moment: Moment, checkSignatures: boolean): Simulated {
      tellTime(moment, parcel);
      svm.withSigverify(checkSignatures);
      try {
        const said = svm.simulateTransaction(parcel.transaction);
        const accounts = said instanceof SimulatedTransactionInfo ? said.postAccounts() : [];
        return { ...runOf(said, parcel), accounts: new Map(accounts.map((one) => [one.address, one])) };
      } finally {
        svm.withSigverify(true);
      }
    },
  };
}

export type Machine = ReturnType<typeof machine>;

const balance = (account: EncodedAccount | undefined): string => String(account?.lamports ?? 0n);

const namesTables = ({ accounts, lookups }: Parcel) => lookups.length > 0 || accounts.includes(TABLE_PROGRAM);

function sameAccount(was: EncodedAccount | undefined, is: EncodedAccount | undefined): boolean {
  if (!was || !is) return was === is;
  return (
    was.lamports === is.lamports &&
    was.programAddress === is.programAddress &&
    was.executable === is.executable &&
    sameBytes(was.data, is.data)
  );
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ReadonlyUint8Array) => Buffer.from(buffer, byteOffset, byteLength);
const sameBytes = (one: ReadonlyUint8Array, other: ReadonlyUint8Array) => bytesOf(one).equals(bytesOf(other));

export function writtenOf(where: Address, account: EncodedAccount | undefined): Written {
  if (!account) return { address: where, lamports: "0", owner: where, data: "", executable: false };
  const { programAddress: owner, data, executable } = account;
  return { address: where, lamports: String(account.lamports), owner, data: base64.decode(data), executable };
}

type Said = TransactionMetadata | FailedTransactionMetadata | SimulatedTransactionInfo;

function runOf(said: Said, { signature }: Parcel): Run & { landed: boolean } {
  const failed = said instanceof FailedTransactionMetadata;
  const meta =
    said instanceof FailedTransactionMetadata || said instanceof SimulatedTransactionInfo ? said.meta() : said;
  const returned = meta.returnData();
  const data = returned.data();
  return {
    landed: base58.decode(meta.signature()) === signature, // one that was refused before it ran has no name
    failure: failed ? failureOf(said.err()) : null,
    logs: meta.logs(),
    computeUnits: Number(meta.computeUnitsConsumed()),
    returned:
      data.length === 0
        ? null
        : { programId: keys.decode(returned.programId()), data: [base64.decode(data), "base64"] },
    inner: innerOf(meta),
    fee: BigInt(/fee: (\d+) \}[)} ]*$/.exec(meta.toString())?.[1] ?? 0), // the machine tells it in no other way
  };
}

const innerOf = (meta: TransactionMetadata): InnerInstruction[] =>
  meta.innerInstructions().flatMap((list, index) => {
    if (list.length === 0) return [];
    const instructions = list.map((one) => {
      const instruction = one.instruction();
      const data = base58.decode(instruction.data());
      const accounts = [...instruction.accounts()];
      return { programIdIndex: instruction.programIdIndex(), accounts, data, stackHeight: one.stackHeight() };
    });
    return [{ index, instructions }];
  });
