import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { nodeProblem } from "./node-version.mjs";

test.each(["20.19.0", "20.20.2", "22.12.0", "23.0.0", "24.1.0"])("Node %s is new enough", (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test.each(["16.20.0", "18.20.4", "20.18.3", "21.7.0", "22.11.0"])(
  "Node %s is too old, and the sentence says so",
  (version) => {
    expect(nodeProblem(version)).toContain(`this is Node ${version}`);
  },
);

test.each(["studio", "test"])(
  "%s.mjs on an old Node says one sentence and fails before it loads anything else",
  (command) => {
    const pretend = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } })";
    const args = [`--import=data:text/javascript,${encodeURIComponent(pretend)}`, `server/launch/${command}.mjs`];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(stderr).toBe(`${nodeProblem("18.20.4")}\n`);
    expect(stdout).toBe("");
    expect(status).toBe(1);
  },
);
