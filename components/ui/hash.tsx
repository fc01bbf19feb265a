"use client";

import { clsx } from "clsx";
import { Check } from "lucide-react";
import { useTooltip } from "@/components/ui/tooltip";
import { useCopied } from "@/components/ui/use-copied";

export const shortHash = (value: string): string =>
  value.length > 12 ? `${value.slice(0, 6)}…${value.slice(-4)}` : value;

export type HashProps = {
  value: string;
  /** What it is the hash or address of: "plan", "receipt", "payee". */
  of: string;
  className?: string;
};

/** First six and last four; the whole on hover and focus; a press copies it. */
export function Hash({ value, of, className }: HashProps) {
  const { copied, copy } = useCopied(value);
  const { trigger, tip } = useTooltip(<span className="break-all font-mono">{value}</span>, "top");
  return (
    <>
      <button
        {...trigger}
        type="button"
        onClick={copy}
        aria-label={`${copied ? "Copied" : "Copy"} ${of} ${shortHash(value)}`}
        className={clsx(
          "quick -mx-1 inline-flex items-center gap-1 rounded-control px-1 align-top font-mono text-muted hover:bg-hover hover:text-ink",
          className,
        )}
      >
        {shortHash(value)}
        {copied && <Check aria-hidden className="text-ok" />}
      </button>
      {tip}
    </>
  );
}
