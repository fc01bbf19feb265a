import { beforeAll, describe, expect, test } from "vitest";
import type { Came, Case } from "./around.contract";
import { bodies } from "./bodies.contract";
import { calls } from "./calls.contract";
import { inMemory } from "./in-memory.contract";
import { people } from "./people.contract";
import { caseOf } from "./row.contract";
import { values } from "./values.contract";

/** Each says what must come of it, and none takes its word from a driver. */
export const conformanceCases = (): Case[] => [...calls, ...people, ...bodies, ...values].map(caseOf);

/** Every driver brings every case to the same end, at the same cost, with the same receipts. [R1] [R7] */
export function conformance(driver: string, runAll: (cases: readonly Case[]) => Promise<readonly Came[]>) {
  describe(`conformance: ${driver}`, () => {
    const cases = conformanceCases();
    let came: readonly Came[] = [];
    beforeAll(async () => {
      came = await runAll(cases);
    });
    test.each(cases.map((each, place) => [each.name, place] as const))("%s", async (_, place) => {
      const { receipts, ...found } = came[place] as Came;
      const wanted = cases[place] as Case;
      expect(found).toEqual(wanted.expected);
      expect(receipts).toEqual((await inMemory(wanted)).receipts);
    });
  });
}
