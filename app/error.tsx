"use client";

import { Stopped } from "@/components/panels/account/stopped";

/** What is left when a page and all around it could not be drawn. */
export default function DoorError({ error }: { error: Error & { digest?: string } }) {
  return (
    <Stopped
      title="This page could not be shown"
      what="The studio met a fault of its own."
      safe="Nothing was changed. Runs go on by themselves."
      next="Try again. If it happens twice, look into the studio's log."
      action="Try again"
      onAction={() => location.reload()} // what failed was drawn on the server
      code={error.digest ?? "page_fault"}
    />
  );
}
