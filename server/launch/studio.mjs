import { nodeProblem } from "./node-version.mjs";

// The version is judged before anything else is loaded: an old Node could not even read the rest.
const problem = nodeProblem(process.versions.node);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
const { runStudio } = await import("./run-studio.mjs");
process.exitCode = await runStudio(process.argv.slice(2));
