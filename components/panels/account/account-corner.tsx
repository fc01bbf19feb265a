"use client";

import { AccountMenu } from "@/components/panels/account/account-menu";
import { NoticeBell } from "@/components/panels/notices/notice-bell";

/** The right end of every bar: what one was told, and who one is. */
export function AccountCorner() {
  return (
    <>
      <NoticeBell />
      <AccountMenu />
    </>
  );
}
