/** Import rules of the studio. The table is the architecture: a zone may import itself and what it lists. */

const ANY = "any npm package";
const SPECS = "[.](test|contract)[.]tsx?$"; // vitest files and the shared port contracts

const NODE_ALLOWED = [
  "server/adapters",
  "server/chain",
  "server/egress",
  "server/drivers",
  "server/worker",
  "server/agents",
  "server/launch",
  "server/verify",
  "server/on-chain",
  "server/by-hand",
  "sdk",
  "e2e",
  "prisma/seed",
  "prisma/engine",
  "programs/build",
  "programs/tests",
];

const core = (names) => names.split(" ").map((name) => `flows/${name}`);
const may = (zones, packages = []) => ({ zones, packages });

const CEL = ["@marcbachmann/cel-js", "@bufbuild/re2"]; // regular expressions go to RE2 only
const SCHEMA = ["@cfworker/json-schema"]; // interprets schemas: no generated code
const REACT = ["react", "@types"];

/** Each zone, the zones that it may import, and the npm packages. */
const table = {
  // ── flows: the pure core. No framework, no clock, no network.
  "flows/basics": may([], ["zod"]),
  "flows/types": may(core("basics"), ["zod", ...SCHEMA]),
  "flows/expressions": may(core("basics types"), CEL),
  "flows/graph": may(core("basics types"), ["zod"]),
  "flows/plan": may(core("basics types"), ["zod", "@noble/hashes"]), // the one place that takes digests
  "flows/ports": may(core("basics plan types"), ["zod"]),
  "flows/nodes": may(core("basics types expressions graph plan"), ["zod"]),
  "flows/policy": may(core("basics plan expressions"), ["zod"]),
  "flows/triggers": may(core("basics nodes")), // of nodes, how a cron expression is read
  "flows/compile": may(core("basics types expressions graph nodes plan policy"), ["@noble/hashes"]),
  "flows/run": may(core("basics types expressions plan policy ports")), // never graph, nodes or compile
  "flows/escrow": may(core("basics plan ports run")),
  "flows/receipts": may(core("basics plan run"), ["@noble/hashes", "@noble/curves", "zod"]),
  "flows/simulator": may(core("basics plan policy ports run")), // a store of rules applies them
  "flows/examples": may(core("basics graph nodes plan types")),

  // ── server: everything that touches the outside.
  "server/use-cases": may(["flows", "server/repos", "server/services"], ["zod"]),
  "server/repos": may([...core("basics graph plan ports run types receipts"), "generated/prisma"], ["@prisma/client"]),
  "server/egress": may(core("basics"), ["ipaddr.js", "undici"]),
  "server/adapters": may(
    [...core("basics types plan policy ports escrow receipts triggers"), "programs/clients", "server/egress"],
    [ANY],
  ),
  "server/chain": may([...core("basics"), "programs/clients"], [ANY]), // a chain on this machine; knows nothing of runs
  "server/drivers": may([...core("basics plan ports run receipts"), "server/repos"], ["pg", "zod", "@temporalio"]),
  "server/worker": may(
    [
      ...core("basics plan ports run triggers"),
      "server/drivers",
      "server/use-cases",
      "server/services",
      "server/compose",
      "server/env",
    ],
    ["pino", "pg"],
  ),
  "server/agents": may(["sdk"], [ANY]), // our own agents see what an outsider's agent sees
  "server/launch": may([], [ANY]), // plain JavaScript: it runs before anything is installed
  "server/verify": may([...core("basics plan receipts"), "programs/clients"], ["@solana"]), // a stranger's verifier: no server of ours
  "server/by-hand": may([...core("basics"), "programs/clients"], ["@solana"]), // people with a key of their own: no server of ours
  "server/on-chain": may([...core("basics"), "server/adapters"], ["pg"]), // what an operator notes of the chain
  "server/api": may(
    ["flows", "server/use-cases", "server/services", "server/auth", "server/compose-web"],
    ["@trpc/server", "server-only", "superjson", "zod"],
  ),

  // ── components: what is seen. `ui` knows nothing of flows.
  "components/ui": may([], ["react-dom", "radix-ui", "class-variance-authority", "clsx", "lucide-react", ...REACT]),
  "components/store": may(["flows", "components/api"], ["zustand", "zod", "idb"]),
  "components/nodes": may(
    ["flows", "components/ui", "components/store"],
    ["@xyflow/react", "lucide-react", "clsx", ...REACT],
  ),
  "components/panels": may(["flows", "components/ui", "components/store", "components/nodes", "components/api"], [ANY]),
  "components/canvas": may(
    ["flows", "components/ui", "components/store", "components/nodes", "components/panels", "components/api"],
    [ANY],
  ),
  "components/api": may(core("basics"), ["@trpc", "@tanstack", "superjson", ...REACT]), // plus a type, below

  // ── what stands beside them.
  sdk: may(core("basics types"), ["zod", "@cfworker"]),
  "programs/build": may([]), // plain JavaScript, and the compilers of the machine
  "programs/clients": may(core("basics"), ["@solana", "@solana-program"]),
  "programs/tests": may(["programs/clients"], [ANY]), // the built programs on a chain in process
  "prisma/engine": may([], ["pg", "@prisma"]), // answers Prisma's command line (docs/adr/0004)
  "prisma/seed": may(
    [...core("basics examples graph plan types"), "server/db", "server/env", "generated/prisma"],
    ["@prisma/client", "zod"],
  ),
  app: may(["components", "server/api", "server/auth", "server/readiness"], [ANY]),
  e2e: may(["flows", "programs/clients", "prisma/seed", "server/launch", "server/adapters", "server/drivers"], [ANY]), // benchmarks measure the core and the worker themselves
};

const zoneRules = Object.entries(table).map(([zone, { zones, packages }]) => ({
  name: `only:${zone}`,
  severity: "error",
  comment: `${zone} may import: ${[zone, ...zones, ...packages].join(", ")}`,
  from: { path: `^${zone}/`, pathNot: SPECS },
  to: {
    pathNot: [
      `^${zone}/`,
      ...zones.map((path) => `^${path}([.]ts$|/)`),
      ...packages.map((name) => `^node_modules/${name === ANY ? "." : `${name}(/|$)`}`),
      ...(zone === "components/api" ? ["^server/api/root[.]ts$"] : []),
    ],
    ...(NODE_ALLOWED.includes(zone) ? { dependencyTypesNot: ["core"] } : {}),
  },
}));

// A new folder is a design decision: it must be added to the table before anything in it can be used.
const LISTED = [
  ...Object.keys(table).map((zone) => `^${zone}/`),
  "^server/(auth|compose|compose-web|db|env|escrow-settings|readiness|services)[.]ts$",
  "^prisma/schema-engine[.]mjs$",
];
const GOVERNED = "^(flows|server|components|prisma|programs|sdk)/";

module.exports = {
  forbidden: [
    ...zoneRules,
    { name: "unlisted-folder", severity: "error", from: { path: GOVERNED, pathNot: LISTED }, to: {} },
    { name: "unlisted-folder-used", severity: "error", from: {}, to: { path: GOVERNED, pathNot: LISTED } },
    {
      name: "server-types-only",
      severity: "error",
      comment: "The browser gets the API's type, never its code.",
      from: { path: "^components/" },
      to: { path: "^server/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "adapters-stand-alone",
      severity: "error",
      comment: "An adapter that needs another adapter is a use case.",
      from: { path: "^server/adapters/([^/]+)/" },
      to: { path: "^server/adapters/", pathNot: "^server/adapters/($1/|(chain-servers|connection|circuits)[.]ts$)" }, // transactions are shared, which server answers, and who is spared
    },
    {
      name: "compose-is-the-end",
      severity: "error",
      comment: "Only entry points may import the composition root, the client and the environment.",
      from: {
        pathNot:
          "^(app/|prisma/seed/|server/(worker|compose|compose-web|escrow-settings|auth|db|readiness|api/server-context)([.]ts$|/))",
      },
      to: { path: "^server/(compose|compose-web|db|env)[.]ts$" },
    },
    {
      name: "specs-are-leaves",
      severity: "error",
      comment: "Shipped code must not import tests or contracts.",
      from: { pathNot: SPECS },
      to: { path: SPECS },
    },
    {
      name: "core-specs",
      severity: "error",
      comment: "Tests of the core run on the core alone.",
      from: { path: `^flows/.*${SPECS}` },
      to: { pathNot: ["^flows/", "^node_modules/(vitest|@vitest|fast-check|zod|@cfworker)"] },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules|^generated/" },
    exclude: { path: "(^|/)([.]next|[.]studio|target)/|^generated/prisma/(models|internal)" },
    tsPreCompilationDeps: true, // so that `import type` counts too
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
