import { expect, test } from "vitest";
import { payable } from "@/programs/clients/escrow-account";
import { close, dispute, release, resolve, settle } from "@/programs/clients/escrow-instructions";
import { CAP, DAY, opened, type Run } from "./run.contract";

const settled = async (wishes: Parameters<typeof opened>[0] = {}) => {
  const run = await opened({ windowSeconds: DAY, ...wishes });
  await run.chain.send(
    [
      settle(
        run.settling(
          0,
          [
            [0, 100_000n],
            [1, 200_000n],
          ],
          "last",
        ),
      ),
    ],
    [run.keys.settler],
  );
  return run;
};
const disputes = (run: Run, lines: number[]) => run.chain.send([dispute(run.disputing(lines))], [run.keys.payer]);
const decides = (run: Run, line: number, toPayee: bigint) =>
  run.chain.send([resolve(run.resolving(line, toPayee))], [run.keys.arbiter]);
const balances = (run: Run) => run.payeeAccounts.map(run.chain.tokensIn);

test("[X8] what the payer disputes inside the window waits; the other lines are paid", async () => {
  const run = await settled();
  expect(await disputes(run, [0])).toMatchObject({ ok: true });
  run.chain.at(DAY);
  expect(await run.chain.send([release(run.releasing([0, 1]))])).toMatchObject({ ok: true });
  expect(balances(run)).toEqual([0n, 195_000n, 0n]);
  expect(await run.chain.send([close(run.closing("anyone"))])).toMatchObject({ refusal: "earnings_unpaid" });
});

test("[X8] the arbiter divides it between that payee and the payer, and nothing of it can be earned again", async () => {
  const run = await settled();
  await disputes(run, [0]);
  expect(await decides(run, 0, 100_001n)).toMatchObject({ refusal: "more_than_disputed" });
  expect(await decides(run, 0, 40_000n)).toMatchObject({ ok: true });
  expect(await decides(run, 0, 40_000n)).toMatchObject({ refusal: "nothing_disputed" });
  run.chain.at(DAY);
  await run.chain.send([release(run.releasing([0, 1])), close(run.closing("anyone"))]);
  expect(balances(run)).toEqual([39_000n, 195_000n, 0n]);
  expect(run.chain.tokensIn(run.terms.refund)).toBe(CAP - 240_000n);
});

test("[X8] after the window it is too late, and without a window there is nothing to dispute", async () => {
  const run = await settled();
  expect(await disputes(run, [2])).toMatchObject({ refusal: "window_over" });
  run.chain.at(DAY);
  expect(await disputes(run, [0])).toMatchObject({ refusal: "window_over" });
  expect(await disputes(await settled({ windowSeconds: 0 }), [0])).toMatchObject({ refusal: "window_over" });
});

test("[X9] what nobody decides within thirty days is the payee's; the expiry takes nothing that was earned", async () => {
  const run = await settled();
  await disputes(run, [0, 1]);
  run.chain.at(30 * DAY - 1);
  expect(await run.chain.send([release(run.releasing([0, 1]))])).toMatchObject({ refusal: "nothing_to_release" });
  expect(await run.chain.send([close(run.closing("anyone"))])).toMatchObject({ refusal: "earnings_unpaid" });
  run.chain.at(30 * DAY);
  expect(await decides(run, 0, 0n)).toMatchObject({ refusal: "nothing_disputed" });
  const [first] = run.state().payees;
  expect(first && payable(first, run.chain.now())).toBe(100_000n);
  expect(await run.chain.send([release(run.releasing([0, 1])), close(run.closing("anyone"))])).toMatchObject({
    ok: true,
  });
  expect(balances(run)).toEqual([97_500n, 195_000n, 0n]);
});
