"use client";

import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Page } from "@/components/ui/page";

/** The studio met a fault of its own. Edits lie in the browser's journal until the server has them. */
export default function StudioError({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  return (
    <main>
      <Page title="The studio stopped">
        <ErrorNotice
          what="This screen met a fault of its own and stopped."
          safe="Your edits are saved, or kept in this browser until they are. Runs go on by themselves."
          next="Open the flow again. If it happens twice, look into the studio's log."
          code={error.digest ?? "studio_fault"}
          actions={<Button onClick={reset}>Open the flow again</Button>}
        />
      </Page>
    </main>
  );
}
