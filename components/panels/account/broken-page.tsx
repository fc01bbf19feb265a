"use client";

import { explainApiError } from "@/components/api/explain-api-error";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Page } from "@/components/ui/page";

export type Broken = { error: Error & { digest?: string }; reset(): void };

/** A screen that could not be drawn. `digest` finds the fault in the studio's log. */
export function BrokenPage({ error, reset }: Broken) {
  const { code, ...words } = explainApiError(error);
  return (
    <Page title="This page could not be shown">
      <ErrorNotice
        {...words}
        code={error.digest ? `${code} ${error.digest}` : code}
        actions={<Button onClick={reset}>Try again</Button>}
      />
    </Page>
  );
}
