import { type Address, lamports } from "@solana/kit";
import { expect, test } from "vitest";
import { configure } from "@/programs/clients/config-instructions";
import { TOKEN_2022_PROGRAM } from "@/programs/clients/escrow-addresses";
import { close, extend, type Open, open, release, settle, topUp } from "@/programs/clients/escrow-instructions";
import { START } from "./chain.contract";
import { CAP, DAY, type Draft, drafted, opened } from "./run.contract";
import { saying } from "./tampering.contract";
import { EXTENSIONS, type MintKind, mintBytes, tokenAccountBytes } from "./token-bytes.contract";

const sends = ({ chain, keys }: Draft, terms: Open) => chain.send([open(terms)], [keys.payer], keys.rentPayer);
const days = (count: number) => START + BigInt(count * DAY);

const WRONG_TERMS: readonly [string, (terms: Open) => Partial<Open>, string][] = [
  ["no payee", () => ({ payees: [] }), "payees_none"],
  ["a cap of nothing", () => ({ cap: 0n }), "cap_zero"],
  ["a fee above ten per cent", () => ({ feeBps: 1_001 }), "fee_too_high"],
  ["a window above thirty days", () => ({ windowSeconds: 30 * DAY + 1 }), "window_too_long"],
  ["a settle-by in the past", () => ({ settleBy: START }), "times_disordered"],
  ["an expiry before settle-by", ({ settleBy }) => ({ expiry: settleBy - 1n }), "times_disordered"],
  ["a life above a year", () => ({ expiry: days(367) }), "life_too_long"],
  ["the vault as fee account", ({ vault }) => ({ feeAccount: vault }), "fee_account_is_vault"],
  ["the vault as payee", ({ vault }) => ({ payees: [{ account: vault, cap: 1n }] }), "payee_is_vault"],
  ["a payee without a cap", ({ payees }) => ({ payees: withCap(payees, 0n) }), "payee_cap_zero"],
  ["a payee with more than the cap", ({ payees }) => ({ payees: withCap(payees, CAP + 1n) }), "payee_cap_above_cap"],
  ["a payee twice", ({ payees }) => ({ payees: [...payees, ...payees] }), "payee_repeated"],
];
const withCap = (payees: Open["payees"], cap: bigint) => payees.slice(0, 1).map((payee) => ({ ...payee, cap }));

test.each(WRONG_TERMS)("[X13] %s is refused", async (_, change, refusal) => {
  const draft = await drafted();
  expect(await sends(draft, { ...draft.terms, ...change(draft.terms) })).toMatchObject({ refusal });
});

const each = (count: number) => ({ payees: Array.from({ length: count }, () => 1_000n) });

test("[X13] twelve payees fit into a transaction of version 0, 32 into one of version 1, and no escrow takes more", async () => {
  const { opening } = await opened(each(12));
  expect(opening.bytes).toBeLessThanOrEqual(1232);
  const { opening: large, state } = await opened(each(32));
  expect(large.bytes).toBeLessThanOrEqual(4096);
  expect(state().payees).toHaveLength(32);
  const draft = await drafted(each(33));
  const outcome = await draft.chain.sendLarge([open(draft.terms)], [draft.keys.payer], draft.keys.rentPayer);
  expect(outcome).toMatchObject({ refusal: "payees_too_many" });
});

const REFUSED_KINDS: readonly [MintKind, string][] = [
  ["transfer_fee", "mint_transfer_fee"],
  ["hook", "mint_transfer_hook"],
  ["permanent_delegate", "mint_permanent_delegate"],
  ["pausable", "mint_pausable"],
  ["confidential", "mint_confidential"],
  ["confidential_fee", "mint_confidential"],
  ["confidential_mint_burn", "mint_confidential"],
  ["default_frozen", "mint_default_frozen"],
  ["close_authority", "mint_extension_unknown"],
  ["unheard_of", "mint_extension_unknown"],
  ["uninitialized", "mint_malformed"],
  ["malformed", "mint_malformed"],
];

/** The same run with a token of Token-2022 that the members allowed. */
async function withMint(kind: MintKind) {
  const draft = await drafted();
  const { chain, configuring, members, terms, keys } = draft;
  const mint = await chain.mint(kind, TOKEN_2022_PROGRAM);
  const allowing = configure({ ...configuring, mints: [mint], signers: [members[0].address, members[1].address] });
  expect(await chain.send([allowing], [members[0], members[1]])).toMatchObject({ ok: true });
  const put = (where: Address, account: { owner: Address; amount: bigint; asksForMemo?: boolean }) =>
    chain.put(where, tokenAccountBytes({ mint, ...account }), TOKEN_2022_PROGRAM);
  put(terms.source, { owner: keys.payer.address, amount: CAP });
  put(terms.refund, { owner: keys.payer.address, amount: 0n });
  put(terms.feeAccount, { owner: keys.house.address, amount: 0n, asksForMemo: true });
  for (const [line, { account }] of terms.payees.entries())
    put(account, { owner: keys.stranger.address, amount: 0n, asksForMemo: line === 1 });
  return { ...draft, terms: { ...terms, mint, tokenProgram: TOKEN_2022_PROGRAM } };
}

test.each(REFUSED_KINDS)("[X14] a token of the kind %s is refused, though it is allowed", async (kind, refusal) => {
  const draft = await withMint(kind);
  expect(await sends(draft, draft.terms)).toMatchObject({ refusal });
});

test.each<MintKind>(["plain", "metadata_pointer", "default_open"])(
  "[X14] a token of Token-2022 of the kind %s goes all the way; who asks for a memo waits and hinders nobody",
  async (kind) => {
    const draft = await withMint(kind);
    const { chain, terms, keys } = draft;
    expect(await sends(draft, terms)).toMatchObject({ ok: true });
    const earned = [0, 1].map((line) => ({ line, amount: 1_000n }));
    const settling = settle({ ...terms, sequence: 0n, receiptRoot: new Uint8Array(32), last: "last", lines: earned });
    const releasing = release({
      ...terms,
      payees: terms.payees.slice(0, 2).map(({ account }, line) => ({ line, account })),
    });
    expect(await chain.send([settling, releasing], [keys.settler])).toMatchObject({ ok: true });
    expect(terms.payees.map(({ account }) => chain.tokensIn(account))).toEqual([975n, 0n, 0n]);
    expect(chain.tokensIn(terms.feeAccount)).toBe(0n);
    const closing = close({ ...terms, by: "anyone", unclaimed: [] });
    expect(await chain.send([closing])).toMatchObject({ refusal: "earnings_unpaid" });
    const [, second] = terms.payees;
    chain.put(
      second?.account ?? terms.vault,
      tokenAccountBytes({ mint: terms.mint, owner: keys.stranger.address, amount: 0n }),
      TOKEN_2022_PROGRAM,
    );
    const late = release({ ...terms, payees: [{ line: 1, account: second?.account ?? terms.vault }] });
    expect(await chain.send([late, closing])).toMatchObject({ ok: true });
    expect(chain.tokensIn(terms.refund)).toBe(CAP - 1_950n);
  },
);

test("[X14] a token whose accounts come frozen only afterwards keeps nobody from being paid", async () => {
  const draft = await withMint("default_open");
  const { chain, terms, keys } = draft;
  await sends(draft, terms);
  chain.put(terms.mint, mintBytes("default_frozen"), TOKEN_2022_PROGRAM);
  const [payee = { account: terms.vault }] = terms.payees;
  const ending = [
    settle({
      ...terms,
      sequence: 0n,
      receiptRoot: new Uint8Array(32),
      last: "last",
      lines: [{ line: 0, amount: 1_000n }],
    }),
    release({ ...terms, payees: [{ line: 0, account: payee.account }] }),
    close({ ...terms, by: "anyone", unclaimed: [] }),
  ];
  expect(await chain.send(ending, [keys.settler])).toMatchObject({ ok: true });
  expect(chain.tokensIn(payee.account)).toBe(975n);
});

test("[X14] every extension that a mint can have is either refused or shown to be harmless", () => {
  const tried = [
    ...REFUSED_KINDS.map(([kind]) => kind),
    "metadata_pointer",
    "default_open",
    "uninitialized",
    "malformed",
  ];
  expect(Object.keys(EXTENSIONS).filter((kind) => !tried.includes(kind))).toEqual([]);
  expect(mintBytes("hook").length).toBeGreaterThan(165);
});

test("[X15] lamports that a stranger sent to the addresses before do not keep the escrow from being opened", async () => {
  for (const sent of [1n, 5_000_000n, 500_000_000n]) {
    const draft = await drafted();
    const { chain, terms, keys } = draft;
    for (const where of [terms.escrow, terms.vault]) chain.svm.airdrop(where, lamports(sent));
    expect(await sends(draft, terms)).toMatchObject({ ok: true });
    const closing = close({ ...terms, by: "payer_and_settler", unclaimed: [] });
    expect(await chain.send([closing], [keys.payer, keys.settler])).toMatchObject({ ok: true });
    expect(chain.tokensIn(terms.refund)).toBe(CAP);
    expect(chain.lamportsOf(terms.escrow)).toBe(0n);
  }
});

test("[X16] the payer adds to the cap, and to the caps of payees up to it", async () => {
  const run = await opened();
  const { chain, terms, keys } = run;
  const adds = (amount: bigint, raises: { line: number; amount: bigint }[]) =>
    chain.send([topUp({ ...terms, amount, raises })], [keys.payer]);
  expect(await adds(0n, [])).toMatchObject({ refusal: "amount_zero" });
  expect(await adds(100n, [{ line: 2, amount: 101n }])).toMatchObject({ refusal: "payee_cap_above_cap" });
  expect(await adds(100n, [{ line: 3, amount: 1n }])).toMatchObject({ refusal: "line_unknown" });
  expect(await adds(100n, [{ line: 2, amount: 100n }])).toMatchObject({ ok: true });
  expect(run.state()).toMatchObject({ cap: CAP + 100n });
  expect(chain.tokensIn(terms.vault)).toBe(CAP + 100n);
  expect(await adds(20n * CAP, [])).toMatchObject({ ok: false });
  expect(run.state()).toMatchObject({ cap: CAP + 100n });
});

test("[X16] the payer gives more time, and cannot take any back", async () => {
  const run = await opened();
  const { chain, terms, keys } = run;
  const until = (settleBy: bigint, expiry: bigint) =>
    chain.send([extend({ ...terms, settleBy, expiry })], [keys.payer]);
  expect(await until(days(10), days(20))).toMatchObject({ refusal: "not_later" });
  expect(await until(days(9), days(30))).toMatchObject({ refusal: "not_later" });
  expect(await until(days(10), days(19))).toMatchObject({ refusal: "not_later" });
  expect(await until(days(21), days(20))).toMatchObject({ refusal: "times_disordered" });
  expect(await until(days(11), days(367))).toMatchObject({ refusal: "life_too_long" });
  expect(await until(days(25), days(30))).toMatchObject({ ok: true });
  chain.at(30 * DAY + 1);
  expect(await until(days(40), days(40))).toMatchObject({ refusal: "expired" });
});

test("[X16] a settlement names lines by rising number, with amounts, and an empty one only ends the run", async () => {
  const run = await opened();
  const { chain, keys, terms } = run;
  const settles = (rows: [number, bigint][], last: "last" | "more_to_come" = "more_to_come") =>
    chain.send([settle(run.settling(0, rows, last))], [keys.settler]);
  expect(await settles([])).toMatchObject({ refusal: "nothing_settled" });
  expect(await settles([[0, 0n]])).toMatchObject({ refusal: "amount_zero" });
  expect(
    await settles([
      [0, 1n],
      [0, 1n],
    ]),
  ).toMatchObject({ refusal: "lines_disordered" });
  expect(
    await settles([
      [1, 1n],
      [0, 1n],
    ]),
  ).toMatchObject({ refusal: "lines_disordered" });
  expect(await settles([], "last")).toMatchObject({ ok: true });
  const adding = topUp({ ...terms, amount: 1n, raises: [] });
  expect(await chain.send([adding], [keys.payer])).toMatchObject({ refusal: "finished" });
  expect(await chain.send([saying(adding, Uint8Array.of(99))], [keys.payer])).toMatchObject({
    refusal: "instruction_unknown",
  });
});
