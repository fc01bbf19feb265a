"use client";

import { useParams } from "next/navigation";
import { UndeliveredNotices } from "@/components/panels/notices/undelivered";

/** What did not reach somebody, above the inbox and above the one approval that is open. */
export function ApprovalsUndelivered() {
  const { operation } = useParams<{ operation?: string }>();
  return (
    <div className="mx-auto w-full max-w-wide px-4 pt-6 empty:hidden sm:px-8">
      <UndeliveredNotices {...(operation ? { operation: decodeURIComponent(operation) } : {})} />
    </div>
  );
}
