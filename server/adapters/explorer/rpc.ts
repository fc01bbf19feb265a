import {
  type Address,
  address,
  getBase58Encoder,
  getBase64Encoder,
  isAddress,
  type Rpc,
  type Signature,
  type SolanaRpcApi,
  signature as signatureOf,
} from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import type {
  ChainOverview,
  ExplorerError,
  ExplorerPort,
  ShownAccount,
  ShownTransaction,
  TransactionLine,
} from "@/flows/ports/explorer";
import { readEscrow } from "@/programs/clients/escrow-account";
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from "@/programs/clients/escrow-addresses";
import { eventsOf } from "@/programs/clients/escrow-events";
import { registryEventsOf } from "@/programs/clients/registry-events";
import { chainServers } from "../chain-servers";
import { chainAt, type KnownChain } from "./cluster-name";
import { eventWords } from "./event-words";
import { instructionWords } from "./instruction-words";
import { registryEventWords } from "./registry-words";
import { shownEscrow } from "./shown-escrow";
import { changesIn, type TokenBalance } from "./token-changes";

const CONFIRMED = { commitment: "confirmed" } as const;
const LISTED = 25;

/** Where the chain is, and what of it the studio knows. */
export type ExplorerOptions = {
  readonly urls: readonly string[];
  readonly escrowProgram: string | undefined;
  readonly usdcMint: string | undefined;
  /** Where the registry is on a cluster; a local chain says it itself. */
  readonly registryProgram: string | undefined;
};

/** Reads over a chain's JSON-RPC, and over nothing else: it would show the same of any cluster. */
export function rpcExplorer({ urls, escrowProgram, usdcMint, registryProgram }: ExplorerOptions): ExplorerPort {
  if (urls.length === 0) {
    const absent = async () => err({ code: "chain_absent" });
    return { overview: absent, transaction: absent, account: absent };
  }
  const rpc = chainServers(urls);
  const program = escrowProgram && isAddress(escrowProgram) ? escrowProgram : undefined;
  const telling = async <T>(read: (known: KnownChain) => Promise<Result<T, ExplorerError>>) => {
    try {
      return await read(await chainAt(urls, { usdcMint, registryProgram }));
    } catch (problem) {
      // Whatever a foreign server does wrong, it is that server that did not answer as a chain does.
      return err({ code: "chain_unreachable", reason: problem instanceof Error ? problem.message : "no answer" });
    }
  };
  return {
    overview: () => telling(async (known) => ok(await overview(rpc, known, program))),
    transaction: (signature) =>
      telling(async (known) => {
        const found = await transaction(rpc, known, { signature: signatureOf(signature), program });
        return found ? ok(found) : err({ code: "transaction_not_found", signature });
      }),
    account: (where) => telling(async (known) => ok(await account(rpc, known, { where: address(where), program }))),
  };
}

type Reader = Rpc<SolanaRpcApi>;

async function overview(rpc: Reader, known: KnownChain, program: Address | undefined): Promise<ChainOverview> {
  const { absoluteSlot: slot } = await rpc.getEpochInfo(CONFIRMED).send();
  const programs = [program, known.registry].flatMap((one) => one ?? []);
  const own = [...known.own, ...known.symbols.keys(), ...programs].map((one) => address(one));
  const [time, ...lists] = await Promise.all([
    rpc.getBlockTime(slot).send(),
    ...own.map((one) => transactionsOf(rpc, one)),
  ]);
  const all = new Map(lists.flat().map((line) => [line.signature, line]));
  const latest = [...all.values()].sort((one, other) => Number(other.slot - one.slot)).slice(0, LISTED);
  return { cluster: known.cluster, slot, at: millisOf(time), latest };
}

const millisOf = (seconds: bigint | null): number | null => (seconds === null ? null : Number(seconds) * 1_000);

async function transactionsOf(rpc: Reader, where: Address): Promise<TransactionLine[]> {
  const lines = await rpc.getSignaturesForAddress(where, { ...CONFIRMED, limit: LISTED }).send();
  return lines.map(({ signature, slot, blockTime, err: failure }) => ({
    ...{ signature, slot, at: millisOf(blockTime), failed: failureWords(failure) },
  }));
}

/** Why a transaction failed, as the chain writes it. */
const failureWords = (failure: unknown): string | null =>
  failure === null
    ? null
    : JSON.stringify(failure, (_name, value: unknown) => (typeof value === "bigint" ? Number(value) : value));

async function transaction(
  rpc: Reader,
  { cluster, symbols, registry }: KnownChain,
  { signature, program }: { signature: Signature; program: Address | undefined },
): Promise<ShownTransaction | null> {
  const options = { ...CONFIRMED, encoding: "json", maxSupportedTransactionVersion: 1 } as const;
  const [found, statuses] = await Promise.all([
    rpc.getTransaction(signature, options).send(),
    rpc.getSignatureStatuses([signature], { searchTransactionHistory: true }).send(),
  ]);
  if (!found?.meta) return null;
  const { meta, slot, blockTime } = found;
  const { message } = found.transaction;
  const keys = [
    ...message.accountKeys,
    ...(meta.loadedAddresses?.writable ?? []),
    ...(meta.loadedAddresses?.readonly ?? []),
  ];
  const log = meta.logMessages ?? [];
  const balances = (list: readonly TokenBalance[] | undefined) => list ?? [];
  return {
    ...{ cluster, signature, slot, at: millisOf(blockTime), log },
    certainty: statuses.value[0]?.confirmationStatus ?? "confirmed",
    failed: failureWords(meta.err),
    fee: meta.fee,
    computeUnits: meta.computeUnitsConsumed ?? null,
    version: String(found.version),
    signers: message.accountKeys.slice(0, message.header.numRequiredSignatures),
    instructions: message.instructions.map(({ programIdIndex, accounts, data }) => {
      const at = keys[programIdIndex] ?? "";
      const bytes = Uint8Array.from(getBase58Encoder().encode(data));
      return {
        program: at,
        ...instructionWords(at, bytes, { escrow: program, registry }),
        accounts: accounts.map((one) => keys[one] ?? ""),
      };
    }),
    events: [
      ...(program ? eventsOf(log, program).map(eventWords) : []),
      ...(registry && isAddress(registry) ? registryEventsOf(log, registry).map(registryEventWords) : []),
    ],
    changes: changesIn({
      keys,
      symbols,
      before: balances(meta.preTokenBalances),
      after: balances(meta.postTokenBalances),
    }),
  };
}

async function account(
  rpc: Reader,
  { cluster, symbols }: KnownChain,
  { where, program }: { where: Address; program: Address | undefined },
): Promise<ShownAccount> {
  const parsed = { ...CONFIRMED, encoding: "jsonParsed" } as const;
  const [{ value: found }, transactions, ...held] = await Promise.all([
    rpc.getAccountInfo(where, { ...CONFIRMED, encoding: "base64" }).send(),
    transactionsOf(rpc, where),
    ...[TOKEN_PROGRAM, TOKEN_2022_PROGRAM].map((programId) =>
      rpc.getTokenAccountsByOwner(where, { programId }, parsed).send(),
    ),
  ]);
  const bytes = found ? Uint8Array.from(getBase64Encoder().encode(found.data[0])) : new Uint8Array();
  const escrow = found && found.owner === program ? readEscrow(bytes) : undefined;
  const tokens = held
    .flatMap(({ value }) => value)
    .map(({ pubkey, account: { data } }) => {
      const { mint, tokenAmount } = data.parsed.info;
      const { decimals, amount } = tokenAmount;
      return { account: pubkey, mint, symbol: symbols.get(mint) ?? null, decimals, amount: BigInt(amount) };
    });
  return {
    ...{ cluster, address: where, transactions, tokens },
    kind: kindOf(found, escrow !== undefined),
    lamports: found?.lamports ?? 0n,
    owner: found?.owner ?? null,
    bytes: BigInt(bytes.length),
    escrow: escrow ? shownEscrow(escrow, symbols) : null,
  };
}

type Found = { readonly owner: Address; readonly executable: boolean; readonly space: bigint } | null;
const MINT_BYTES = 82n;

function kindOf(found: Found, isEscrow: boolean): ShownAccount["kind"] {
  if (!found) return "nothing";
  if (isEscrow) return "escrow";
  if (found.executable) return "program";
  if (found.owner === SYSTEM_PROGRAM) return "wallet";
  if (found.owner !== TOKEN_PROGRAM && found.owner !== TOKEN_2022_PROGRAM) return "other";
  return found.space === MINT_BYTES ? "mint" : "tokens";
}
