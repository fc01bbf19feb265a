import { type Address, generateKeyPairSigner, lamports } from "@solana/kit";
import { configure } from "@/programs/clients/config-instructions";
import { type EscrowAccount, readEscrow } from "@/programs/clients/escrow-account";
import { configAddress, escrowAddress, programDataAddress, vaultAddress } from "@/programs/clients/escrow-addresses";
import { type Open, open } from "@/programs/clients/escrow-instructions";
import { type Chain, PROGRAM, START, startChain } from "./chain.contract";

export const DAY = 86_400;
export const CAP = 1_000_000n;

/** A chain that is configured: one kind of token, and two of three members to pause. */
export async function configured() {
  const chain = await startChain();
  const mint = await chain.mint();
  const [anna, ben, cleo] = await Promise.all([signer(), signer(), signer()]);
  const config = await configAddress(PROGRAM);
  const ask = {
    program: PROGRAM,
    config,
    rentPayer: chain.feePayer.address,
    programData: await programDataAddress(PROGRAM),
    threshold: 2,
    members: [anna, ben, cleo].map((member) => member.address),
    mints: [mint],
    signers: [chain.upgrader.address],
  };
  const outcome = await chain.send([configure(ask)], [chain.upgrader]);
  if (!outcome.ok) throw new Error(`the chain could not be configured: ${outcome.refusal}\n${outcome.log.join("\n")}`);
  return { chain, mint, config, members: [anna, ben, cleo] as const, configuring: ask };
}

export const signer = () => generateKeyPairSigner();

type Wishes = Partial<Pick<Open, "cap" | "feeBps" | "windowSeconds" | "settleBy" | "expiry">> & {
  readonly payees?: readonly bigint[];
};

/** The parties of one run and the terms of its escrow, which is not opened yet. */
export async function drafted(wishes: Wishes = {}) {
  const { chain, mint, config, members, configuring } = await configured();
  const [payer, settler, arbiter, rentPayer, house, stranger] = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(() => signer()),
  ).then((all) => all as [Signer, Signer, Signer, Signer, Signer, Signer]);
  chain.svm.airdrop(rentPayer.address, lamports(10_000_000_000n));
  const caps = wishes.payees ?? [600_000n, 500_000n, 1_000_000n];
  const payeeAccounts = await Promise.all(caps.map(async () => chain.tokens(mint, (await signer()).address)));
  const run = crypto.getRandomValues(new Uint8Array(16));
  const escrow = await escrowAddress(PROGRAM, payer.address, run);
  const vault = await vaultAddress(PROGRAM, escrow);
  const [source, refund, feeAccount, strangersAccount] = await Promise.all([
    chain.tokens(mint, payer.address, 10n * CAP),
    chain.tokens(mint, payer.address),
    chain.tokens(mint, house.address),
    chain.tokens(mint, stranger.address, CAP),
  ]);
  const terms: Open = {
    program: PROGRAM,
    escrow,
    vault,
    mint,
    config,
    payer: payer.address,
    rentPayer: rentPayer.address,
    source,
    refund,
    run,
    planHash: new Uint8Array(32).fill(7),
    settler: settler.address,
    arbiter: arbiter.address,
    feeAccount,
    cap: CAP,
    feeBps: 250,
    windowSeconds: 0,
    settleBy: START + BigInt(10 * DAY),
    expiry: START + BigInt(20 * DAY),
    ...wishes,
    payees: caps.map((cap, line) => ({ account: payeeAccounts[line] as Address, cap })),
  };
  const keys = { payer, settler, arbiter, rentPayer, house, stranger };
  return { chain, mint, config, members, configuring, terms, keys, payeeAccounts, strangersAccount };
}

type Signer = Awaited<ReturnType<typeof signer>>;
export type Draft = Awaited<ReturnType<typeof drafted>>;

/** An open escrow, and the calls that its parties make when they behave. */
export async function opened(wishes: Wishes = {}) {
  const draft = await drafted(wishes);
  const { chain, terms, keys } = draft;
  const send = terms.payees.length > 12 ? chain.sendLarge : chain.send;
  const outcome = await send([open(terms)], [keys.payer], keys.rentPayer);
  if (!outcome.ok) throw new Error(`the escrow could not be opened: ${outcome.refusal}\n${outcome.log.join("\n")}`);
  return { ...draft, opening: outcome, ...callsOf(draft), state: () => stateOf(chain, terms.escrow) };
}

export type Run = Awaited<ReturnType<typeof opened>>;

function stateOf(chain: Chain, escrow: Address): EscrowAccount {
  const state = readEscrow(chain.data(escrow) ?? new Uint8Array());
  if (!state) throw new Error("there is no escrow");
  return state;
}

type Lines = readonly (readonly [line: number, amount: bigint])[];

/** Each builds the instruction as its party would; tests exchange single fields of it. */
export function callsOf({ terms, payeeAccounts }: Pick<Draft, "terms" | "payeeAccounts">) {
  let roots = 0;
  const freshRoot = () => {
    const root = new Uint8Array(32);
    new DataView(root.buffer).setUint32(0, ++roots);
    return root;
  };
  const accountOf = (line: number) => ({ line, account: payeeAccounts[line] ?? terms.vault });
  return {
    freshRoot,
    settling: (sequence: number, lines: Lines, last: "last" | "more_to_come" = "more_to_come") => ({
      ...terms,
      sequence: BigInt(sequence),
      receiptRoot: freshRoot(),
      last,
      lines: lines.map(([line, amount]) => ({ line, amount })),
    }),
    releasing: (lines: readonly number[]) => ({ ...terms, payees: lines.map(accountOf) }),
    closing: (by: "payer_and_settler" | "anyone", unclaimed: readonly number[] = []) => ({
      ...terms,
      by,
      unclaimed: unclaimed.map(accountOf),
    }),
    disputing: (lines: readonly number[]) => ({ ...terms, lines }),
    resolving: (line: number, toPayee: bigint) => ({ ...terms, line, toPayee }),
  };
}
