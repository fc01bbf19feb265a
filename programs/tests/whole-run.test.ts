import { expect, test } from "vitest";
import { eventsOf } from "@/programs/clients/escrow-events";
import { close, release, settle } from "@/programs/clients/escrow-instructions";
import { PROGRAM } from "./chain.contract";
import { CAP, opened } from "./run.contract";

test("[X1] a run without a window takes two transactions: everybody is paid, the rest and the rent return", async () => {
  const run = await opened();
  const { chain, terms, keys, payeeAccounts } = run;
  expect(chain.tokensIn(terms.vault)).toBe(CAP);
  const rent = chain.lamportsOf(terms.escrow) + chain.lamportsOf(terms.vault);
  const before = chain.lamportsOf(keys.rentPayer.address);
  const outcome = await chain.send(
    [
      settle(
        run.settling(
          0,
          [
            [0, 400_000n],
            [2, 100_001n],
          ],
          "last",
        ),
      ),
      release(run.releasing([0, 2])),
      close(run.closing("anyone")),
    ],
    [keys.settler],
  );
  expect(outcome).toMatchObject({ ok: true });
  expect(payeeAccounts.map(chain.tokensIn)).toEqual([390_000n, 0n, 97_501n]);
  expect(chain.tokensIn(terms.feeAccount)).toBe(12_500n);
  expect(chain.tokensIn(terms.refund)).toBe(CAP - 500_001n);
  expect(chain.data(terms.escrow)).toBeUndefined();
  expect(chain.data(terms.vault)).toBeUndefined();
  expect(chain.lamportsOf(keys.rentPayer.address)).toBe(before + rent);
  expect(eventsOf(outcome.log, PROGRAM).map(({ kind }) => kind)).toEqual(["settled", "released", "closed"]);
});
