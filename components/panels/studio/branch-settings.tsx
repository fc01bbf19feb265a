"use client";

import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
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
      <TextArea
        face="mono"
        rows={3}
        spellCheck={false}
        value={String(node.settings.condition ?? "")}
        onChange={(event) => changeSetting(node.id, "condition", { value: event.target.value })}
      />
    </Field>
  );
}
