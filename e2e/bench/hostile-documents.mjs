const KINDS = ["agent", "branch", "map"];

/** @param {string} id @param {object} [more] */
const node = (id, more = {}) => ({ id, kind: "output", title: id, settings: { name: id }, ...more });
/** @param {string} from @param {string} to @param {string} [input] */
const wire = (from, to, input = "value") => ({ from: { node: from, output: "value" }, to: { node: to, input } });
/** @param {object} parts */
const flow = (parts) => JSON.stringify({ version: 2, nodes: [], wires: [], layout: {}, ...parts });
/** @template T @param {number} count @param {(index: number) => T} make */
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
/** @param {string} settings the text of the settings of the only node */
const withSettings = (settings) =>
  `{"version":2,"nodes":[{"id":"a","kind":"transform","title":"A","settings":${settings}}],"wires":[],"layout":{}}`;
/** @param {string} open @param {string} close @param {number} depth */
const nested = (open, close, depth) => `${open.repeat(depth)}0${close.repeat(depth)}`;
/** @param {string} condition */
const withCondition = (condition) =>
  flow({
    nodes: [
      {
        id: "in",
        kind: "input",
        title: "In",
        settings: { schema: { type: "object", properties: { n: { type: "integer" } } } },
      },
      { id: "b", kind: "branch", title: "B", settings: { condition } },
    ],
    wires: [{ from: { node: "in", output: "n" }, to: { node: "b", input: "value" } }],
  });
/** @param {object} schema */
const withForm = (schema) => flow({ nodes: [{ id: "in", kind: "input", title: "In", settings: { schema } }] });

const MB = 1_000_000;

/**
 * Every way that we know of to hurt whoever opens a file. Each is made in the process that measures the others, never in
 * the one that reads it.
 *
 * @type {Record<string, () => string>}
 */
export const HOSTILE = {
  "100 MB": () => `{"version":2,"nodes":[${'{"id":"a"},'.repeat(9 * MB)}{}]}`,
  "depth 100,000 of lists": () => nested("[", "]", 100_000),
  "depth 100,000 of objects": () => nested('{"a":', "}", 100_000),
  "depth 100,000 in settings": () => withSettings(`{"a":${nested("[", "]", 100_000)}}`),
  "2,500,000 lists never closed": () => "[".repeat(2.5 * MB),
  "depth 70 in settings": () => withSettings(`{"a":${nested("[", "]", 70)}}`),
  "prototype keys": () => withSettings('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  "a node called __proto__": () => flow({ nodes: [node("__proto__")] }),
  "a place called __proto__": () => '{"version":2,"nodes":[],"wires":[],"layout":{"__proto__":{"x":0,"y":0}}}',
  "repeated keys": () => `{"version":2,${'"nodes":[],'.repeat(100_000)}"wires":[],"layout":{}}`,
  "400,000 keys": () => withSettings(`{${many(400_000, (index) => `"k${index}":0`).join()}}`),
  "200,000 unknown keys": () => `{"version":2,${many(200_000, (index) => `"k${index}":0`).join()}}`,
  "10,000 nodes of one id": () => flow({ nodes: many(10_000, () => node("a")) }),
  "a circle of 10,000 parents": () =>
    flow({ nodes: many(10_000, (index) => node(`n${index}`, { parent: `n${(index + 1) % 10_000}` })) }),
  "10,000 parents that are not there": () =>
    flow({ nodes: many(10_000, (index) => node(`n${index}`, { parent: `m${index}` })) }),
  "a circle of 10,000 wires": () =>
    flow({
      nodes: many(10_000, (index) => node(`n${index}`, { kind: "parallel", settings: { ways: 2 } })),
      wires: many(10_000, (index) => ({
        from: { node: `n${index}`, output: "way1" },
        to: { node: `n${(index + 1) % 10_000}`, input: "value" },
      })),
    }),
  "20,000 wires to nodes that are not there": () =>
    flow({ nodes: [node("a")], wires: many(20_000, (index) => wire("a", `b${index}`)) }),
  "20,000 wires into one node": () =>
    flow({
      nodes: many(3_000, (index) => node(`n${index}`)),
      wires: many(20_000, (index) => wire(`n${index % 3_000}`, "n0", `i${Math.floor(index / 3_000)}`)),
    }),
  "40,000 wires": () => flow({ nodes: [node("a")], wires: many(40_000, (index) => wire("a", "a", `i${index}`)) }),
  "10,000 unknown kinds": () => flow({ nodes: many(10_000, (index) => node(`n${index}`, { kind: `kind ${index}` })) }),
  "10,000 nodes without settings": () =>
    flow({ nodes: many(10_000, (index) => node(`n${index}`, { kind: KINDS[index % KINDS.length], settings: {} })) }),
  "10,000 nodes of no shape": () => flow({ nodes: many(10_000, () => ({ id: 0, kind: [], title: {}, settings: 1 })) }),
  "300,000 zeros for nodes": () => flow({ nodes: many(300_000, () => 0) }),
  "100,000 places": () => flow({ layout: Object.fromEntries(many(100_000, (index) => [`n${index}`, { x: 0, y: 0 }])) }),
  "a list of 2,400,000 zeros": () => withSettings(`{"a":[${"0,".repeat(2.4 * MB)}0]}`),
  "400,000 settings of one node": () => withSettings(`{"gives":{${many(400_000, (index) => `"g${index}":1`).join()}}}`),
  NaN: () => withSettings('{"a":NaN}'),
  Infinity: () => withSettings('{"a":-Infinity}'),
  "1e999": () => withSettings('{"a":1e999}'),
  "a place at 1e300": () => flow({ nodes: [node("a")], layout: { a: { x: 1e300, y: 0 } } }),
  "4,000,000 digits": () => withSettings(`{"a":${"9".repeat(4 * MB)}}`),
  "4,000,000 zeros in an exponent": () => withSettings(`{"a":1e${"0".repeat(4 * MB)}9}`),
  "a title of 4,000,000 characters": () => flow({ nodes: [node("a", { title: "x".repeat(4 * MB) })] }),
  "4,900,000 spaces": () => " ".repeat(4.9 * MB),
  "4,900,000 lines": () => "\n".repeat(4.9 * MB),
  "4,900,000 quotes": () => '"'.repeat(4.9 * MB),
  "a text that never ends": () => `"${"\\n".repeat(2.4 * MB)}`,
  "1,600,000 halves of characters": () => withSettings(`{"a":"${"\\ud800".repeat(800_000)}"}`),
  "a NUL": () => withSettings('{"a":"\\u0000"}'),
  "cut off in the middle": () => flow({ nodes: many(30_000, (index) => node(`n${index}`)) }).slice(0, -40),
  "a version of tomorrow": () => flow({ version: 3, later: many(100_000, () => 0) }),
  "version 1 with a million of nothing": () => `{"version":1,"nodes":[${"[],".repeat(450_000)}[]]}`,
  "a pinned flow that is another": () =>
    flow({ flows: { ["0".repeat(64)]: { nodes: [node("a"), node("a")], wires: [] } } }),
  "3,000 pinned flows": () =>
    flow({
      flows: Object.fromEntries(many(3_000, (index) => [String(index).padStart(64, "0"), { nodes: [], wires: [] }])),
    }),
  "a condition of 1,000,000 brackets": () => withCondition(`${"(".repeat(500_000)}1${")".repeat(500_000)}`),
  "a condition of a million words": () => withCondition(`${"value + ".repeat(500_000)}1 > 0`),
  "a condition of a pattern that looks back": () => withCondition('"aaaa".matches("(a)\\\\1")'),
  "a condition that counts for ever": () =>
    withCondition("[1,2,3].all(a, [1,2,3].all(b, [1,2,3].all(c, a + b + c > value)))"),
  "a form that fetches": () => withForm({ type: "object", properties: { a: { $ref: "http://127.0.0.1:9/x" } } }),
  "a form that runs away": () => withForm({ type: "object", properties: { a: { type: "string", pattern: "(a+)+$" } } }),
  "a form of choices of choices": () =>
    withForm({
      type: "object",
      properties: { a: { $ref: "#/$defs/d0" } },
      $defs: Object.fromEntries(
        many(40, (index) => [`d${index}`, { anyOf: many(8, () => ({ $ref: `#/$defs/d${index + 1}` })) }]),
      ),
    }),
};
