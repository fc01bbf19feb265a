import { type AccountId, type Digest, type FlowId, type NodeId, TriggerId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import { catalog } from "@/flows/nodes/catalog";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import type { Missed } from "@/flows/triggers/missed";
import { inputOfStart } from "@/flows/triggers/run-input";
import { timesAfter } from "@/flows/triggers/schedule-times";
import type { Firing } from "@/flows/triggers/turned-on";
import { type Misfit, validate } from "@/flows/types/validate";
import type { Services } from "../services";
import { budgetOf, type RunCurrency } from "./queue-run";
import type { StartRunError } from "./start-run";

export type TurnOnError =
  | Extract<
      StartRunError,
      { code: "flow_not_found" | "flow_invalid" | "plan_changed" | "rail_unusable" | "input_invalid" }
    >
  | { code: "cap_too_low"; bound: Money; most: Money }
  | { code: "trigger_not_found" };

/** `mostPerDay` says the rail as well. `missed` is asked of a schedule only, `input` is given to every run. */
export type TurnOn = {
  owner: AccountId;
  flow: FlowId;
  node: NodeId;
  plan: Digest;
  mostPerDay: Money & { currency: RunCurrency };
  input: Record<string, Json>;
  missed: Missed;
};

type Needs = Pick<Services, "clock" | "flows" | "ids" | "registry" | "triggers" | "triggerSecrets">;

/** `secret` is told this once, where there is a new one. */
export type TurnedOnTrigger = { trigger: TriggerId; secret: string | null };

/**
 * Lets a trigger start runs of exactly the plan that its payer was shown, up to so much a day. What is drawn later changes
 * nothing of it; turning on again takes the place of what was turned on.
 */
export async function turnOnTrigger(services: Needs, ask: TurnOn): Promise<Result<TurnedOnTrigger, TurnOnError>> {
  const { owner, flow, node, mostPerDay, input } = ask;
  const saved = await services.flows.find(owner, flow);
  if (!saved) return err({ code: "flow_not_found" });
  const compiled = compile(saved.document, {
    kinds: catalog,
    manifests: await services.registry.active(saved.document),
    models: services.registry.models,
  });
  if (!compiled.ok) return err({ code: "flow_invalid", errors: compiled.error });
  const { plan, hash } = compiled.value;
  if (hash !== ask.plan) return err({ code: "plan_changed", agreed: ask.plan, now: hash, bound: plan.bound });
  const firing = firingOf(plan, ask);
  if (!firing) return err({ code: "trigger_not_found" });
  const bound = budgetOf(plan, mostPerDay.currency);
  if (!bound.ok) return bound;
  if (mostPerDay.amount < bound.value.amount) return err({ code: "cap_too_low", bound: bound.value, most: mostPerDay });
  const nowMs = services.clock.now();
  const fits = fixedInput(plan, { node, firing, input, nowMs });
  if (!fits.ok) return err({ code: "input_invalid", ...fits.error });

  const flowVersion = await services.flows.freeze(flow, digestOf(saved.document), saved.document);
  const secret = firing.on === "webhook" ? services.triggerSecrets.fresh() : null;
  const { id, isSecretNew } = await services.triggers.turnOn({
    ...{ owner, flow, flowVersion, node, plan: hash, bound: bound.value, mostPerDay, input, firing },
    id: TriggerId.parse(services.ids.fresh()),
    secret: secret === null ? null : services.triggerSecrets.seal(secret, placeOf({ flow, node })),
    nextAtMs: firing.on === "schedule" ? (timesAfter(firing, nowMs, 1)[0] ?? null) : null,
  });
  return ok({ trigger: id, secret: isSecretNew ? secret : null });
}

/** What a sealed secret is bound to. */
export function placeOf({ flow, node }: { flow: FlowId; node: NodeId }): string {
  return `${flow}/${node}`;
}

/** How the plan says that this node starts a run; null when it does not, or when only a person does. */
function firingOf({ triggers }: Plan, { node, missed }: Pick<TurnOn, "node" | "missed">): Firing | null {
  const trigger = triggers.find((each) => each.node === node);
  switch (trigger?.on) {
    case "schedule":
      return { on: "schedule", cron: trigger.cron, zone: trigger.zone, missed };
    case "event":
      return { on: "event", event: trigger.event };
    case "webhook":
      return { on: "webhook" };
    default:
      return null;
  }
}

type Fixed = { node: NodeId; firing: Firing; input: Record<string, Json>; nowMs: number };

/** Holds what every run will be given against the plan. What a post or an event brings is not known yet. */
function fixedInput(plan: Plan, { node, firing, input, nowMs }: Fixed): Result<Json, Misfit> {
  const brought = plan.triggers.find((trigger) => Object.hasOwn(input, trigger.node));
  if (brought) return err({ at: `/${brought.node}`, problem: "is what the trigger brings" });
  if (firing.on !== "schedule") return validate(plan.input, input);
  return validate(plan.input, inputOfStart(node, input, new Date(nowMs).toISOString()));
}
