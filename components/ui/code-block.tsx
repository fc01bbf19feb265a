import { clsx } from "clsx";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

export type CodeBlockProps = {
  text: string;
  label: string;
  /** What the button copies, when it is more than what is shown. */
  copies?: string;
  footer?: ReactNode;
  className?: string;
};

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/g;

/** Text of machines: code, JSON, logs. */
export function CodeBlock({ text, label, copies = text, footer, className }: CodeBlockProps) {
  return (
    <figure aria-label={label} className={clsx("relative min-w-0 rounded-control border bg-sunken", className)}>
      <div className="absolute top-1 right-1">
        <CopyButton value={copies} label={`Copy ${label}`} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-code overflow-auto whitespace-pre-wrap break-words p-3 pr-12 text-12 text-ink -outline-offset-2"
      >
        <code>{coloured(text)}</code>
      </pre>
      {footer && <figcaption className="border-t p-1">{footer}</figcaption>}
    </figure>
  );
}

/** Names stay quiet, values speak in the colour of their port type. */
function coloured(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(end, match.index));
    parts.push(
      <span key={match.index} className={tokenColour(match)}>
        {match[1] ?? match[0]}
      </span>,
      match[2] ?? "",
    );
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function tokenColour([token, string, colon]: RegExpMatchArray): string {
  if (string) return colon ? "text-muted" : "text-port-text";
  return /^[tfn]/.test(token) ? "text-port-boolean" : "text-port-number";
}
