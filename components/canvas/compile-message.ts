import type { FlowGraph } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import type { CompileAnswer } from "../store/compile-slice";
import type { AnsweredExpression, AskedExpression } from "../store/compiler-line";

/** What the compiler's worker is sent: the registry when it changes, and a drawing whenever that does. `money`: with the money path. */
export type ToCompiler =
  | { say: "registry"; manifests: readonly Manifest[] }
  | { say: "compile"; ask: number; graph: FlowGraph; money: boolean }
  | AskedExpression;

export type FromCompiler = { ask: number; answer: CompileAnswer };
export type FromWorker = FromCompiler | AnsweredExpression;
