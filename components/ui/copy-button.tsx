"use client";

import { Check, Copy } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { useCopied } from "@/components/ui/use-copied";

/** Copies a whole value, however little of it is shown. */
export function CopyButton({ value, label = "Copy" }: { value: string; label?: string }) {
  const { copied, copy } = useCopied(value);
  return <IconButton label={copied ? "Copied" : label} icon={copied ? <Check /> : <Copy />} onClick={copy} />;
}
