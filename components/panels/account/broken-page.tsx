"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { explainApiError } from "@/components/api/explain-api-error";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Page } from "@/components/ui/page";

export type Broken = { error: Error & { digest?: string }; reset(): void };

/** A screen that could not be drawn. `digest` finds the fault in the studio's log. */
export function BrokenPage({ error, reset }: Broken) {
  const { code, ...words } = explainApiError(error);
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh(); // what failed was drawn on the server
      reset();
    });
  return (
    <Page title="This page could not be shown">
      <ErrorNotice
        {...words}
        code={error.digest ? `${code} ${error.digest}` : code}
        actions={<Button onClick={again}>Try again</Button>}
      />
    </Page>
  );
}
