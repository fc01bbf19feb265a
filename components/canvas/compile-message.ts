import type { FlowDocument, FlowGraph } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import type { Models } from "@/flows/plan/rates";
import type { Compared, CompileAnswer, KindSettings, Pinning } from "../store/compile-slice";
import type { AnsweredExpression, AskedExpression } from "../store/compiler-line";

/**
 * What the compiler's worker is sent: the registry when it changes, and a drawing whenever that does. `money`: with the
 * money path. `settings` asks once for the schemas of all settings,
 * `compare` what one drawing turned into another would mean, `pin` how a node stands for one.
 */
export type ToCompiler =
  | { say: "registry"; manifests: readonly Manifest[]; models: Models }
  | { say: "compile"; ask: number; graph: FlowGraph; money: boolean }
  | { say: "settings" }
  | { say: "compare"; compare: number; before: FlowDocument; after: FlowDocument }
  | { say: "pin"; pin: number; document: FlowDocument }
  | AskedExpression;

export type FromCompiler = { ask: number; answer: CompileAnswer };
export type FromWorker =
  | FromCompiler
  | AnsweredExpression
  | { settings: KindSettings }
  | { compare: number; compared: Compared }
  | { pin: number; pinning: Pinning };
