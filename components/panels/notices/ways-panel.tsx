"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { NoticeChannel } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { AddAddress } from "@/components/panels/notices/add-address";
import { AddPush } from "@/components/panels/notices/add-push";
import { AddressRow } from "@/components/panels/notices/address-row";
import { PLACE_WORDS, WAYS } from "@/components/panels/notices/notice-words";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";

const PACE_MS = 2_000;

/** The ways out of the studio: which the operator has set up, and where each leads for this person. */
export function WaysPanel() {
  const trpc = useTRPC();
  const { data: channels } = useSuspenseQuery(trpc.notices.channels.queryOptions());
  return (
    <Panel title="Where notices are brought" padding="flush">
      <ul>
        {WAYS.map((way) => {
          const channel = channels.find((each) => each.channel === way);
          return channel && <Way key={way} channel={channel} />;
        })}
      </ul>
    </Panel>
  );
}

function Way({ channel: { channel, isSetUp, words, publicKey } }: { channel: NoticeChannel }) {
  const trpc = useTRPC();
  const { data: all } = useSuspenseQuery({
    ...trpc.notices.addresses.queryOptions(),
    // What was sent a moment ago is on its way: nobody should have to look again by hand.
    refetchInterval: ({ state }) => (state.data?.some(({ last }) => last?.state === "queued") ? PACE_MS : false),
  });
  const [adding, setAdding] = useState(false);
  const own = all.filter((each) => each.channel === channel);
  return (
    <li className="border-b px-4 py-3 last:border-b-0">
      <section aria-label={PLACE_WORDS[channel]} className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-64">
            <h3 className="text-body">{PLACE_WORDS[channel]}</h3>
            <p className="text-12 text-muted">{words}</p>
          </div>
          {!isSetUp && <StatusMark status="skipped" word="Not set up" />}
          {isSetUp && channel === "push" && publicKey && <AddPush publicKey={publicKey} />}
          {isSetUp && channel !== "push" && <Button onClick={() => setAdding(true)}>{`Add ${ADDED[channel]}`}</Button>}
        </div>
        {own.length > 0 && (
          <ul aria-label={`Addresses for ${PLACE_WORDS[channel]}`} className="flex flex-col gap-2">
            {own.map((address) => (
              <AddressRow key={address.id} address={address} />
            ))}
          </ul>
        )}
        {adding && channel !== "push" && <AddAddress channel={channel} onClose={() => setAdding(false)} />}
      </section>
    </li>
  );
}

const ADDED = { email: "a mail address", webhook: "a webhook", slack: "a Slack webhook" } as const;
