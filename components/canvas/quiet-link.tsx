import Link from "next/link";
import type { ComponentProps } from "react";

/** A link that loads nothing before it is followed: on the canvas the other pages can wait. */
export function QuietLink(props: ComponentProps<typeof Link>) {
  return <Link {...props} prefetch={false} />;
}
