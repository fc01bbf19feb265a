import { expect, test } from "vitest";
import { AgentId, type Digest } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { callsItself } from "./calls-itself";

/** Flows by name, each with those that it calls. */
function studio(flows: Readonly<Record<string, readonly string[]>>) {
  let looks = 0;
  const idOf = (name: string) => AgentId.parse(`ada/${name}@1.0.0`);
  const planOf = (name: string) => ({ authority: { agents: (flows[name] ?? []).map(idOf) } }) as unknown as Plan;
  const plans = new Map(Object.keys(flows).map((name): [Digest, Plan] => [digestOf(name), planOf(name)]));
  const services = {
    registry: {
      active: async (plan: Plan) =>
        new Map(
          plan.authority.agents.map((agent) => {
            const [, name = ""] = /\/(.+)@/.exec(agent) ?? [];
            return [agent, { protocol: name in flows ? { kind: "flow", plan: digestOf(name) } : undefined }];
          }),
        ),
    },
    runs: {
      plan: async (hash: Digest) => {
        looks += 1;
        return plans.get(hash) ?? null;
      },
    },
  };
  const circleOf = (name: string) => callsItself(services as never, { agent: idOf(name), plan: planOf(name) });
  return { circleOf, looks: () => looks };
}

test("a circle is found through however many flows, and what only calls others is none", async () => {
  const { circleOf } = studio({ a: ["b"], b: ["c"], c: ["a"], d: ["e", "plain"], e: ["plain"] });
  expect(await circleOf("a")).toBe("ada/a@1.0.0");
  expect(await circleOf("d")).toBeNull();
});

test("what nests deeper than runs would go is refused", async () => {
  const { circleOf } = studio({ a: ["b"], b: ["c"], c: ["d"], d: ["e"], e: ["f"], f: [] });
  expect(await circleOf("b")).toBeNull();
  expect(await circleOf("a")).toBe("ada/f@1.0.0");
});

test("flows that all call one another's next are looked at once for each level, and not once for each way", async () => {
  const level = (name: string) => Array.from({ length: 20 }, (_, place) => `${name}${place}`);
  const ladder = (from: string, to: readonly string[]) => level(from).map((name) => [name, to] as const);
  const { circleOf, looks } = studio(
    Object.fromEntries([
      ["top", level("a")],
      ...ladder("a", level("b")),
      ...ladder("b", level("c")),
      ...ladder("c", level("d")),
      ...ladder("d", []),
    ]),
  );
  expect(await circleOf("top")).toBeNull();
  expect(looks()).toBe(80);
});
