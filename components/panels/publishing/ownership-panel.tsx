"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PublisherClaim } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Panel } from "@/components/ui/panel";
import { ByWallet } from "./by-wallet";

type OwnershipProps = { name: string; address: string };

/** Whose the publisher's name is: proved once, by a file at the agents' own address or by a wallet. */
export function OwnershipPanel({ name, address }: OwnershipProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: own } = useQuery(trpc.publishing.publishers.queryOptions());
  const [claimed, setClaimed] = useState<PublisherClaim | null>(null);
  const known = own?.find((one) => one.name === name);
  const shown = claimed?.name === name ? claimed : null;
  const proved = shown?.proof ? shown : known?.proof ? known : null;
  const onSuccess = (claim: PublisherClaim) => {
    setClaimed(claim);
    void queries.invalidateQueries(trpc.publishing.publishers.queryFilter());
  };
  const claim = useMutation(trpc.publishing.claim.mutationOptions({ onSuccess }));
  const byFile = useMutation(trpc.publishing.proveByFile.mutationOptions({ onSuccess }));
  const origin = URL.canParse(address) ? new URL(address).origin : null;
  const isElsewhere = proved !== null && origin !== null && !proved.origins.includes(origin);
  const asksForFile = shown !== null && (!proved || isElsewhere);
  const usable = /^[a-z0-9-]{2,60}$/.test(name);
  return (
    <Panel title="Whose it is">
      <div className="flex flex-col gap-4">
        {proved && (
          <p className="break-all">
            {name} is yours, proved by {proved.proof === "wallet" ? "the wallet" : "a file at"}{" "}
            <span className="font-mono">{proved.provedBy}</span>.
          </p>
        )}
        {isElsewhere && !shown && (
          <Elsewhere
            proof={proved.proof}
            origin={origin}
            busy={claim.isPending}
            onProve={() => claim.mutate({ name })}
          />
        )}
        {!proved && !shown && (
          <>
            <p className="text-muted">
              Prove that the publisher&apos;s name is yours: by a file where the agent answers, or by your wallet.
            </p>
            <div>
              <Button disabled={!usable} busy={claim.isPending} onClick={() => claim.mutate({ name })}>
                Prove {usable ? name : "the name"}
              </Button>
            </div>
          </>
        )}
        {asksForFile && (
          <>
            <section aria-label="By a file" className="flex flex-col gap-2">
              <h3 className="text-body">By a file</h3>
              <p className="text-muted">
                Serve this line, and nothing secret, at /.well-known/agent-labs-studio.txt of the address above.
              </p>
              <CodeBlock label="Token" text={shown.token} />
              <div>
                <Button
                  busy={byFile.isPending}
                  disabled={!URL.canParse(address)}
                  onClick={() => byFile.mutate({ name, address })}
                >
                  Read the file
                </Button>
              </div>
              <ApiFault fault={byFile.error} />
            </section>
            {!proved && <ByWallet claim={shown} onProved={onSuccess} />}
          </>
        )}
        <ApiFault fault={claim.error} />
      </div>
    </Panel>
  );
}

type ElsewhereProps = { proof: PublisherClaim["proof"]; origin: string; busy: boolean; onProve(): void };

/** The name is proved, and not for where this agent answers. */
function Elsewhere({ proof, origin, busy, onProve }: ElsewhereProps) {
  return (
    <>
      <p className="text-muted">
        {proof === "wallet"
          ? "Tools, APIs and addresses that somebody else has proved need a file there, too."
          : "This agent answers at another address, which needs the file, too."}
      </p>
      <div>
        <Button busy={busy} onClick={onProve}>
          Prove {origin}
        </Button>
      </div>
    </>
  );
}
