"use client";

import { CircleUser, LogOut } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useAccount } from "@/components/api/providers";
import { signOut } from "@/components/api/session";
import { SignOutDialog } from "@/components/panels/account/sign-out-dialog";
import { Button } from "@/components/ui/button";
import { shortHash } from "@/components/ui/hash";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { toast } from "@/components/ui/toast";

/** Who is signed in, the theme, and the way out. */
export function AccountMenu() {
  const { name, wallet } = useAccount();
  const [asking, setAsking] = useState(false);

  async function leave() {
    setAsking(false);
    if (await signOut()) window.location.assign("/");
    else toast({ status: "failed", title: "You are still signed in.", text: "The studio does not answer. Try again." });
  }

  return (
    <>
      <Popover label="Account" trigger={<IconButton label={`Account of ${name}`} icon={<CircleUser />} />}>
        <div data-density="studio" className="flex flex-col gap-4">
          <div>
            <p className="truncate font-strong">{name}</p>
            <p className="text-12 text-muted">
              {wallet ? `Opened by the wallet ${shortHash(wallet)}` : "Local account, kept in this browser"}
            </p>
          </div>
          <div className="flex items-center justify-between gap-4">
            <span className="text-muted">Theme</span>
            <ThemeToggle />
          </div>
          <Link href="/settings" className="flex min-h-control items-center text-accent underline underline-offset-2">
            Settings
          </Link>
          <Button width="full" icon={<LogOut aria-hidden />} onClick={() => setAsking(true)}>
            Sign out
          </Button>
        </div>
      </Popover>
      <SignOutDialog open={asking} wallet={wallet} onClose={() => setAsking(false)} onLeave={() => void leave()} />
    </>
  );
}
