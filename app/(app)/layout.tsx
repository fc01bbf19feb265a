import type { ReactNode } from "react";
import { StudioShell } from "@/components/panels/account/studio-shell";
import { SignedIn } from "../signed-in";

export default function PagesLayout({ children }: { children: ReactNode }) {
  return (
    <SignedIn>
      <StudioShell>{children}</StudioShell>
    </SignedIn>
  );
}
