"use client";

import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { changeSetting, type SettingsProps, useFieldProblem } from "./use-node-edit";

export function OutputSettings({ node }: SettingsProps) {
  const problem = useFieldProblem(node.id, "name");
  return (
    <Field label="Result name" error={problem} help="The run's page lists the result under this name.">
      <TextInput
        maxLength={64}
        value={String(node.settings.name ?? "")}
        onChange={(event) => changeSetting(node.id, "name", { value: event.target.value })}
      />
    </Field>
  );
}
