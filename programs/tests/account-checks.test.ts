import type { Address, Instruction, KeyPairSigner } from "@solana/kit";
import { describe, expect, test } from "vitest";
import { configure, pause, unpause } from "@/programs/clients/config-instructions";
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM } from "@/programs/clients/escrow-addresses";
import { close, dispute, extend, open, release, resolve, settle, topUp } from "@/programs/clients/escrow-instructions";
import { PROGRAM, putProgramData } from "./chain.contract";
import { CAP, DAY, type Draft, drafted, opened, type Run, signer } from "./run.contract";
import { cut, exchanged, padded, shortened, unsigned } from "./tampering.contract";

// Each row: which place of the instruction is exchanged for something that lies there well formed, and how it is refused.

type Substitute = (run: Draft) => Address | Promise<Address>;
type Row = readonly [place: number, by: string, substitute: Substitute, refusal: string];

const stranger: Substitute = ({ keys }) => keys.stranger.address;
const strangersTokens: Substitute = ({ strangersAccount }) => strangersAccount;
const ownSource: Substitute = ({ terms }) => terms.source;
const otherToken: Substitute = () => TOKEN_2022_PROGRAM;
const config: Substitute = (run) => run.config;
/** The escrow of another run of another payer: rightly made, only not this one. */
const otherEscrow: Substitute = async ({ chain, terms }) => {
  const other = await signer();
  const bytes = Uint8Array.from(chain.data(terms.escrow) ?? []);
  bytes.fill(9, 72, 104);
  chain.put(other.address, bytes, PROGRAM);
  return other.address;
};
const forged: Substitute = async ({ chain, terms, keys }) => {
  const other = await signer();
  chain.put(other.address, chain.data(terms.escrow) ?? new Uint8Array(536), keys.stranger.address);
  return other.address;
};
const forgedConfig: Substitute = async ({ chain, config: real, keys }) => {
  const other = await signer();
  chain.put(other.address, chain.data(real) ?? new Uint8Array(536), keys.stranger.address);
  return other.address;
};
const otherMint: Substitute = ({ chain }) => chain.mint();

const AS_ESCROW: readonly Row[] = [
  [1, "an account of somebody else's program", forged, "escrow_wrong"],
  [1, "the configuration", config, "escrow_wrong"],
  [1, "a wallet", stranger, "escrow_wrong"],
];

describe("open", () => {
  const rows: readonly Row[] = [
    [0, "another payer", stranger, "escrow_address_wrong"],
    [2, "another address", stranger, "escrow_address_wrong"],
    [3, "another vault", stranger, "vault_address_wrong"],
    [4, "somebody else's tokens", strangersTokens, "source_wrong"],
    [4, "no token account", stranger, "source_wrong"],
    [5, "somebody else's account", strangersTokens, "refund_account_wrong"],
    [5, "no token account", stranger, "refund_account_wrong"],
    [6, "a mint that is not allowed", otherMint, "mint_not_allowed"],
    [6, "no mint", stranger, "mint_wrong"],
    [7, "somebody else's configuration", forgedConfig, "config_wrong"],
    [8, "the other token program", otherToken, "mint_wrong"],
    [8, "no token program", stranger, "token_program_wrong"],
    [9, "no system program", stranger, "system_program_wrong"],
  ];
  test.each(rows)("[X12] at place %i, %s is refused", async (...[place, , substitute, refusal]) => {
    const draft = await drafted();
    const { chain, terms, keys } = draft;
    const tampered = exchanged(open(terms), place, await substitute(draft));
    expect(await chain.send([tampered], [keys.payer, keys.stranger], keys.rentPayer)).toMatchObject({ refusal });
  });
  test.each([
    [0, "payer_not_signed"],
    [1, "rent_payer_not_signed"],
  ])("[X12] without the signature at place %i it is refused", async (place, refusal) => {
    const { chain, terms, keys } = await drafted();
    const signers = [keys.payer, keys.rentPayer].filter((_, at) => at !== place);
    expect(await chain.send([unsigned(open(terms), place)], signers)).toMatchObject({ refusal });
  });
  test("[X12] with an account or a byte too few or too many it is refused", async () => {
    const { chain, terms, keys } = await drafted();
    await refusesMalformed((tamper) => chain.send([tamper(open(terms))], [keys.payer], keys.rentPayer));
  });
});

type Call = {
  readonly name: string;
  readonly call: (run: Run) => Instruction;
  readonly by: (run: Run) => KeyPairSigner[];
  readonly rows: readonly Row[];
  readonly unsigned?: readonly [place: number, refusal: string];
};

const calls: readonly Call[] = [
  {
    name: "top_up",
    call: ({ terms }) => topUp({ ...terms, amount: 1n, raises: [] }),
    by: ({ keys }) => [keys.payer],
    unsigned: [0, "payer_not_signed"],
    rows: [
      ...AS_ESCROW,
      [0, "somebody else", stranger, "payer_wrong"],
      [1, "the escrow of somebody else", otherEscrow, "payer_wrong"],
      [2, "another token account as vault", strangersTokens, "vault_wrong"],
      [3, "the vault as source", ({ terms }) => terms.vault, "source_wrong"],
      [4, "another mint", otherMint, "mint_wrong"],
      [5, "the other token program", otherToken, "token_program_wrong"],
    ],
  },
  {
    name: "extend",
    call: ({ terms }) => extend({ ...terms, settleBy: terms.expiry, expiry: terms.expiry }),
    by: ({ keys }) => [keys.payer],
    unsigned: [0, "payer_not_signed"],
    rows: [
      ...AS_ESCROW,
      [0, "somebody else", stranger, "payer_wrong"],
      [1, "another escrow", otherEscrow, "payer_wrong"],
    ],
  },
  {
    name: "settle",
    call: (run) => settle(run.settling(0, [[0, 1n]])),
    by: ({ keys }) => [keys.settler],
    unsigned: [0, "settler_not_signed"],
    rows: [
      ...AS_ESCROW,
      [0, "somebody else", stranger, "settler_wrong"],
      [2, "somebody else's configuration", forgedConfig, "config_wrong"],
      [2, "the escrow as configuration", ({ terms }) => terms.escrow, "config_wrong"],
    ],
  },
  {
    name: "dispute",
    call: (run) => dispute(run.disputing([0])),
    by: ({ keys }) => [keys.payer],
    unsigned: [0, "payer_not_signed"],
    rows: [
      ...AS_ESCROW,
      [0, "somebody else", stranger, "payer_wrong"],
      [1, "another escrow", otherEscrow, "payer_wrong"],
    ],
  },
  {
    name: "resolve",
    call: (run) => resolve(run.resolving(0, 0n)),
    by: ({ keys }) => [keys.arbiter],
    unsigned: [0, "arbiter_not_signed"],
    rows: [...AS_ESCROW, [0, "somebody else", stranger, "arbiter_wrong"]],
  },
  {
    name: "release",
    call: (run) => release(run.releasing([0])),
    by: () => [],
    rows: [
      [0, "an account of somebody else's program", forged, "escrow_wrong"],
      [0, "the configuration", config, "escrow_wrong"],
      [1, "another token account as vault", strangersTokens, "vault_wrong"],
      [2, "another mint", otherMint, "mint_wrong"],
      [3, "the other token program", otherToken, "token_program_wrong"],
      [4, "another fee account", strangersTokens, "fee_account_wrong"],
      [5, "another payee", strangersTokens, "payee_account_wrong"],
      [
        5,
        "the payee of another line",
        ({ payeeAccounts, terms }) => payeeAccounts[1] ?? terms.vault,
        "payee_account_wrong",
      ],
    ],
  },
  {
    name: "close",
    call: (run) => close(run.closing("payer_and_settler", [1])),
    by: ({ keys }) => [keys.payer, keys.settler],
    rows: [
      [0, "an account of somebody else's program", forged, "escrow_wrong"],
      [0, "the configuration", config, "escrow_wrong"],
      [1, "another token account as vault", strangersTokens, "vault_wrong"],
      [2, "another mint", otherMint, "mint_wrong"],
      [3, "the other token program", otherToken, "token_program_wrong"],
      [4, "another refund account", strangersTokens, "refund_account_wrong"],
      [4, "another account of the payer", ownSource, "refund_account_wrong"],
      [5, "another rent payer", stranger, "rent_payer_wrong"],
      [6, "another payer", stranger, "payer_wrong"],
      [7, "another settler", stranger, "settler_wrong"],
      [8, "another payee", strangersTokens, "payee_account_wrong"],
    ],
  },
];

describe.each(calls)("$name", ({ call, by, rows, unsigned: without }) => {
  test.each(rows)("[X12] at place %i, %s is refused", async (...[place, , substitute, refusal]) => {
    const run = await earning();
    const tampered = exchanged(call(run), place, await substitute(run));
    expect(await run.chain.send([tampered], [...by(run), run.keys.stranger])).toMatchObject({ refusal });
  });
  test("[X12] without its signature, with an account or a byte too few or too many it is refused", async () => {
    const run = await earning();
    if (without) expect(await run.chain.send([unsigned(call(run), without[0])])).toMatchObject({ refusal: without[1] });
    await refusesMalformed((tamper) => run.chain.send([tamper(call(run))], by(run)));
  });
});

describe("the configuration", () => {
  test.each([pause, unpause])("[X12] is paused through its own account only", async (call) => {
    const run = await earning();
    const [anna, ben] = run.members;
    const calling = call({ program: PROGRAM, config: run.config, signers: [anna.address, ben.address] });
    for (const account of [run.terms.escrow, await forgedConfig(run)])
      expect(await run.chain.send([exchanged(calling, 0, account)], [anna, ben])).toMatchObject({
        refusal: "config_wrong",
      });
    expect(await run.chain.send([padded(calling)], [anna, ben])).toMatchObject({ refusal: "data_malformed" });
    expect(await run.chain.send([{ ...calling, accounts: [] }])).toMatchObject({ refusal: "accounts_missing" });
  });

  test("[X12] is made at its own address, on the word of whoever may upgrade the program", async () => {
    const { chain, configuring, config: where, keys } = await drafted();
    chain.put(where, new Uint8Array(0), SYSTEM_PROGRAM);
    const making = configure(configuring);
    const send = (instruction: Instruction, signers = [chain.upgrader, keys.stranger]) =>
      chain.send([instruction], signers);
    expect(await send(exchanged(making, 1, keys.stranger.address))).toMatchObject({ refusal: "config_address_wrong" });
    expect(await send(exchanged(making, 2, keys.stranger.address))).toMatchObject({ refusal: "program_data_wrong" });
    expect(await send(exchanged(making, 3, keys.stranger.address))).toMatchObject({ refusal: "system_program_wrong" });
    expect(await send(exchanged(making, 4, keys.stranger.address))).toMatchObject({
      refusal: "upgrade_authority_not_signed",
    });
    expect(await send(unsigned(making, 4), [])).toMatchObject({ refusal: "upgrade_authority_not_signed" });
    const sponsored = configure({ ...configuring, rentPayer: keys.rentPayer.address });
    expect(await send(unsigned(sponsored, 0))).toMatchObject({ refusal: "rent_payer_not_signed" });
    expect(await send(padded(making))).toMatchObject({ refusal: "data_malformed" });
    expect(await send({ ...making, accounts: [] })).toMatchObject({ refusal: "accounts_missing" });
    await putProgramData(chain, keys.stranger.address, keys.house.address);
    const ofAnother = configure({
      ...configuring,
      programData: keys.house.address,
      signers: [keys.stranger.address],
    });
    expect(await send(ofAnother)).toMatchObject({ refusal: "program_data_wrong" });
    await putProgramData(chain, keys.stranger.address);
    expect(await send(making)).toMatchObject({ refusal: "upgrade_authority_not_signed" });
  });
});

/** An escrow in which a line has earned something and may be disputed, so that every other check would be passed. */
async function earning(): Promise<Run> {
  const run = await opened({ windowSeconds: DAY });
  const first = await run.chain.send([settle({ ...run.settling(0, [[0, CAP / 2n]]) })], [run.keys.settler]);
  expect(first).toMatchObject({ ok: true });
  return run;
}

async function refusesMalformed(send: (tamper: (instruction: Instruction) => Instruction) => Promise<unknown>) {
  expect(await send(shortened)).toMatchObject({ refusal: "accounts_missing" });
  expect(await send(cut)).toMatchObject({ refusal: "data_malformed" });
  expect(await send(padded)).toMatchObject({ refusal: "data_malformed" });
}
