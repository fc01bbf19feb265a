import { nodeProblem } from "./node-version.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
const { runTests } = await import("./run-tests.mjs");
process.exitCode = await runTests(process.argv.slice(2));
