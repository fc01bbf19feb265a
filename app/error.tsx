"use client";

import { type Broken, BrokenPage } from "@/components/panels/account/broken-page";

export default function DoorError(props: Broken) {
  return (
    <main>
      <BrokenPage {...props} />
    </main>
  );
}
