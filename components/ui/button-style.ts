import { cva, type VariantProps } from "class-variance-authority";

/** How a button looks. Also for links that act as one: `<Link className={buttonStyle({ tone: "primary" })}>`. */
export const buttonStyle = cva(
  [
    "quick inline-flex h-control shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap",
    "rounded-control border px-3 text-body font-strong",
    "disabled:cursor-not-allowed disabled:border-line disabled:bg-transparent disabled:text-faint",
    "aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-transparent aria-disabled:text-faint",
  ],
  {
    variants: {
      tone: {
        primary: "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover",
        secondary: "border-line-strong bg-raised text-ink hover:border-control hover:bg-hover",
        ghost: "border-transparent! bg-transparent text-muted hover:bg-hover hover:text-ink",
        danger: "border-bad bg-transparent text-bad hover:bg-bad-soft",
      },
      width: { content: "", full: "w-full", equal: "flex-1" },
    },
    defaultVariants: { tone: "secondary", width: "content" },
  },
);

export type ButtonStyle = VariantProps<typeof buttonStyle>;
