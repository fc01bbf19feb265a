"use client";

import { useQuery } from "@tanstack/react-query";
import { Inbox, Library, Play, Wallet, Workflow } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTRPC } from "@/components/api/trpc";
import type { NavItem } from "@/components/ui/app-shell";

const PLACES = [
  { href: "/flows", label: "Flows", icon: <Workflow aria-hidden /> },
  { href: "/runs", label: "Runs", icon: <Play aria-hidden /> },
  { href: "/approvals", label: "Approvals", icon: <Inbox aria-hidden /> },
  { href: "/registry", label: "Registry", icon: <Library aria-hidden /> },
  { href: "/wallet", label: "Wallet", icon: <Wallet aria-hidden /> },
] as const;

/** The places of the studio, with how many approvals wait: the same in every bar. */
export function useShellNav(): readonly NavItem[] {
  const trpc = useTRPC();
  const path = usePathname();
  const { data: waiting = 0 } = useQuery(trpc.approvals.countOpen.queryOptions());
  return PLACES.map((place) => ({
    ...place,
    current: path === place.href || path.startsWith(`${place.href}/`),
    ...(place.href === "/approvals" ? { count: waiting } : {}),
  }));
}
