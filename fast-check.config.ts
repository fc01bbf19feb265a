import fc from "fast-check";

/** How often a property is tried: a few hundred times while working, many times in `npm run test:long`. */
fc.configureGlobal({ numRuns: process.env.LONG ? 20_000 : 400 });
