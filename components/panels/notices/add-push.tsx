"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { subscribe } from "@/components/panels/notices/push-subscription";
import { Button } from "@/components/ui/button";

/** Has this browser take notices, also while the studio is closed. The browser asks its person first. */
export function AddPush({ publicKey }: { publicKey: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const add = useMutation(
    trpc.notices.addAddress.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.notices.addresses.pathFilter()),
    }),
  );

  async function start() {
    setProblem(null);
    setAsking(true);
    const subscribed = await subscribe(publicKey);
    setAsking(false);
    if (subscribed.ok) add.mutate({ channel: "push", ...subscribed.value });
    else setProblem(subscribed.error);
  }

  return (
    <>
      <Button busy={asking || add.isPending} onClick={() => void start()}>
        Use this browser
      </Button>
      {problem && (
        <p role="alert" className="basis-full text-12 text-bad">
          {problem}
        </p>
      )}
      {add.error && (
        <div className="basis-full">
          <ApiFault fault={add.error} />
        </div>
      )}
    </>
  );
}
