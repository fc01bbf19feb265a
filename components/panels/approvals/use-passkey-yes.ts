"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { AskedQuestion } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { useTRPC } from "@/components/api/trpc";
import { PasskeyRefusal, passkeysElsewhere, signWithPasskey } from "@/components/panels/settings/passkey-ceremony";
import type { Edit } from "@/flows/run/edits";

export type SignedPasskeyYes = { kind: "passkey"; nonce: string } & {
  response: Awaited<ReturnType<typeof signWithPasskey>>;
};

/** Has a passkey of this account sign a yes, if its challenge is made of the digest of what is on this screen. `fault` is what went wrong before the studio was told of it. */
export function usePasskeyYes(question: AskedQuestion, origin: string | null) {
  const { operation, subject } = question;
  const { id: account } = useAccount();
  const trpc = useTRPC();
  const ask = useMutation(trpc.approvals.passkeyToSign.mutationOptions());
  const [fault, setFault] = useState<PasskeyRefusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  /** Null when it did not come to a signature. */
  async function sign(edits: readonly Edit[]): Promise<SignedPasskeyYes | null> {
    setFault(null);
    setBusy(true);
    try {
      const elsewhere = passkeysElsewhere(origin);
      if (elsewhere) throw new PasskeyRefusal({ code: "passkey_elsewhere", at: elsewhere });
      const { nonce, options } = await ask.mutateAsync({ operation, subject, edits: [...edits] });
      const { challengeOf } = await import("@/components/panels/approvals/subject-of");
      const own = challengeOf(question, { account, nonce, origin: window.location.origin, edits });
      return { kind: "passkey", nonce, response: await signWithPasskey(options, own) };
    } catch (thrown) {
      if (thrown instanceof PasskeyRefusal) setFault(thrown);
      return null; // what the studio says to the asking is kept beside it
    } finally {
      setBusy(false);
    }
  }

  return { sign, fault, error: ask.error, isBusy };
}
