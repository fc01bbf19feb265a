"use client";

import { useStudio } from "@/components/store/studio-store";
import type { NodeId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { FlowNode } from "@/flows/graph/graph";

/** What every settings form needs: the node, its faults by field, and one way to change a setting. */
export type SettingsProps = { node: FlowNode };

/** Changes one setting; what is typed into one field in a row is one step of undo. `part` names a part of the field. */
export function changeSetting(node: NodeId, field: string, change: { value: Json | undefined; part?: string }) {
  const merge = `setting ${node} ${field} ${change.part ?? ""}`;
  useStudio.getState().edit({ edit: "change_setting", node, field, value: change.value }, { merge });
}

/** What the compiler says of one field of one node, in one text. */
export function useFieldProblem(node: NodeId, field: string): string | undefined {
  return useStudio(({ problems }) =>
    problems
      .filter((problem) => problem.nodes.includes(node) && problem.field === field)
      .map(({ message, fix }) => `${message} ${fix}`)
      .join(" "),
  );
}

/** The same of a field and of everything in it, as in `cases.0.when`. */
export function useFieldProblems(node: NodeId, field: string): string | undefined {
  return useStudio(({ problems }) =>
    problems
      .filter(
        (problem) =>
          problem.nodes.includes(node) && (problem.field === field || problem.field?.startsWith(`${field}.`)),
      )
      .map(({ message, fix }) => `${message} ${fix}`)
      .join(" "),
  );
}
