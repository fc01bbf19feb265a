import { beforeEach, describe, expect, test } from "vitest";
import { close, extend, open, release, resolve, settle, topUp } from "@/programs/clients/escrow-instructions";
import { CAP, DAY, opened, type Run } from "./run.contract";
import { exchanged } from "./tampering.contract";

// It holds the keys of the settler, the sponsor (who lent the rent), the receipts and the house. It does not hold those of
// the payer, the arbiter and the members who may pause.

describe("a runner that was taken over", () => {
  let run: Run;
  beforeEach(async () => {
    run = await opened({ windowSeconds: DAY });
  });
  const settles = (sequence: number, lines: [number, bigint][]) =>
    run.chain.send([settle(run.settling(sequence, lines))], [run.keys.settler]);

  test("[X2] cannot exceed a payee's cap, in one settlement or in several", async () => {
    expect(await settles(0, [[0, 600_001n]])).toMatchObject({ refusal: "payee_cap_exceeded" });
    expect(await settles(0, [[0, 600_000n]])).toMatchObject({ ok: true });
    expect(await settles(1, [[0, 1n]])).toMatchObject({ refusal: "payee_cap_exceeded" });
  });

  test("[X2] cannot exceed the cap of all, though each payee has room", async () => {
    expect(
      await settles(0, [
        [0, 600_000n],
        [1, 400_001n],
      ]),
    ).toMatchObject({ refusal: "cap_exceeded" });
    expect(
      await settles(0, [
        [0, 600_000n],
        [1, 400_000n],
      ]),
    ).toMatchObject({ ok: true });
    expect(await settles(1, [[2, 1n]])).toMatchObject({ refusal: "cap_exceeded" });
  });

  test("[X2] cannot wrap a sum around", async () => {
    await settles(0, [[0, 1n]]);
    expect(await settles(1, [[0, 2n ** 64n - 1n]])).toMatchObject({ refusal: "amount_overflow" });
  });

  test("[X3] cannot pay a stranger: not by another account in a release, not by a line that is not there", async () => {
    const { chain, strangersAccount, terms } = run;
    await settles(0, [[0, 500_000n]]);
    chain.at(DAY);
    const releasing = release(run.releasing([0]));
    expect(await chain.send([exchanged(releasing, 5, strangersAccount)])).toMatchObject({
      refusal: "payee_account_wrong",
    });
    expect(await chain.send([exchanged(releasing, 4, strangersAccount)])).toMatchObject({
      refusal: "fee_account_wrong",
    });
    expect(await settles(1, [[3, 1n]])).toMatchObject({ refusal: "line_unknown" });
    expect(await chain.send([exchanged(close(run.closing("anyone")), 4, strangersAccount)])).toMatchObject({
      refusal: "refund_account_wrong",
    });
    expect(chain.tokensIn(terms.vault)).toBe(CAP);
  });

  test("[X3] cannot change the table: opening again is refused, and so is topping up without the payer", async () => {
    const { chain, keys, terms } = run;
    expect(await chain.send([open(terms)], [keys.payer], keys.rentPayer)).toMatchObject({ refusal: "escrow_exists" });
    const adding = topUp({ ...terms, payer: keys.settler.address, amount: 1n, raises: [{ line: 0, amount: 1n }] });
    expect(await chain.send([adding], [keys.settler])).toMatchObject({ refusal: "payer_wrong" });
  });

  test("[X4] cannot settle after settle-by, nor move it", async () => {
    const { chain, keys, terms } = run;
    chain.at(10 * DAY + 1);
    expect(await settles(0, [[0, 1n]])).toMatchObject({ refusal: "settle_by_passed" });
    const later = extend({ ...terms, payer: keys.settler.address, settleBy: terms.expiry, expiry: terms.expiry });
    expect(await chain.send([later], [keys.settler])).toMatchObject({ refusal: "payer_wrong" });
    chain.at(10 * DAY);
    expect(await settles(0, [[0, 1n]])).toMatchObject({ ok: true });
  });

  test("[X5] cannot settle twice: neither the same transaction nor the same receipts", async () => {
    const { chain, keys } = run;
    const first = run.settling(0, [[0, 1_000n]]);
    expect(await chain.send([settle(first)], [keys.settler])).toMatchObject({ ok: true });
    expect(await chain.send([settle(first)], [keys.settler])).toMatchObject({ refusal: "sequence_wrong" });
    const again = settle({ ...first, sequence: 1n });
    expect(await chain.send([again], [keys.settler])).toMatchObject({ refusal: "receipt_root_repeated" });
    expect(await settles(7, [[0, 1n]])).toMatchObject({ refusal: "sequence_wrong" });
    expect(run.state()).toMatchObject({ earned: 1_000n, sequence: 1n });
  });

  test("[X5] cannot settle once it said that it was the last time", async () => {
    const { chain, keys } = run;
    await chain.send([settle(run.settling(0, [[0, 1n]], "last"))], [keys.settler]);
    expect(await settles(1, [[0, 1n]])).toMatchObject({ refusal: "finished" });
  });

  test("[X6] cannot take rent that somebody else lent, nor close early without the payer", async () => {
    const { chain, keys } = run;
    const closing = close(run.closing("anyone"));
    expect(await chain.send([exchanged(closing, 5, keys.settler.address)])).toMatchObject({
      refusal: "rent_payer_wrong",
    });
    expect(await chain.send([closing])).toMatchObject({ refusal: "close_too_early" });
    const pretended = exchanged(close(run.closing("payer_and_settler")), 6, keys.stranger.address);
    expect(await chain.send([pretended], [keys.settler, keys.stranger])).toMatchObject({ refusal: "payer_wrong" });
  });

  test("[X7] cannot stop a release: anybody calls it, closed accounts of others and of the house do not hinder it", async () => {
    const { chain, terms, payeeAccounts } = run;
    await settles(0, [
      [0, 100_000n],
      [1, 200_000n],
    ]);
    expect(await chain.send([release(run.releasing([0]))])).toMatchObject({ refusal: "nothing_to_release" });
    chain.at(DAY);
    chain.put(terms.feeAccount, new Uint8Array(0), keysOf(run).house);
    chain.put(payeeAccounts[0] ?? terms.vault, new Uint8Array(0), keysOf(run).stranger);
    expect(await chain.send([release(run.releasing([0, 1]))])).toMatchObject({ ok: true });
    expect(chain.tokensIn(payeeAccounts[1] ?? terms.vault)).toBe(195_000n);
    expect(run.state().payees[0]).toMatchObject({ paid: 0n, earned: 100_000n });
  });

  test("[X7] cannot hold back what is payable by settling dust before each window ends", async () => {
    const { chain, payeeAccounts, terms } = run;
    await settles(0, [[0, 100_000n]]);
    chain.at(DAY);
    await settles(1, [[0, 1n]]);
    expect(await chain.send([release(run.releasing([0]))])).toMatchObject({ ok: true });
    expect(chain.tokensIn(payeeAccounts[0] ?? terms.vault)).toBe(97_500n);
  });

  test("[X7] cannot stop the refund: after the expiry anybody sends the rest back", async () => {
    const { chain, terms } = run;
    chain.at(20 * DAY);
    expect(await chain.send([close(run.closing("anyone"))])).toMatchObject({ refusal: "close_too_early" });
    chain.at(20 * DAY + 1);
    expect(await chain.send([close(run.closing("anyone"))])).toMatchObject({ ok: true });
    expect(chain.tokensIn(terms.refund)).toBe(CAP);
  });

  test("[X8] cannot decide a dispute", async () => {
    const { chain, keys, terms } = run;
    const deciding = resolve({ ...terms, arbiter: keys.settler.address, line: 0, toPayee: 0n });
    expect(await chain.send([deciding], [keys.settler])).toMatchObject({ refusal: "arbiter_wrong" });
  });
});

const keysOf = ({ keys }: Run) => ({ house: keys.house.address, stranger: keys.stranger.address });
