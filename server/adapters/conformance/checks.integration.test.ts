import { afterAll, beforeAll, expect, test } from "vitest";
import { outsideAgent, shouter, type Way } from "@/e2e/fixtures/outside-agent";
import { AgentManifest } from "@/flows/types/agent-manifest";
import { guardedFetch } from "@/server/egress/guarded-fetch";
import { type Check, conformance, differences } from "./checks";

const nobody = () => {
  throw new Error("it speaks our own contract");
};
let outside: Awaited<ReturnType<typeof outsideAgent>>;
beforeAll(async () => {
  outside = await outsideAgent(shouter("acme"));
});
afterAll(() => outside.stop());

async function tried(way: Way): Promise<Check[]> {
  outside.agent.way = way;
  outside.agent.calls = 0;
  const guard = guardedFetch({ trusted: new Set([outside.url]) });
  const manifest = AgentManifest.parse(shouter("acme"));
  const checks: Check[] = [];
  for await (const check of conformance(
    { fetch: guard.fetch, callAs: nobody },
    { manifest, address: outside.url, example: { text: "hello" } },
  ))
    checks.push(check);
  await guard.close();
  return checks;
}

const failing = (checks: readonly Check[]) =>
  checks.filter(({ result }) => result === "failed").map(({ name }) => name);

test("an honest agent passes every check", async () => {
  const checks = await tried("honest");
  expect(checks.map(({ name, result }) => [name, result])).toEqual(checks.map(({ name }) => [name, "passed"]));
  expect(checks).toHaveLength(9);
});

test.each([
  ["unwell", "health"],
  ["dearer", "manifest"],
  ["invalid", "schema"],
  ["slow", "deadline"],
  ["oversized", "size"],
  ["forgetful", "idempotency"],
  ["rude", "error_shape"],
  ["after_payment", "after_payment"],
] as const)("one that is %s fails by its %s", async (way, name) => {
  const checks = await tried(way);
  expect(failing(checks)).toContain(name);
  expect(checks.find((check) => check.name === name)?.words).not.toBe("");
});

test("an address on a private network that nobody trusts is not called at all", async () => {
  outside.agent.way = "honest";
  outside.agent.calls = 0;
  const guard = guardedFetch({ trusted: new Set() });
  const manifest = AgentManifest.parse(shouter("acme"));
  for await (const { result } of conformance(
    { fetch: guard.fetch, callAs: nobody },
    { manifest, address: outside.url, example: { text: "a" } },
  ))
    expect(result).not.toBe("passed");
  expect(outside.agent.calls).toBe(0);
  await guard.close();
});

test("a tool is asked what its protocol can show, and is never taken for one that keeps keys", async () => {
  const { agent: _, ...rest } = shouter("acme");
  const protocol = { kind: "mcp", tool: "shout", declares: "0".repeat(64) };
  let calls = 0;
  const callAs = () => ({
    async call() {
      calls += 1;
      return { ok: true as const, value: { output: { loud: "HELLO" }, price: null, detail: {} } };
    },
  });
  const guard = guardedFetch({ trusted: new Set() });
  for (const [effect, expected] of [
    ["once", []],
    ["safe", []],
    ["keyed", ["idempotency"]],
  ] as const) {
    const manifest = AgentManifest.parse({ ...rest, agent: "acme/shout@1.0.0", effect, protocol });
    const checks: Check[] = [];
    for await (const check of conformance(
      { fetch: guard.fetch, callAs: callAs as never },
      { manifest, address: "https://tools.example/mcp", example: { text: "hello" } },
    ))
      checks.push(check);
    expect(failing(checks).filter((name) => name !== "after_payment")).toEqual(expected);
    expect(checks.find(({ name }) => name === "health")?.result).toBe("left_out");
  }
  expect(calls).toBeGreaterThan(0);
  await guard.close();
});

test("what only one of two declarations says differs, whichever of them it is", () => {
  const declared = AgentManifest.parse(shouter("acme"));
  const more = { ...declared, secrets: [{ name: "key", header: "x-key" }] };
  expect([differences(declared, more), differences(more, declared)]).toEqual([["secrets"], ["secrets"]]);
});
