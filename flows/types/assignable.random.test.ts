import fc from "fast-check";
import { expect, test } from "vitest";
import { admits } from "./admits";
import { assignable } from "./assignable";
import type { JsonSchema } from "./json-schema";
import { readsAsFitting } from "./plain-reading.contract";
import { type Dice, dice, nearby, randomSchema } from "./random-schemas.contract";
import { randomValue } from "./random-values.contract";
import { readSchema } from "./read-schema";
import { validate } from "./validate";

/** Pairs are drawn 50 to a seed, because drawing them through the library would take longer than judging them. */
const PAIRS_PER_SEED = 50;

type Pair = { from: JsonSchema; to: JsonSchema };

function randomPair(chance: Dice): Pair {
  const from = randomSchema(chance);
  if (chance.odds(30)) return { from, to: randomSchema(chance) };
  const changed = nearby(from, chance);
  const to = chance.odds(30) ? nearby(changed, chance) : changed;
  return chance.odds(50) ? { from, to } : { from: to, to: from };
}

const tally = { yes: 0, no: 0, unknown: 0, values: 0 };

/** What is wrong with the answer about a pair, or null. */
function wrong({ from, to }: Pair, chance: Dice): string | null {
  const answer = assignable(from, to);
  tally[answer.answer] += 1;
  if (answer.answer === "no") {
    const { counterExample } = answer;
    const holds = readsAsFitting(from, counterExample) && !readsAsFitting(to, counterExample);
    return holds ? null : `${JSON.stringify({ from, to, counterExample })} is no counter-example`;
  }
  if (answer.answer === "unknown") return null;
  for (let tries = 0; tries < 4; tries++) {
    const source = tries < 3 ? from : to;
    const value = randomValue(source, { chance, root: source });
    if (!readsAsFitting(from, value)) continue;
    tally.values += 1;
    if (!validate(to, value).ok) return `${JSON.stringify({ from, to, value })} is a false yes`;
  }
  return null;
}

test("[T4] of random schemas no yes is false and every no holds", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const chance = dice(seed);
      for (let pair = 0; pair < PAIRS_PER_SEED; pair++) expect(wrong(randomPair(chance), chance)).toBeNull();
    }),
  );
  const all = tally.yes + tally.no + tally.unknown;
  expect(tally.unknown / all).toBeLessThan(0.06);
  expect(tally.yes / all).toBeGreaterThan(0.3);
  expect(tally.values).toBeGreaterThan(tally.yes);
});

test("[T4] a schema fits itself, and two yeses in a row are never a no", () => {
  let chains = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const chance = dice(seed);
      const middle = randomSchema(chance);
      const [first, last] = [nearby(middle, chance), nearby(middle, chance)];
      expect(assignable(middle, structuredClone(middle)).answer).not.toBe("no");
      expect(assignable(middle, middle).answer).not.toBe("no");
      const linked = assignable(first, middle).answer === "yes" && assignable(middle, last).answer === "yes";
      chains += linked ? 1 : 0;
      if (linked) expect(assignable(first, last).answer).not.toBe("no");
    }),
  );
  expect(chains).toBeGreaterThan(10);
});

test("[T1] the validator and the compiler read schemas as the standard words them", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const chance = dice(seed);
      const schema = randomSchema(chance);
      const read = readSchema(schema);
      for (let tries = 0; read.ok && tries < 8; tries++) {
        const value = randomValue(schema, { chance, root: schema });
        const fits = readsAsFitting(schema, value);
        expect([schema, value, validate(schema, value).ok]).toEqual([schema, value, fits]);
        expect([schema, value, admits(read.value.node(), value)]).not.toEqual([schema, value, fits ? "no" : "yes"]);
      }
    }),
  );
});
