// npm run bench -- NAME [--json]: the one way to run a benchmark. Each is a file beside this one.
import { install } from "../../server/launch/install.mjs";
import { prepare } from "../../server/launch/prepare.mjs";

/** @type {Record<string, () => Promise<{ measure: (words: readonly string[]) => Promise<object> }>>} */
const BENCHES = {
  approvals: () => import("./approvals.mjs"),
  canvas: () => import("./canvas.mjs"),
  compile: () => import("./compile.mjs"),
  footprint: () => import("./footprint.mjs"),
  hostile: () => import("./hostile.mjs"),
  registry: () => import("./registry.mjs"),
  runtime: () => import("./runtime.mjs"),
  settlement: () => import("./settlement.mjs"),
};

const words = process.argv.slice(2);
const name = words.find((word) => !word.startsWith("-")) ?? "";
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (!bench) {
  console.error(`Say which: npm run bench -- ${Object.keys(BENCHES).join(" | ")} [--json]`);
  process.exit(2);
}
await install();
await prepare();
const figures = await (await bench()).measure(words);
if (words.includes("--json")) console.log(JSON.stringify(figures));
else for (const [figure, value] of Object.entries(figures)) console.log(`${figure.padEnd(16)}${JSON.stringify(value)}`);
