import { type AccountId, FlowId, type OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import { referredIn } from "@/flows/ports/values";
import type { PublishedFlow } from "@/flows/types/protocol";
import { validate } from "@/flows/types/validate";
import type { Services } from "../services";
import { queueRun } from "./queue-run";

/** A call of a flow that somebody published. `payee` published it, and pays for the run that the call comes to. */
export type PublishedCall = {
  operation: OperationId;
  payee: AccountId;
  protocol: PublishedFlow;
  input: Json;
  deadlineMs: number;
};

/** `at_work` is not over yet: the same call tells later. */
export type NestedRun = { run: RunId; came: "at_work" } | { run: RunId; came: "done"; output: Json };
export type NestedError = { code: "operation_reused" } | { code: "refused"; reason: string };

type Needs = Pick<Services, "clock" | "flows" | "policies" | "registry" | "runs" | "values" | "wallet">;

const DEEPEST = 4;
/** So much earlier the run inside has to be over, so that whoever calls still hears of it in time. */
const MARGIN_MS = 20_000;

/**
 * Starts the run that a call of a published flow stands for, once for each operation, and tells what came of it. It is a
 * run like any other: its publisher's, under their rules, out of their credits, at most the bound of the plan that they
 * published. What the caller pays is settled by the caller's own run, for what this one delivers.
 */
export async function runPublishedFlow(services: Needs, call: PublishedCall): Promise<Result<NestedRun, NestedError>> {
  const { operation, payee, protocol, input } = call;
  const depth = depthOf(operation) + 1;
  if (depth > DEEPEST) return refused(`flows call one another more than ${DEEPEST} deep`);
  const run = RunId.parse(`nested${depth}-${digestOf([operation, protocol.plan]).slice(0, 40)}`);
  const digest = await services.values.put(input);
  const known = await services.runs.find(payee, run);
  if (!known) return begin(services, { ...call, run, digest });
  const [first] = await services.runs.events(run, 0);
  if (first && (first.event.type !== "run_started" || first.event.input !== digest))
    return err({ code: "operation_reused" });
  if (known.fault !== null) return refused("the flow met a fault of the studio's");
  if (!known.outcome) return ok({ run, came: "at_work" });
  if (known.outcome.result !== "succeeded") return refused("the flow did not come to its end");
  const output: Record<string, Json> = {};
  for (const [name, ref] of Object.entries(known.outcome.results)) {
    const value =
      ref.from === "constant" ? ref.value : referredIn((await services.values.get(ref.digest)) ?? null, ref);
    if (value !== undefined) output[name] = value;
  }
  return ok({ run, came: "done", output });
}

type Begin = PublishedCall & { run: RunId; digest: Awaited<ReturnType<Services["values"]["put"]>> };

async function begin(services: Needs, call: Begin): Promise<Result<NestedRun, NestedError>> {
  const { payee, protocol, input, run, digest, deadlineMs } = call;
  const plan = await services.runs.plan(protocol.plan);
  const flow = FlowId.parse(protocol.flow);
  const drawn = await services.flows.find(payee, flow);
  if (!plan || !drawn) return refused("the flow is not there any more");
  const fits = validate(plan.input, input);
  if (!fits.ok) return refused(`input_invalid: ${fits.error.at} ${fits.error.problem}`);
  const queued = await queueRun(services, {
    ...{
      payer: payee,
      run,
      plan,
      hash: protocol.plan,
      currency: "microcredits",
      input: digest,
      flow,
      flowName: drawn.name,
    },
    ...{
      flowVersion: async () => protocol.version,
      startedBy: "agent",
      workMs: Math.max(1_000, deadlineMs - MARGIN_MS),
    },
    manifests: await services.registry.active(plan),
  });
  // Why is the publisher's own affair: what they have, and which rules they set.
  return queued.ok ? ok({ run, came: "at_work" }) : refused("its publisher cannot have it run now");
}

/** How many calls of published flows a run lies within: its id says so. */
function depthOf(operation: OperationId): number {
  return Number(/^nested(\d)-/.exec(operation)?.[1] ?? 0);
}

function refused(reason: string): Result<never, NestedError> {
  return err({ code: "refused", reason });
}
