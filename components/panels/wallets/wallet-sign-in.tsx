"use client";

import { Wallet as WalletIcon } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { loadedLater } from "@/components/ui/loaded-later";

const SignInDialog = loadedLater(() => import("./sign-in-dialog").then((file) => file.SignInDialog));

/** The door for whoever has a wallet. What speaks to wallets comes when it is wanted. */
export function WalletSignIn({ localChain }: { localChain: boolean }) {
  const [state, setState] = useState<"loading" | "idle" | "open">("loading");
  useEffect(() => setState("idle"), []); // before that, a press would do nothing
  return (
    <>
      <Button
        width="full"
        icon={<WalletIcon aria-hidden />}
        disabled={state === "loading"}
        onClick={() => setState("open")}
      >
        Sign in with a wallet
      </Button>
      {state === "open" && (
        <Suspense fallback={null}>
          <SignInDialog localChain={localChain} onClose={() => setState("idle")} />
        </Suspense>
      )}
    </>
  );
}
