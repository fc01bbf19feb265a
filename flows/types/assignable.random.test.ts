import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { assignable } from "./assignable";
import type { JsonSchema } from "./json-schema";
import { type Dice, dice, nearby, randomSchema } from "./random-schemas.contract";
import { randomValue } from "./random-values.contract";

/** Fits a value by the library alone, past our own door. */
function judge(schema: JsonSchema): (value: Json) => boolean {
  const validator = new Validator(schema as object, "2020-12");
  return (value) => validator.validate(value).valid;
}

type Pair = { from: JsonSchema; to: JsonSchema };

function randomPair(chance: Dice): Pair {
  const from = randomSchema(chance);
  if (chance.odds(30)) return { from, to: randomSchema(chance) };
  const changed = nearby(from, chance);
  const to = chance.odds(30) ? nearby(changed, chance) : changed;
  return chance.odds(50) ? { from, to } : { from: to, to: from };
}

/** Why an answer is wrong, or null. */
function wrong({ from, to }: Pair, chance: Dice): string | null {
  const answer = assignable(from, to);
  tally[answer.answer] += 1;
  if (answer.answer === "unknown") return null;
  const [allows, fits] = [judge(from), judge(to)];
  if (answer.answer === "no") {
    const holds = allows(answer.counterExample) && !fits(answer.counterExample);
    return holds ? null : `${JSON.stringify({ from, to, answer })} is no counter-example`;
  }
  for (let tries = 0; tries < 6; tries++) {
    const source = tries < 4 ? from : to;
    const value = randomValue(source, { chance, root: source });
    if (!allows(value)) continue;
    tally.values += 1;
    if (!fits(value)) return `${JSON.stringify({ from, to, value })} is a false yes`;
  }
  return null;
}

const tally = { yes: 0, no: 0, unknown: 0, values: 0 };
const PAIRS_PER_SEED = 50;

test("[T4] of random schemas no yes is false and every no holds, by the library's word", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const chance = dice(seed);
      for (let pair = 0; pair < PAIRS_PER_SEED; pair++) expect(wrong(randomPair(chance), chance)).toBeNull();
    }),
  );
  const share = (answers: number) => answers / (tally.yes + tally.no + tally.unknown);
  expect(share(tally.unknown)).toBeLessThan(0.06);
  expect(share(tally.yes)).toBeGreaterThan(0.3);
  expect(tally.values).toBeGreaterThan(tally.yes);
});
