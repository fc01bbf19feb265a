// npm run chaos -- [--seconds 60] [--seed N] [--json]: random flows on a studio whose processes are killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../../server/launch/build.mjs";
import { lastLines, run } from "../../server/launch/command.mjs";
import { install } from "../../server/launch/install.mjs";
import { prepare } from "../../server/launch/prepare.mjs";
import { MADE } from "../../server/launch/tree.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    json: { type: "boolean", default: false },
  },
});
await install();
await prepare();
await build({ pages: true });
const bundled = await run(process.execPath, ["server/launch/bundle.mjs", "chaos=e2e/chaos/chaos-run.contract.ts"]);
if (!bundled.ok) throw new Error(lastLines(bundled.said));
if (!values.json) console.log(`${values.seconds} seconds of chaos; --seed ${values.seed} throws the same dice`);
const child = spawn(process.execPath, [join(MADE, "build", "chaos.mjs"), values.seconds, values.seed], {
  stdio: ["ignore", "inherit", "inherit"],
});
const [code] = await once(child, "exit");
process.exitCode = code ?? 1;
