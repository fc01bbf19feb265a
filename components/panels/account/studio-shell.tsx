"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { AccountCorner } from "@/components/panels/account/account-corner";
import { useShellNav } from "@/components/panels/account/shell-nav";
import { AppShell } from "@/components/ui/app-shell";

/** The bar around the pages that are read. */
export function StudioShell({ children }: { children: ReactNode }) {
  return (
    <AppShell nav={useShellNav()} account={<AccountCorner />} link={Link}>
      {children}
    </AppShell>
  );
}
