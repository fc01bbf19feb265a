import { close, release, settle } from "@/programs/clients/escrow-instructions";
import { CAP, DAY, opened } from "./run.contract";

const TOKEN_PROGRAM_LOG = /^Program TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA consumed (\d+) of/;

/** What the calls of a run cost with so many payees, in compute units and bytes of version 0. */
export async function costsWith(payees: number) {
  const run = await opened({ payees: Array.from({ length: payees }, () => CAP / 32n) });
  const { chain, keys } = run;
  const lines = Array.from({ length: payees }, (_, line) => line);
  const rows = lines.map((line) => [line, 1_000n] as const);
  const settled = await chain.sendLarge([settle(run.settling(0, rows, "last"))], [keys.settler]);
  const released = await (payees > 16 ? chain.sendLarge : chain.send)([release(run.releasing(lines))]);
  const closed = await chain.send([close(run.closing("anyone"))]);
  for (const outcome of [settled, released, closed]) if (!outcome.ok) throw new Error(outcome.refusal);
  const transfer = released.log.map((line) => TOKEN_PROGRAM_LOG.exec(line)?.[1]).find(Boolean);
  return {
    open: run.opening.computeUnits,
    settle: unitsOf(settled),
    release: unitsOf(released),
    close: unitsOf(closed),
    releaseBytes: released.bytes,
    tokenTransfer: Number(transfer),
  };
}

const unitsOf = (outcome: { ok: boolean; computeUnits?: number }) => outcome.computeUnits ?? Number.NaN;

/** How many transactions a run takes by itself, however many calls it makes. */
export async function transactionsPerRun(windowSeconds: number): Promise<number> {
  const run = await opened({ windowSeconds });
  const { chain, keys, terms } = run;
  const settling = settle(
    run.settling(
      0,
      [
        [0, 1_000n],
        [1, 1_000n],
      ],
      "last",
    ),
  );
  const ending = [release(run.releasing([0, 1])), close(run.closing("anyone"))];
  const steps = windowSeconds === 0 ? [[settling, ...ending]] : [[settling], ending];
  for (const step of steps) {
    const outcome = await chain.send(step, [keys.settler]);
    if (!outcome.ok) throw new Error(outcome.refusal);
    chain.at(DAY);
  }
  if (chain.data(terms.escrow)) throw new Error("the escrow is still there");
  return 1 + steps.length;
}

/** The most payees that one release of a version pays in one packet. */
export async function payeesPerRelease(version: 0 | 1): Promise<number> {
  for (let count = 32; count > 0; count -= 1) {
    const run = await opened({ payees: Array.from({ length: count }, () => 1_000n) });
    const lines = Array.from({ length: count }, (_, line) => line);
    const rows = lines.map((line) => [line, 1_000n] as const);
    await run.chain.sendLarge([settle(run.settling(0, rows, "last"))], [run.keys.settler]);
    const send = version === 0 ? run.chain.send : run.chain.sendLarge;
    const outcome = await send([release(run.releasing(lines))]);
    if (outcome.ok) return count;
  }
  return 0;
}
