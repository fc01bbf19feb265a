import { AccountId, AgentId } from "@/flows/basics/ids";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import type { Instruction } from "@/flows/plan/instructions";
import type { Plan, Step } from "@/flows/plan/plan";
import type { Case } from "@/flows/simulator/conformance/around.contract";
import { conformanceCases } from "@/flows/simulator/conformance/conformance.contract";

/** One case to die in. `stopsAt` is the journal write at which its payer stops it. */
export type Kind = Pick<Case, "name" | "plan" | "around"> & { ends: readonly string[]; stopsAt: number | null };

/** Between them these reach every instruction, and every way in which one can end. */
const CHOSEN: readonly string[] = [
  "acme/cheap@1.0.0, pays, 0 retries",
  "acme/cheap@1.0.0, lost then pays, 0 retries",
  "acme/dear@1.0.0, pays, 0 retries",
  "acme/cheap@1.0.0, refuses, 1 retries",
  "garbage, then pays, 1 retries",
  "a yes opens what waits for it",
  "a no opens its own side",
  "a call that is allowed",
  "a call that is denied",
  "a payment that needs consent, with it",
  "a payment that needs consent, without it",
  'a guard against "out" that blocks',
  'a guard against "in" that asks: approved',
  'a guard against "in" that asks: denied',
  "a map of three, at most 3, 2 at once: pays",
  "a map one at a time that fails: pays, refuses",
  "a loop while value >= 0, at most 2",
  "2 attempts, refuses, then pays",
  "2 attempts, refuses each time",
  "2 ways, joined by all",
  "3 ways, joined by first",
  "value > 5, a call on the side of yes",
  "a switch of which no case holds",
  "pays n * 2 + 6, its cap",
  "pays n * 3, above its cap",
  "works out n + 1, then calls",
  "waits, then calls",
];

const PAYS = { fates: ["pays"], answer: "approved", policy: null } as const;
const after = (step: number, port = "done") => [{ step, port }];
const cheapCall = { agent: AgentId.parse("acme/cheap@1.0.0") };
const onceCall = { agent: AgentId.parse("bolt/once@1.0.0"), effect: "once", payee: AccountId.parse("bolt") } as const;

/** A model that this studio cannot ask. */
function modelStep(id: string): Step {
  const { instruction, ...step } = callStep(id);
  if (instruction.op !== "call") throw new TypeError("a call is no call");
  const { cap, payee, publisher, deadlineMs, output } = instruction;
  const limits = { calls: 0, turns: 1, tokens: 100, window: 1_000 };
  const asks = { model: "none", prompt: "Write.", reads: {}, rates: { read: cap, written: cap }, answer: output };
  return {
    ...step,
    instruction: { op: "model", cap, payee, publisher, deadlineMs, output, ...asks, tools: [], limits },
  };
}

/** A person who is asked what became of a call says that nothing did: the run ends by the word of that. */
const TOLD = "not_delivered";

const more: readonly Kind[] = [
  { name: "a call that may be made once", plan: planOf([callStep("a", [], onceCall)]), ends: ["succeeded", TOLD] },
  { name: "a model that refuses", plan: planOf([modelStep("a")]), ends: ["model_unavailable"] },
  {
    name: "a question that nobody answers",
    plan: planOf([callStep("a", [], cheapCall), askStep("b", after(0), { timeoutMs: 400 })]),
    around: { ...PAYS, answer: "silent" as const },
    ends: ["approval_timed_out"],
  },
  {
    name: "a run that is stopped while it calls",
    plan: planOf([callStep("a", [], cheapCall), callStep("b", after(0), cheapCall)]),
    ends: ["cancelled"],
    stopsAt: 1,
  },
  {
    name: "a run that is stopped while it asks",
    plan: planOf([
      callStep("a", [], cheapCall),
      askStep("b", after(0)),
      callStep("c", after(1, "approved"), cheapCall),
    ]),
    around: { ...PAYS, answer: "silent" as const },
    ends: ["cancelled"],
    stopsAt: 3,
  },
].map((kind) => ({ around: PAYS, stopsAt: null, ...kind }));

const conforming: readonly Kind[] = conformanceCases().map(({ name, plan, around, expected }) => ({
  ...{ name, plan, around },
  ends: [expected.ending],
  stopsAt: null,
}));

export const allKinds: readonly Kind[] = [...conforming, ...more];
export const kinds: readonly Kind[] = [
  ...CHOSEN.map((name) => conforming.find((each) => each.name === name) ?? missing(name)),
  ...more,
];

/** Every instruction that there is; one more does not compile until it is here. */
export const INSTRUCTIONS = {
  ...{ call: true, model: true, pay: true, ask: true, choose: true, guard: true, compute: true, join: true },
  ...{ pass: true, wait: true, map: true, loop: true, try: true },
} satisfies Record<Instruction["op"], true>;

export function instructionsOf(plans: readonly Plan[]): string[] {
  return [...new Set(plans.flatMap(({ steps }) => steps.map(({ instruction }) => instruction.op)))].sort();
}

function missing(name: string): never {
  throw new Error(`there is no case "${name}"`);
}
