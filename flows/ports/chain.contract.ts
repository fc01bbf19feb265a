import { beforeEach, describe, expect, test } from "vitest";
import type { ChainPort, Lifetime } from "./chain";

/** A chain under test: it takes `made` transactions, and can be told what to do with them. */
export type ChainUnderTest = {
  chain: ChainPort;
  /** A whole signed transaction with this lifetime, and the name that it lands under. Each is another. */
  made(lifetime: Lifetime): Promise<{ transaction: string; signature: string }>;
  /** What becomes of the next transaction that is sent. */
  nextSend(fault: "drop" | "cut_after_landing"): Promise<void>;
  pass(blocks: number): Promise<void>;
};

/** Rules that every chain must keep for intents to be safe on it. */
export function chainContract(name: string, open: () => Promise<ChainUnderTest>) {
  describe(`chain: ${name}`, () => {
    let under: ChainUnderTest;
    beforeEach(async () => {
      under = await open();
    });

    async function fresh() {
      const lifetime = await under.chain.lifetime();
      if (!lifetime.ok) throw new Error(lifetime.error.reason);
      return { lifetime: lifetime.value, ...(await under.made(lifetime.value)) };
    }

    async function seen(signature: string) {
      const sighting = await under.chain.look(signature);
      if (!sighting.ok) throw new Error(sighting.error.reason);
      return sighting.value;
    }

    test("[S6] what was sent lands once, however often the same bytes are sent, and is final in the end", async () => {
      const { transaction, signature } = await fresh();
      expect(await under.chain.rehearse(transaction)).toMatchObject({ ok: true });
      for (let sent = 0; sent < 3; sent++) await under.chain.send(transaction);
      const first = await seen(signature);
      expect(first).toMatchObject({ seen: "landed", failed: null });
      await under.pass(60);
      expect(await seen(signature)).toEqual({ ...first, final: true });
    });

    test("[S6] an answer that got lost says nothing: the signature tells that it landed", async () => {
      const { transaction, signature } = await fresh();
      await under.nextSend("cut_after_landing");
      expect(await under.chain.send(transaction)).toMatchObject({ error: { code: "outcome_unknown" } });
      expect(await seen(signature)).toMatchObject({ seen: "landed" });
    });

    test("[S7] what nobody saw has expired only when finalized history is past its last height, and lands no more then", async () => {
      const { transaction, signature, lifetime } = await fresh();
      await under.nextSend("drop");
      await under.chain.send(transaction);
      const early = await seen(signature);
      expect(early.seen === "nothing" && early.finalizedHeight <= lifetime.lastValidBlockHeight).toBe(true);
      await under.pass(250);
      const late = await seen(signature);
      expect(late.seen === "nothing" && late.finalizedHeight > lifetime.lastValidBlockHeight).toBe(true);
      await under.chain.send(transaction);
      expect(await seen(signature)).toMatchObject({ seen: "nothing" });
      expect(await under.chain.rehearse(transaction)).toMatchObject({ ok: false });
    });

    test("[S7] fees and rent are what the chain says", async () => {
      const rent = await under.chain.rentOf(165);
      expect(rent.ok && rent.value > 0n).toBe(true);
      expect(await under.chain.priority([])).toMatchObject({ ok: true });
    });
  });
}
