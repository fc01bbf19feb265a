import type { FlowDocument } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import type { Models } from "@/flows/plan/rates";
import type { CompileAnswer } from "../store/compile-slice";
import type { FromCompiler, ToCompiler } from "./compile-message";

export type CompileLoopPorts = {
  send(message: ToCompiler): void;
  /** Calls back before the next frame. */
  soon(act: () => void): void;
  answered(from: FlowDocument, answer: CompileAnswer): void;
  /** Whether anybody looks at the money path now. */
  wantsMoney(): boolean;
};

/**
 * Asks for one drawing at a time, always the latest: what was drawn while the compiler was busy is skipped,
 * except for the last of it.
 */
export function compileLoop({ send, soon, answered, wantsMoney }: CompileLoopPorts) {
  let wanted: FlowDocument | null = null;
  let asked: { ask: number; document: FlowDocument } | null = null;
  let count = 0;
  let planned = false;
  let registered = false;

  function ask() {
    planned = false;
    if (!wanted || asked || !registered) return;
    const { nodes, wires, flows } = wanted;
    count += 1;
    asked = { ask: count, document: wanted };
    wanted = null;
    send({ say: "compile", ask: count, graph: { nodes, wires, flows }, money: wantsMoney() });
  }

  function plan() {
    if (planned) return;
    planned = true;
    soon(ask);
  }

  return {
    /** Nothing is compiled before the registry is known: every agent would be missing. */
    registry(manifests: readonly Manifest[], models: Models = new Map()) {
      registered = true;
      send({ say: "registry", manifests, models });
      plan();
    },
    compile(document: FlowDocument) {
      wanted = document;
      plan();
    },
    received({ ask, answer }: FromCompiler) {
      if (asked?.ask !== ask) return;
      const { document } = asked;
      asked = null;
      if (wanted) plan();
      answered(document, answer);
    },
  };
}
