import type { AccountId, Digest, FlowId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Money } from "@/flows/basics/money";
import { err, type Result } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import type { CompileError } from "@/flows/compile/compile-error";
import { catalog } from "@/flows/nodes/catalog";
import { digestOf } from "@/flows/plan/digest";
import type { Firing } from "@/flows/triggers/turned-on";
import { validate } from "@/flows/types/validate";
import type { Services } from "../services";
import { type DebugAsked, type DebugError, debugOf } from "./debug-of";
import { type Escrowed, type QueueRunError, queueRun, type RunCurrency } from "./queue-run";

export type StartRunError =
  | { code: "flow_not_found" }
  | { code: "flow_invalid"; errors: CompileError[] }
  | { code: "input_invalid"; at: string; problem: string }
  | { code: "plan_changed"; agreed: Digest; now: Digest; bound: readonly Money[] }
  | DebugError
  | QueueRunError;

/**
 * `plan` is the hash of what the person was shown and agreed to; `run` makes starting twice the same as once. A trigger
 * starts the version that it was turned on for; a person starts what is saved now.
 */
export type StartRun = {
  owner: AccountId;
  flow: FlowId;
  run: RunId;
  plan: Digest;
  currency: RunCurrency | Escrowed;
  input: Record<string, Json>;
  workMs?: number | undefined;
  debug?: DebugAsked | undefined;
  trigger?: { on: Firing["on"]; flowVersion: number };
};

type Needs = Pick<Services, "clock" | "flows" | "policies" | "registry" | "runs" | "values" | "wallet">;

/**
 * Compiles a flow its owner drew and queues the plan for the worker, if it is still the plan that was agreed to.
 * Whoever starts a run pays for it, at most the bound.
 */
export async function startRun(services: Needs, ask: StartRun): Promise<Result<RunId, StartRunError>> {
  const { owner, run, currency, workMs } = ask;
  const flow = await services.flows.find(owner, ask.flow);
  const document = ask.trigger ? await services.flows.version(ask.flow, ask.trigger.flowVersion) : flow?.document;
  if (!flow || !document) return err({ code: "flow_not_found" });
  const manifests = await services.registry.active(document);
  const compiled = compile(document, { kinds: catalog, manifests, models: services.registry.models });
  if (!compiled.ok) return err({ code: "flow_invalid", errors: compiled.error });
  const { plan, hash } = compiled.value;
  if (hash !== ask.plan) return err({ code: "plan_changed", agreed: ask.plan, now: hash, bound: plan.bound });
  const fits = validate(plan.input, ask.input);
  if (!fits.ok) return err({ code: "input_invalid", ...fits.error });
  const debug = ask.debug ? await debugOf(services, { owner, plan, hash }, ask.debug) : null;
  if (debug && !debug.ok) return debug;
  return queueRun(services, {
    ...{ payer: owner, run, plan, hash, currency, manifests, workMs, debug: debug?.value },
    startedBy: ask.trigger?.on ?? "person",
    ...{ flow: ask.flow, flowName: flow.name, input: await services.values.put(ask.input) },
    flowVersion: () => services.flows.freeze(ask.flow, digestOf(document), document),
  });
}
