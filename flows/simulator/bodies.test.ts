import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import { err } from "../basics/result";
import type { AgentCall } from "../ports/agents";
import type { PolicyAction, PolicyVerdict } from "../ports/policy";
import { ada, cheap, planOf, ran, works } from "./small-flow.contract";

test("[R20] a map does its body once for each item, a few at a time, and lists what came of them in order", async () => {
  const plan = planOf(
    [
      { id: "each", kind: "map", most: 5, atOnce: 2 },
      cheap("work", "each"),
      {
        id: "name",
        kind: "transform",
        parent: "each",
        inputs: ["item", "i"],
        gives: { out: "string(item) + string(i)" },
      },
      { id: "out", kind: "output", name: "all" },
    ],
    "in.items > each.items",
    "each.item > work.x",
    "each.item > name.item",
    "each.index > name.i",
    "name.out > each.result",
    "each.results > out.value",
  );
  const { results, spent, calls, views } = await ran(plan);
  expect(results).toEqual({ all: ["a0", "b1", "c2"] });
  expect(calls).toEqual(["r/work@0/call", "r/work@1/call", "r/work@2/call"]);
  expect(spent).toBe(9n);
  expect(plan.bound).toEqual([money("microcredits", 15n)]);
  expect(views.filter(({ step }) => step === "work").map(({ path, status }) => [path, status])).toEqual([
    [[0], "done"],
    [[1], "done"],
    [[2], "done"],
  ]);
});

test("[R20] more items than a map has room for stop the run before the first, unpaid", async () => {
  const plan = planOf(
    [{ id: "each", kind: "map", most: 2 }, cheap("work", "each")],
    "in.items > each.items",
    "each.item > work.x",
  );
  const { ending, spent, calls } = await ran(plan);
  expect(ending).toMatchObject({ result: "failed", step: "each", code: "too_many_items" });
  expect([spent, calls]).toEqual([0n, []]);
});

test("[R17] regression 20: a loop whose exit an agent controls stops at its bound and at its budget", async () => {
  const plan = planOf(
    [
      { id: "again", kind: "loop", while: "value >= 0", most: 4 },
      cheap("work", "again"),
      { id: "out", kind: "output", name: "last" },
    ],
    "in.n > again.value",
    "again.value > work.x",
    "work.n > again.next",
    "again.done > out.value",
  );
  const { ending, spent, calls, results } = await ran(plan, {
    agent: (_, count) => ({ ...works, output: { ...works.output, n: count } }),
  });
  expect(ending.result).toBe("succeeded");
  expect(calls).toHaveLength(4);
  expect(spent).toBe(12n);
  expect(plan.bound).toEqual([money("microcredits", 12n)]);
  expect(results).toEqual({ last: 3 });
});

const tried = (more: Json) =>
  planOf(
    [
      { id: "safe", kind: "try", attempts: 3, ...(more as object) },
      cheap("first", "safe"),
      { ...cheap("second", "safe"), agent: "acme/dear@1.0.0" },
      { id: "error", kind: "output", name: "error" },
      { id: "out", kind: "output", name: "out" },
    ],
    "in.text > first.x",
    "first.text > second.x",
    "second.text > safe.result",
    "safe.done > out.value",
    "safe.error > error.value",
  );

test("[R14] a body that catches an error is done again, and pays for each attempt what it delivered", async () => {
  const fails = ({ agent }: AgentCall, count: number) =>
    agent.includes("dear") && count < 4 ? err({ code: "agent_refused", reason: "busy" } as const) : works;
  const { ending, calls, spent, results } = await ran(tried({ catches: ["business"] }), { agent: fails });
  expect(ending.result).toBe("succeeded");
  expect(calls.filter((each) => each.includes("first"))).toEqual([
    "r/first@0/call",
    "r/first@1/call",
    "r/first@2/call",
  ]);
  expect(results).toEqual({ out: "out" });
  expect(spent).toBe(3n * 3n + 3n);
});

test("[R14] after the last attempt it goes out by the side that tells of the error", async () => {
  const fails = ({ agent }: AgentCall) =>
    agent.includes("dear") ? err({ code: "agent_refused", reason: "busy" } as const) : works;
  const { ending, results, spent } = await ran(tried({ catches: ["business"] }), { agent: fails });
  expect(ending.result).toBe("succeeded");
  expect(results).toEqual({ error: { code: "agent_refused", reason: "busy" } });
  expect(spent).toBe(9n);
});

test("[R14] an error of another class is not caught, and ends the run", async () => {
  const fails = ({ agent }: AgentCall) =>
    agent.includes("dear") ? err({ code: "agent_refused", reason: "busy" } as const) : works;
  const { ending } = await ran(tried({ catches: ["transient"] }), { agent: fails });
  expect(ending).toMatchObject({ result: "failed", step: "second", path: [0], code: "agent_refused" });
});

test("[R15] a denial is caught by nobody: not of people, not of rules", async () => {
  const all = ["transient", "resource", "permanent", "business"];
  const plan = planOf(
    [
      { id: "safe", kind: "try", attempts: 3, catches: all },
      { id: "ask", kind: "approval", parent: "safe", question: "Go on?" },
      cheap("work", "safe"),
      cheap("after"),
    ],
    "in.text > ask.subject",
    "ask.approved > work.x",
    "work.text > safe.result",
    "safe.error > after.x",
  );
  const refused = await ran(plan, { answer: "denied" });
  expect(refused.ending).toMatchObject({ result: "failed", step: "ask", path: [0], code: "approval_denied" });
  expect(refused.calls).toEqual([]);
  const ruled = await ran(plan, { policy: () => ({ verdict: "deny", rule: "never", message: "Not today." }) });
  expect(ruled.ending).toMatchObject({
    result: "failed",
    step: "work",
    code: "policy_denied",
    reason: "never: Not today.",
  });
  expect(ruled.calls).toEqual([]);
});

test("[R15] a denial in a body that is ending already, after an error that was caught, still ends the run", async () => {
  const plan = planOf(
    [
      { id: "safe", kind: "try", attempts: 1, catches: ["resource"] },
      { id: "each", kind: "map", parent: "safe", most: 1, atOnce: 1 }, // three items are too many
      cheap("work", "safe"),
      { id: "later", kind: "wait", for: 5_000 },
      cheap("after"),
    ],
    "in.items > each.items",
    "in.text > work.x",
    "work.text > safe.result",
    "in.text > later.value",
    "later.value > after.x",
  );
  const ruled = await ran(plan, { policy: () => ({ verdict: "deny", rule: "never", message: "Not today." }) });
  expect(ruled.ending).toMatchObject({ result: "failed", step: "work", code: "policy_denied" });
  expect(ruled.calls).toEqual([]);
});

test("[R16] the policy judges each payment before it is made, and people whom it names have to agree", async () => {
  const plan = planOf([cheap("work")], "in.text > work.x");
  const seen: PolicyAction[] = [];
  const asks = (action: PolicyAction): PolicyVerdict => {
    seen.push(action);
    return { verdict: "ask", rule: "above", message: "Spend 3?", approvers: ["@starter"] };
  };
  const { receipts, spent } = await ran(plan, { policy: asks });
  expect(seen).toMatchObject([{ kind: "call", step: "work", payee: "acme", amount: { amount: 3n } }]);
  expect(receipts[0]?.consent).toMatchObject({ rule: "above", by: ada });
  expect(spent).toBe(3n);
  const no = await ran(plan, { policy: asks, answer: "denied" });
  expect(no.ending).toMatchObject({ result: "failed", code: "approval_denied" });
  expect(no.spent).toBe(0n);
});

test("[R19] a call that failed unpaid is made again under an operation of its own, and paid once", async () => {
  const plan = planOf([{ ...cheap("work"), retries: 2 }], "in.text > work.x");
  const twice = await ran(plan, { agent: (_, count) => (count < 2 ? { ...works, output: "garbage" } : works) });
  expect(twice.calls).toEqual(["r/work/call", "r/work/call.1", "r/work/call.2"]);
  expect([twice.ending.result, twice.spent]).toEqual(["succeeded", 3n]);
  const never = await ran(plan, { agent: () => ({ ...works, output: "garbage" }) });
  expect(never.ending).toMatchObject({ result: "failed", code: "output_invalid" });
  expect([never.calls.length, never.spent]).toEqual([3, 0n]);
});

test("[R21] a join goes on with what has come by then, in the order of its inputs", async () => {
  const joined = (mode: string, first?: number) =>
    planOf(
      [
        { id: "if", kind: "branch", condition: "value > 5" },
        { id: "merge", kind: "join", inputs: 3, mode, ...(first ? { first } : {}) },
        { id: "out", kind: "output", name: "all" },
      ],
      "in.n > if.value",
      "if.no > merge.in1",
      "if.yes > merge.in2",
      "in.text > merge.in3",
      "merge.values > out.value",
    );
  expect((await ran(joined("first", 2))).results).toEqual({ all: [7, "in"] });
  expect((await ran(joined("any"))).results.all).toHaveLength(1);
  expect((await ran(joined("all"))).results).toEqual({}); // one side never comes
});

test("[R18] a payment by expression is made up to its cap, and above it not at all", async () => {
  const paying = (cap: string) =>
    planOf(
      [
        {
          id: "give",
          kind: "pay",
          payee: "dan",
          cap: { currency: "microcredits", amount: cap },
          amount: "n * 2",
          inputs: ["n"],
        },
      ],
      "in.n > give.n",
    );
  const { receipts, spent } = await ran(paying("20"));
  expect(receipts).toMatchObject([{ step: "give", payee: "dan", paid: { amount: 14n }, agent: null, port: "done" }]);
  expect(spent).toBe(14n);
  const above = await ran(paying("10"));
  expect(above.ending).toMatchObject({ result: "failed", code: "amount_above_cap" });
  expect(above.spent).toBe(0n);
});

test("[R22] a wait lasts as long as it says, and a guard shows people what it held back", async () => {
  const guard = { rule: { by: "blocklist", words: ["IN"] }, otherwise: "asks", question: "Let it pass?" };
  const plan = planOf(
    [{ id: "later", kind: "wait", for: 5_000 }, { id: "look", kind: "guard", ...guard }, cheap("work")],
    "in.text > later.value",
    "later.value > look.value",
    "look.passed > work.x",
  );
  const { receipts, calls } = await ran(plan);
  expect(receipts.map(({ step, port }) => [step, port])).toEqual([
    ["later", "done"],
    ["look", "held"],
    ["look.ask", "approved"],
    ["look.passed", "done"],
    ["work", "done"],
  ]);
  expect(receipts[0]?.atMs).toBe(5_000);
  expect(calls).toEqual(["r/work/call"]);
});
