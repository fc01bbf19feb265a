import type { ReactNode } from "react";
import { explainApiError } from "@/components/api/explain-api-error";
import { ErrorNotice } from "@/components/ui/error-notice";

/** A failed call, where it happened. Draws nothing while there is no fault. */
export function ApiFault({ fault, actions }: { fault: unknown; actions?: ReactNode }) {
  if (!fault) return null;
  return <ErrorNotice {...explainApiError(fault)} actions={actions} />;
}
