import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROUNDS = { small: 300, middle: 40, large: 7, edits: 120 };

/**
 * How long compiling takes, in milliseconds: medians, warm, the hash included. `n…Ms` compile a copy of the whole drawing;
 * `edit1000Ms` is the worker's compiler after a change of one setting: in turn a condition, a value, a rule, a cap and
 * the bound of a map. `editCost1000Ms` are only the last two, which change what everything costs; `wire1000Ms` and `node1000Ms` after a wire and a node more or less. `growth` is n10000 over n1000.
 */
export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), "studio-bench-"));
  try {
    const { bench } = await bundled(folder);
    return bench(ROUNDS);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The core as one file for Node, from sources: what is measured is what stands there. @param {string} folder */
async function bundled(folder) {
  const { build } = await import("esbuild");
  const outfile = join(folder, "compile.cjs");
  const entry = { contents: ENTRY, resolveDir: process.cwd(), loader: /** @type {const} */ ("ts") };
  await build({ stdin: entry, bundle: true, platform: "node", format: "cjs", outfile, logLevel: "error" });
  return createRequire(import.meta.url)(outfile);
}

const ENTRY = `
import { compile } from "./flows/compile/compile";
import { incrementalCompiler } from "./flows/compile/incremental";
import { benchAgents, largeFlow } from "./flows/examples/large-flow";
import { applyEdit } from "./flows/graph/edit";
import { catalog } from "./flows/nodes/catalog";

const registry = { kinds: catalog, manifests: benchAgents };
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
const hundredths = (ms) => Math.round(ms * 100) / 100;

function timed(act) {
  const before = performance.now();
  const answer = act();
  const ms = performance.now() - before;
  if (!answer.ok) throw new Error(JSON.stringify(answer.error[0]));
  return { ms, hash: answer.value.hash };
}

function whole(size, rounds) {
  const document = largeFlow(size);
  const copies = Array.from({ length: rounds }, () => () => structuredClone(document));
  const times = copies.map((copy) => {
    const drawn = copy();
    return timed(() => compile(drawn, registry)).ms;
  });
  return median(times.slice(Math.floor(rounds / 5)));
}

function edited(rounds, changes) {
  let document = largeFlow(1000);
  const incremental = incrementalCompiler(registry);
  incremental(document);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    for (const change of changes) {
      const next = applyEdit(document, change(round, document));
      if (!next.ok) throw new Error(next.error.code);
      document = next.value;
      const { ms, hash } = timed(() => incremental(document));
      times.push(ms);
      if (round % 40 === 0 && timed(() => compile(structuredClone(document), registry)).hash !== hash)
        throw new Error("what was compiled anew differs");
    }
  }
  return median(times.slice(Math.floor(times.length / 5)));
}

const section = (round) => "s" + ((round * 7) % 40);
const setting = (node, field, value) => ({ edit: "change_setting", node, field, value });
const looks = [
  (round) => setting(section(round) + "-if", "condition", "size(value) > " + (5000 + round)),
  (round) => setting(section(round) + "-note", "gives", { long: "size(value) > " + round, text: "value + '.'" }),
  (round) => setting(section(round) + "-check", "rule", { by: "expression", condition: "size(value) < " + (round + 9) }),
];
const costs = [
  (round) => setting(section(round) + "-long", "cap", { currency: "microcredits", amount: String(5000 + round) }),
  (round) => setting(section(round) + "-each", "most", 10 + (round % 20)),
];
const wire = { from: { node: "s3-read", output: "text" }, to: { node: "s5-long", input: "tone" } };
const wires = [() => ({ edit: "add_wire", wire }), () => ({ edit: "remove_wires", wires: [wire] })];
const note = { id: "more", kind: "manual", title: "More", settings: {} };
const nodes = [
  () => ({ edit: "add_node", node: note, position: { x: 0, y: 0 } }),
  () => ({ edit: "remove_nodes", nodes: ["more"] }),
];

export function bench({ small, middle, large, edits }) {
  const n20 = whole(20, small);
  const n1000 = whole(1000, middle);
  const n10000 = whole(10000, large);
  return {
    n20Ms: hundredths(n20),
    n1000Ms: hundredths(n1000),
    n10000Ms: hundredths(n10000),
    edit1000Ms: hundredths(edited(edits, [...looks, ...costs])),
    editCost1000Ms: hundredths(edited(Math.ceil(edits / 2), costs)),
    wire1000Ms: hundredths(edited(Math.ceil(edits / 3), wires)),
    node1000Ms: hundredths(edited(Math.ceil(edits / 3), nodes)),
    growth: hundredths(n10000 / n1000),
  };
}
`;
