import type { ReactNode } from "react";
import { ApprovalsUndelivered } from "@/components/panels/notices/approvals-undelivered";

/** Above every approval stands what of it did not reach somebody. */
export default function ApprovalsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ApprovalsUndelivered />
      {children}
    </>
  );
}
