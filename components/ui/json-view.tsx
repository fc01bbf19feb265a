"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { jsonText, shortened } from "@/components/ui/json-text";

export type JsonViewProps = { value: unknown; label: string; className?: string };

/** A value as people read it: long texts and long lists are cut, and say how much; copying takes all of it. */
export function JsonView({ value, label, className }: JsonViewProps) {
  const [whole, setWhole] = useState(false);
  const full = jsonText(value);
  const short = jsonText(shortened(value));
  return (
    <CodeBlock
      label={label}
      text={whole ? full : short}
      copies={full}
      {...(className ? { className } : {})}
      footer={
        full !== short && (
          <Button tone="ghost" onClick={() => setWhole((was) => !was)}>
            {whole ? "Show less" : `Show all ${full.length.toLocaleString("en")} characters`}
          </Button>
        )
      }
    />
  );
}
