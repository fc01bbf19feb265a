"use client";

import { CodeInput } from "./code-input";
import type { ExpressionInputProps } from "./expression-input";

/** The editor of a text with expressions between double braces, as in "Dear {{ person.name }}". */
export function TemplateInput({ rows = 4, ...rest }: ExpressionInputProps) {
  return <CodeInput form="template" rows={rows} {...rest} />;
}
