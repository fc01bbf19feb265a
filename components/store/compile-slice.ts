import type { AccountId, AgentId, Approver, Digest, NodeId, StepId } from "@/flows/basics/ids";
import type { Money } from "@/flows/basics/money";
import type { MoneyPath } from "@/flows/compile/money-path";
import type { FlowDocument } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import type { DataLeaving, Trigger } from "@/flows/plan/around";
import type { PlanChange } from "@/flows/plan/diff/change";
import type { TimeBound } from "@/flows/plan/plan";
import type { ObjectSchema } from "@/flows/types/agent-manifest";
import type { JsonSchema } from "@/flows/types/json-schema";

/** What a screen needs to know of a plan; the plan itself stays in the worker and on the server. */
export type PlanSummary = {
  hash: Digest;
  bound: readonly Money[];
  payees: readonly { payee: AccountId; cap: Money }[];
  agents: readonly AgentId[];
  approvers: readonly Approver[];
  input: ObjectSchema;
  /** Every step with the node that it came from, in the order of the plan. */
  steps: readonly { id: StepId; node: NodeId }[];
  time: TimeBound;
  data: readonly DataLeaving[];
  triggers: readonly Trigger[];
  /** Whether anybody who is not the studio itself is paid. */
  outside: boolean;
  /** Where the money can go; null while nobody looks at it. */
  money: MoneyPath | null;
};

/** One fault, in words, with the nodes that it is about. */
export type Problem = {
  code: string;
  nodes: readonly NodeId[];
  /** The setting or the input that is at fault, where it is one. */
  field: string | null;
  message: string;
  fix: string;
};

/** Where a wire goes to. */
export type WireEnd = { node: NodeId; input: string };

export type NodePorts = Readonly<Record<string, Ports>>;
export type CompileAnswer = {
  ports: NodePorts;
  result: { ok: true; plan: PlanSummary; unsure: readonly WireEnd[] } | { ok: false; problems: readonly Problem[] };
};

export type KindSettings = Readonly<Record<string, JsonSchema>>;

/** What a change would mean for a run, by risk, and what would be wrong after it; null where a side has no plan. */
export type Compared = { changes: readonly PlanChange[] | null; problems: readonly Problem[] };

/** A flow as a node can stand for it: its digest, what lies in the document for that, and its signature. */
export type Pinning = {
  flow: Digest;
  flows: NonNullable<FlowDocument["flows"]>;
  settings: { input: unknown; outputs: Readonly<Record<string, unknown>> };
};

export type CompileSlice = {
  /** Asks the worker how a drawing is pinned. Null while there is no worker. */
  pinDrawing: ((document: FlowDocument) => Promise<Pinning>) | null;
  /** Asks the worker what one drawing turned into another would mean. Null while there is no worker. */
  compareDrawings: ((before: FlowDocument, after: FlowDocument) => Promise<Compared>) | null;
  /**
   * What the settings of each kind look like: the forms are drawn from it. Null until the worker has been asked, which is
   * when a node is first selected; "missing" where the worker could not be loaded.
   */
  kindSettings: KindSettings | "missing" | null;
  /** The drawing that the answer below is about; null before the first answer. */
  compiledFrom: FlowDocument | null;
  ports: NodePorts;
  plan: PlanSummary | null;
  problems: readonly Problem[];
  /** Wires of which only the run can tell whether what they bring fits. */
  unsure: readonly WireEnd[];
  compiled(from: FlowDocument, answer: CompileAnswer): void;
};

const NO_PROBLEMS: readonly Problem[] = [];
const NO_ENDS: readonly WireEnd[] = [];
export const nothingCompiled = { compiledFrom: null, ports: {}, plan: null, problems: NO_PROBLEMS, unsure: NO_ENDS };

/** The compiler's latest answer. A node whose settings cannot be read keeps the ports that it had. */
export function compileSlice(set: (change: Partial<CompileSlice>) => void, get: () => CompileSlice): CompileSlice {
  return {
    pinDrawing: null,
    compareDrawings: null,
    kindSettings: null,
    ...nothingCompiled,
    compiled(from, { ports, result }) {
      set({
        compiledFrom: from,
        ports: keepSame(get().ports, ports),
        plan: result.ok ? result.plan : null,
        problems: result.ok ? NO_PROBLEMS : result.problems,
        unsure: result.ok ? result.unsure : get().unsure,
      });
    },
  };
}

/** Whether what is drawn now is what was compiled: moving a node does not change that. */
export function isCompiled({
  compiledFrom,
  document,
}: Pick<CompileSlice, "compiledFrom"> & { document: FlowDocument }) {
  return compiledFrom !== null && compiledFrom.nodes === document.nodes && compiledFrom.wires === document.wires;
}

/** Ports that did not change stay the same object, so that no node is drawn again for nothing. */
function keepSame(before: NodePorts, after: NodePorts): NodePorts {
  const next = Object.entries(after).map(([id, ports]) => {
    const known = before[id];
    return [id, known && JSON.stringify(known) === JSON.stringify(ports) ? known : ports] as const;
  });
  return { ...before, ...Object.fromEntries(next) };
}
