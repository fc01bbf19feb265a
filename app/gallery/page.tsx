import { Activity, CircleCheck, Coins, Workflow } from "lucide-react";
import Link from "next/link";
import { Controls } from "@/app/gallery/controls";
import { Panels } from "@/app/gallery/panels";
import { AppShell } from "@/components/ui/app-shell";
import { Page } from "@/components/ui/page";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { ToastRegion } from "@/components/ui/toast";

export default function Gallery() {
  return (
    <AppShell
      link={Link}
      nav={[
        { href: "/flows", label: "Flows", icon: <Workflow />, current: true },
        { href: "/runs", label: "Runs", icon: <Activity /> },
        { href: "/approvals", label: "Approvals", icon: <CircleCheck />, count: 2 },
        { href: "/wallet", label: "Wallet", icon: <Coins /> },
      ]}
      account={<ThemeToggle />}
    >
      <Page title="Gallery" text="Every part, in every state, in one place." width="wide" above="Development only">
        <Controls />
        <Panels />
      </Page>
      <ToastRegion />
    </AppShell>
  );
}
