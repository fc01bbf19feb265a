import type { AccountId, FlowId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { FlowDocument } from "@/flows/graph/graph";
import type { Services } from "../services";

export type SaveFlowError =
  | { code: "flow_not_found" }
  | { code: "flow_saved_elsewhere"; revision: number; document: FlowDocument };

/** Saves a drawing on top of the revision it was made from. A revision that somebody else has replaced is not overwritten. */
export async function saveFlow(
  services: Pick<Services, "flows">,
  ask: { owner: AccountId; flow: FlowId; from: number; document: FlowDocument },
): Promise<Result<{ revision: number }, SaveFlowError>> {
  const { owner, flow, from, document } = ask;
  const revision = await services.flows.save(owner, flow, { from, document });
  if (revision !== null) return ok({ revision });
  const now = await services.flows.find(owner, flow);
  if (!now) return err({ code: "flow_not_found" });
  return err({ code: "flow_saved_elsewhere", revision: now.revision, document: now.document });
}
