import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

export type PortType = "text" | "number" | "boolean" | "object" | "list" | "file" | "money" | "secret" | "unknown";

const COLOUR: Record<PortType, string> = {
  text: "text-port-text",
  number: "text-port-number",
  boolean: "text-port-boolean",
  object: "text-port-object",
  list: "text-port-list",
  file: "text-port-file",
  money: "text-port-money",
  secret: "text-port-secret",
  unknown: "text-port-unknown",
};

/** The custom property that holds a type's colour, for what is drawn without classes, such as wires. */
export const portColour = (type: PortType): string => `var(--port-${type})`;

/** Drawn on a 12 by 12 grid; each type has its own outline, so that colour is never needed to tell them apart. */
const SHAPE: Record<PortType, ReactNode> = {
  text: <path d="M2 3.5h8M2 6h8M2 8.5h5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  number: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  boolean: (
    <>
      <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" />
      <path d="M6 2.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
    </>
  ),
  object: <path d="M6 1.5 10 3.75v4.5L6 10.5 2 8.25v-4.5z" fill="currentColor" />,
  list: <path d="M2 2h8v2H2zM2 5h8v2H2zM2 8h8v2H2z" fill="currentColor" />,
  file: <path d="M3 1.5h4L9.5 4v6.5H3z" fill="none" stroke="currentColor" strokeLinejoin="round" />,
  money: <path d="M6 1 11 6 6 11 1 6z" fill="currentColor" />,
  secret: null,
  unknown: <rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" strokeDasharray="2 1.5" />,
};

export type PortGlyphProps = {
  type: PortType;
  /** Leave out where the type is written beside it. */
  label?: string;
  className?: string;
};

export function PortGlyph({ type, label, className }: PortGlyphProps) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden beside its word
    <svg
      viewBox="0 0 12 12"
      className={clsx("size-3 shrink-0", COLOUR[type], className)}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      {type === "secret" ? <Hatched /> : SHAPE[type]}
    </svg>
  );
}

function Hatched() {
  const id = useId();
  return (
    <>
      <clipPath id={id}>
        <rect x="2" y="2" width="8" height="8" />
      </clipPath>
      <rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" />
      <path d="M1 7 7 1M2 10 10 2M5 11l6-6" stroke="currentColor" clipPath={`url(#${id})`} />
    </>
  );
}
