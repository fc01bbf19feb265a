import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [
    name ?? "",
    { light: light ?? "", dark: dark ?? "" },
  ]),
);

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["ground", "surface", "raised", "sunken", "well", "hover", "selected"];
const STATES = ["ok", "warn", "bad", "live"];
const PORTS = ["text", "number", "boolean", "object", "list", "file", "money", "secret", "unknown"];
const MONEY = ["worst", "reserved", "spent", "left"];
const pairs = (fronts: string[], backs: string[]) => fronts.flatMap((front) => backs.map((back) => [front, back]));

/** Everything that is written on something, and the least contrast it may have. */
const RULES: [number, string[][]][] = [
  [7, pairs(["ink", ...MONEY.map((role) => `money-${role}`)], GROUNDS)],
  [
    7,
    pairs(
      ["ink"],
      STATES.map((state) => `${state}-soft`),
    ),
  ],
  [4.5, pairs(["muted", "faint", "accent-ink", ...STATES], GROUNDS)],
  [
    4.5,
    pairs(
      ["muted"],
      STATES.map((state) => `${state}-soft`),
    ),
  ],
  [4.5, STATES.map((state) => [state, `${state}-soft`])],
  [4.5, pairs(["on-accent"], ["accent", "accent-hover"])],
  [
    4.5,
    pairs(
      PORTS.map((type) => `port-${type}`),
      GROUNDS,
    ),
  ],
  [3, pairs(["control", "focus"], ["ground", "surface", "raised", "sunken", "well"])],
];

test.each(["light", "dark"] as const)("every text and edge can be read in the %s theme", (theme) => {
  const value = (name = "") => colours.get(name)?.[theme] ?? expect.fail(`no colour called ${name}`);
  const weak = RULES.flatMap(([least, used]) =>
    used
      .map(([front, back]) => ({ front, back, least, ratio: contrast(value(front), value(back)) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ front, back, ratio }) => `${front} on ${back}: ${ratio.toFixed(2)} < ${least}`),
  );
  expect(weak).toEqual([]);
});

test("the four words for money keep four different colours", () => {
  for (const theme of ["light", "dark"] as const)
    expect(new Set(MONEY.map((role) => colours.get(`money-${role}`)?.[theme])).size).toBe(4);
});
