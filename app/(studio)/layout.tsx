import type { ReactNode } from "react";
import { SignedIn } from "../signed-in";

/** The canvas brings its own bar, because its controls stand in it. */
export default function StudioLayout({ children }: { children: ReactNode }) {
  return <SignedIn>{children}</SignedIn>;
}
