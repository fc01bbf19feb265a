"use client";

import { Field } from "@/components/ui/field";
import { ExpressionInput } from "../expressions/expression-input";
import { changeSetting, type SettingsProps, useFieldProblem } from "./use-node-edit";

export function BranchSettings({ node }: SettingsProps) {
  const problem = useFieldProblem(node.id, "condition");
  return (
    <Field
      label="Condition"
      error={problem}
      help={
        <>
          CEL over the word <code>value</code>, which is what comes in: <code>value &gt; 100</code>,{" "}
          <code>size(value) &gt; 0</code>, <code>value.status == "late"</code>.
        </>
      }
    >
      <ExpressionInput
        node={node}
        field="condition"
        rows={3}
        value={String(node.settings.condition ?? "")}
        onChange={(value) => changeSetting(node.id, "condition", { value })}
      />
    </Field>
  );
}
