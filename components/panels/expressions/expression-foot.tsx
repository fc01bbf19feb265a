"use client";

import { CircleAlert } from "lucide-react";
import type { CodeForm } from "./editing";
import type { Judged } from "./use-whole";

type FootProps = {
  id: string;
  judged: Judged | null;
  form: CodeForm;
  /** The field around says already what is wrong. */
  told: boolean;
};

/** Below an expression: what it gives, or what is wrong with it where nobody else says so. */
export function ExpressionFoot({ id, judged, form, told }: FootProps) {
  // As high as what will stand here, so that nothing jumps when it comes.
  if (!judged) return <p id={id} className={form === "expression" ? "min-h-4" : "hidden"} />;
  const { gives, faults } = judged.whole;
  const [fault] = faults;
  return (
    <div id={id} className="flex flex-col gap-1 text-12 text-muted empty:hidden">
      {gives !== null && form === "expression" && (
        <p>
          gives <span className="font-mono text-ink">{gives}</span>
        </p>
      )}
      {fault && !told && judged.text.trim() !== "" && (
        <p className="flex items-start gap-1 text-bad">
          <CircleAlert aria-hidden />
          {fault.problem}
        </p>
      )}
    </div>
  );
}
