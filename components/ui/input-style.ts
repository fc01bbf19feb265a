import { cva } from "class-variance-authority";

/** The well that everything typed or chosen sits in. */
export const inputStyle = cva(
  [
    "quick w-full min-w-0 rounded-control border border-control bg-well px-2 text-body text-ink",
    "placeholder:text-faint hover:border-muted aria-invalid:border-bad",
    "disabled:cursor-not-allowed disabled:border-line disabled:bg-transparent disabled:text-faint",
    "[&[readonly]]:border-line [&[readonly]]:bg-transparent",
  ],
  {
    variants: {
      shape: { line: "h-control", area: "min-h-control py-1" },
      face: { sans: "", mono: "font-mono tabular-nums" },
    },
    defaultVariants: { shape: "line", face: "sans" },
  },
);
