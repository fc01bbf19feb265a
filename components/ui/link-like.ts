import type { ElementType } from "react";

/** What draws links: a router's own component, so that moving about does not load the page anew; `a` without one. */
export type LinkLike = ElementType<{ href: string; className?: string; "aria-current"?: "page" | undefined }>;
