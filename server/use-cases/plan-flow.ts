import type { AccountId, Digest, FlowId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import type { CompileError } from "@/flows/compile/compile-error";
import { defaultsOf } from "@/flows/examples/sample";
import { catalog } from "@/flows/nodes/catalog";
import type { Trigger } from "@/flows/plan/around";
import type { Authority } from "@/flows/plan/plan";
import type { ObjectSchema } from "@/flows/types/agent-manifest";
import type { Services } from "../services";
import { judgeAtStart, type Ruled } from "./judge-at-start";

export type PlanFlowError = { code: "flow_not_found" } | { code: "flow_invalid"; errors: CompileError[] };

/** What a person or a program has to agree to before a run: the hash names all of it. */
export type Agreement = {
  hash: Digest;
  bound: readonly Money[];
  authority: Authority;
  input: ObjectSchema;
  /** What may start runs of it by itself, once its owner turns it on. */
  triggers: readonly Trigger[];
  defaults: Record<string, Json>;
  /** What the rules in force say of it now; null when there are none. Each payment is judged again before it is made. */
  rules: Ruled | null;
};

/** Compiles a flow as it is saved now. The canvas does the same in the browser; this is for programs. */
export async function planFlow(
  services: Pick<Services, "clock" | "flows" | "policies" | "registry">,
  { owner, flow: id }: { owner: AccountId; flow: FlowId },
): Promise<Result<Agreement, PlanFlowError>> {
  const flow = await services.flows.find(owner, id);
  if (!flow) return err({ code: "flow_not_found" });
  const manifests = await services.registry.active(flow.document);
  const compiled = compile(flow.document, { kinds: catalog, manifests, models: services.registry.models });
  if (!compiled.ok) return err({ code: "flow_invalid", errors: compiled.error });
  const { hash, plan } = compiled.value;
  const { bound, authority, input, triggers } = plan;
  const rules = await judgeAtStart(services, { payer: owner, plan, currency: "microcredits", manifests });
  return ok({ hash, bound, authority, input, triggers, defaults: defaultsOf(flow.document), rules });
}
