import fc from "fast-check";

const { LONG, SEED } = process.env;

/** How often a property is tried: a few hundred times while working, many times in `npm run test:long`, whose seed is printed. */
fc.configureGlobal({ numRuns: LONG ? 20_000 : 400, ...(SEED ? { seed: Number(SEED) } : {}) });
