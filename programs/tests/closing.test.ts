import { expect, test } from "vitest";
import { associatedAddress } from "@/programs/clients/escrow-addresses";
import { close, release, settle } from "@/programs/clients/escrow-instructions";
import { CAP, DAY, opened, type Run } from "./run.contract";
import { exchanged } from "./tampering.contract";
import { tokenAccountBytes } from "./token-bytes.contract";

const closes = ({ chain, closing }: Run, lines: number[] = []) => chain.send([close(closing("anyone", lines))]);
const nowhere = new Uint8Array(0);

/** A run of which one payee earned something and closed its account. */
async function unclaimed() {
  const run = await opened();
  const [account = run.terms.vault] = run.payeeAccounts;
  await run.chain.send([settle(run.settling(0, [[0, 100_000n]], "last"))], [run.keys.settler]);
  run.chain.put(account, nowhere, run.keys.stranger.address);
  return { run, account };
}

test("[X6] the payer and the settler together close at any time; what was earned is paid first", async () => {
  const run = await opened();
  const { chain, keys, terms } = run;
  await chain.send([settle(run.settling(0, [[0, 100_000n]]))], [keys.settler]);
  const closing = close(run.closing("payer_and_settler"));
  expect(await chain.send([closing], [keys.payer, keys.settler])).toMatchObject({ refusal: "earnings_unpaid" });
  expect(await chain.send([release(run.releasing([0])), closing], [keys.payer, keys.settler])).toMatchObject({
    ok: true,
  });
  expect(chain.tokensIn(terms.refund)).toBe(CAP - 100_000n);
});

test("[X6] all that lies in the vault returns, also what strangers put there", async () => {
  const run = await opened();
  const { chain, terms } = run;
  chain.put(terms.vault, tokenAccountBytes({ mint: terms.mint, owner: terms.escrow, amount: CAP + 77n }));
  chain.at(21 * DAY);
  expect(await closes(run)).toMatchObject({ ok: true });
  expect(chain.tokensIn(terms.refund)).toBe(CAP + 77n);
});

test("[X9] what a payee cannot take waits half a year after the expiry, and only then returns", async () => {
  const { run, account } = await unclaimed();
  const { chain, terms } = run;
  chain.at(200 * DAY);
  expect(await closes(run, [0])).toMatchObject({ refusal: "earnings_unpaid" });
  chain.at(200 * DAY + 1);
  expect(await closes(run)).toMatchObject({ refusal: "earnings_unpaid" });
  chain.put(account, tokenAccountBytes({ mint: terms.mint, owner: terms.payer, amount: 0n, state: "frozen" }));
  expect(await closes(run, [0])).toMatchObject({ ok: true });
  expect(chain.tokensIn(terms.refund)).toBe(CAP);
});

test("[X9] a payee whose account is there again is paid, however late it is", async () => {
  const { run, account } = await unclaimed();
  const { chain, terms, keys } = run;
  chain.at(400 * DAY);
  chain.put(account, tokenAccountBytes({ mint: terms.mint, owner: keys.stranger.address, amount: 0n }));
  expect(await closes(run, [0])).toMatchObject({ refusal: "earnings_unpaid" });
  expect(await chain.send([release(run.releasing([0])), close(run.closing("anyone"))])).toMatchObject({ ok: true });
  expect(chain.tokensIn(account)).toBe(97_500n);
});

test("[X17] when the refund account is gone, the payer's associated account takes the rest", async () => {
  const run = await opened();
  const { chain, terms, keys } = run;
  chain.at(21 * DAY);
  chain.put(terms.refund, nowhere, keys.stranger.address);
  expect(await closes(run)).toMatchObject({ ok: false });
  const associated = await associatedAddress(terms.payer, terms.mint);
  const closing = exchanged(close(run.closing("anyone")), 4, associated);
  expect(await chain.send([closing])).toMatchObject({ refusal: "refund_account_wrong" });
  chain.put(associated, tokenAccountBytes({ mint: terms.mint, owner: keys.stranger.address, amount: 0n }));
  expect(await chain.send([closing])).toMatchObject({ refusal: "refund_account_wrong" });
  chain.put(associated, tokenAccountBytes({ mint: terms.mint, owner: terms.payer, amount: 0n }));
  expect(await chain.send([closing])).toMatchObject({ ok: true });
  expect(chain.tokensIn(associated)).toBe(CAP);
});
